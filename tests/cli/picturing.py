"""Pictures that several tests look at."""

from functools import cache
from pathlib import Path

from hetzner.apply.folding import folded
from hetzner.apply.topology import Topology, topology
from hetzner.cli.graph import rendered
from tests.apply.stage import Stage, read

FOLDER = Path(__file__).parent / "pictures"
SHOP = (FOLDER / "shop.yaml").read_text(encoding="utf-8")
"""Every kind there is, in the ways in which people connect them."""
BEFORE = (
    SHOP.replace("web_count: 2", "web_count: 1")
    .replace("fi: hel1", "fi: nbg1")
    .replace("tcp/22 from ${office}", "tcp/22 from 198.51.100.0/24")
    .replace("server_type: cx33", "server_type: cx23")
    .replace("volumes:\n", "volumes:\n  scratch: {size: 50, server: db}\n")
    .replace("certificates: [shop], ", "")
    .replace("certificates:\n  shop:", "x-later:\n  shop:")
    .replace("protocol: https", "protocol: http")
    .replace("redirect_http: true, ", "")
)
"""What was there before it became like that."""


@cache
def declared(text: str = SHOP) -> Topology:
    """Return the picture of what a document declares."""
    return folded(topology(read(text)))


@cache
def planned(text: str = SHOP, before: str = BEFORE) -> Topology:
    """Return the picture of a plan for a project in which another document was applied before."""
    stage = Stage()
    stage.apply(before)
    prepared = stage.go(lambda client: stage._prepared(client, text, {}, False))
    return folded(topology(prepared.plan.document, prepared.plan, prepared.observed))


GOLDEN = {
    f"{name}.{form}": (made, form)
    for name, made in (("declared", declared), ("planned", planned))
    for form in ("txt", "mermaid", "dot")
}
"""What stands in the folder; `python -m tests.cli.picturing` writes it anew, to be looked at in the diff."""


def crowd(count: int) -> str:
    """Return a document of so many servers of different names, with a network, a balancer and volumes."""
    servers = "".join(
        f"  s{number:03}x: {{networks: [n{number % 3}], firewalls: [web], labels: {{role: r{number % 2}}}}}\n"
        for number in range(count)
    )
    volumes = "".join(
        f"  v{number:03}x: {{size: 10, server: s{number:03}x}}\n" for number in range(0, count, 4)
    )
    networks = "".join(f"  n{number}: {{ip_range: 10.{number}.0.0/16}}\n" for number in range(3))
    return (
        "defaults: {location: fsn1, servers: {server_type: cx23, image: debian-13}}\n"
        f"networks:\n{networks}firewalls: {{web: {{rules: [tcp/80, tcp/443, icmp]}}}}\n"
        f"servers:\n{servers or '  one: {}'}\nvolumes:\n{volumes or '  data: {size: 10}'}\n"
        "load_balancers:\n  lb: {load_balancer_type: lb11, networks: [n0],\n"
        "    services: [{protocol: http, destination_port: 80}], targets: [{label_selector: role=r0}]}\n"
        'zones:\n  a.example: {records: {"@": {A: "${load_balancers.lb.ipv4}"}}}\n'
    )


if __name__ == "__main__":
    for golden, (picture, its_form) in GOLDEN.items():
        (FOLDER / golden).write_text(rendered(picture(), its_form), encoding="utf-8")
