"""What may be wanted of a server, and how each part of it is made and changed.

https://docs.hetzner.cloud/reference/cloud#servers
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from ipaddress import IPv4Address, IPv6Network
from typing import Annotated, Any, ClassVar, Required

from typing_extensions import TypedDict

from hetzner.domain.reference import Choice, Named, Ref, Refs, Selector, plain
from hetzner.domain.specs import server_addresses as address
from hetzner.domain.specs import server_changes as change
from hetzner.domain.specs.facts import NEVER, NOTE, Call, Refers, by, noted, replace
from hetzner.domain.specs.kind import STRICT, Names
from hetzner.domain.specs.labels import PREFIX, RESUME, Labels, declared, fingerprint
from hetzner.domain.specs.referring import ANY
from hetzner.domain.specs.saying import only, said_sides, without_public_side
from hetzner.domain.specs.seen import seen
from hetzner.domain.specs.server_fit import scarce, unfit
from hetzner.domain.specs.server_parts import Image, Networks, Power, PublicNet, Reverse
from hetzner.domain.specs.server_power import ON, power, poweron, shown
from hetzner.domain.specs.server_succession import ServerSuccession
from hetzner.domain.specs.server_worth import ServerWorth, no_address, no_backups, rebuilt, resized
from hetzner.domain.specs.worth import Catalogue

HOSTNAME = re.compile(r"(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*")  # noqa: E501  # fmt: skip
USER_DATA_LIMIT = 32 * 1024


class ServerOptions(TypedDict, total=False):
    """What may be wanted of a server besides its name and type."""

    image: Required[
        Annotated[
            Image,
            Refers("images"),
            noted(change.rebuild, "data loss", rebuilt),
            "Image its disk is made from: a name, an id, or `{label_selector: app=shop, most_recent: true}`.",
        ]
    ]
    location: Annotated[
        Choice,
        Refers("locations"),
        replace("location is fixed at creation"),
        "Where it stands; of several the first where it can be had.",
    ]
    power: Annotated[
        Power, by(power, stops="off"), "Whether it runs, `on` or `off`; left out, that is not looked at."
    ]
    ssh_keys: Annotated[Refs, Refers("ssh_keys"), NOTE, "Keys that root accepts."]
    user_data: Annotated[str, noted(change.rebuild, "data loss", rebuilt), "Cloud-init data, at most 32 KiB."]
    labels: Annotated[Labels, "Your own key/value pairs."]
    firewalls: Annotated[
        Refs,
        Refers("firewalls", while_off="firewall"),
        by(change.firewalls),
        "Firewalls of its public side.",
    ]
    networks: Annotated[
        Networks,
        Refers("networks", while_off="network"),
        by(change.networks),
        "Private networks: names, or a map of name to address.",
    ]
    placement_group: Annotated[
        Ref | None,
        Refers("placement_groups", most=10),
        by(change.placement_group, off=True),
        "Group that spreads its servers.",
    ]
    public_net: Annotated[
        PublicNet,
        Refers("primary_ips", inside=ANY, alone=True),
        by(address.public_net, off=True, tell=no_address),
        "Which public addresses it has.",
    ]
    keep_disk: Annotated[
        bool, NEVER, "Leave the disk as it is when the type changes, so that it can shrink again."
    ]
    backups: Annotated[bool, by(change.backups, tell=no_backups), "Daily backups, for a fifth of its price."]
    protect: Annotated[bool, by(change.protection), "Forbid deletion and rebuilding."]
    dns_ptr: Annotated[Reverse, by(change.dns_ptr), "Reverse DNS name."]


class ServerSpec(ServerOptions, total=False):
    """What may be wanted of a server."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    server_type: Required[
        Annotated[
            Choice,
            Refers("server_types"),
            by(change.server_type, off=True, tell=resized),
            "Its size, such as `cx23`; of several the first that can be had.",
        ]
    ]


def private_ip(server: Any) -> str | None:
    """Return the address in the first private network, or None."""
    return server.private_net[0].ip if server.private_net else None


def ipv4(server: Any) -> str | None:
    """Return the public IPv4 address, or None."""
    return server.public_net.ipv4.ip if server.public_net.ipv4 else None


def ipv6(server: Any) -> str | None:
    """Return the first public IPv6 address, or None."""
    return str(IPv6Network(server.public_net.ipv6.ip)[1]) if server.public_net.ipv6 else None


class ServerKind(ServerWorth, ServerSuccession):
    """Servers."""

    name, singular, spec, seconds = "servers", "server", ServerSpec, 20.0
    code = "srv"
    choices = ("location", "server_type")
    usual: ClassVar = {"power": "on"}
    unsaid: ClassVar = {"networks": {}}
    depends: ClassVar = {
        "private_ip": "networks",
        "status": "power",
        "ipv4": "public_net",
        "ipv6": "public_net",
    }
    attributes: ClassVar = {
        "id": lambda server: server.id,
        "name": lambda server: server.name,
        "ipv4": ipv4,
        "ipv6": ipv6,
        "private_ip": private_ip,
        "status": lambda server: server.status,
    }

    def arguments(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        """Return what goes into the create; fixed private addresses come afterwards."""
        made = {
            name: plain(spec[name])
            for name in ("server_type", "image", "location", "user_data")
            if name in spec
        }
        if isinstance(made.get("image"), Selector):
            made["image"] = Named("images", made["image"])
        if "labels" in spec:
            made["labels"] = spec["labels"]
        if "ssh_keys" in spec:
            made["ssh_keys"] = [Named("ssh_keys", key, by_name=True) for key in spec["ssh_keys"]]
        if spec.get("firewalls"):
            made["firewalls"] = [{"firewall": Named("firewalls", each)} for each in spec["firewalls"]]
        if free := [name for name, wanted in spec.get("networks", {}).items() if not wanted]:
            made["networks"] = [Named("networks", name) for name in free]
        if spec.get("placement_group") is not None:
            made["placement_group"] = Named("placement_groups", spec["placement_group"])
        if public := spec.get("public_net"):
            made["public_net"] = _public_net(public)
        if spec.get("power") == "off":
            made["start_after_create"] = False
        elif _starts_late(spec):
            made["start_after_create"] = False
            made["labels"] = {**made.get("labels", {}), RESUME: ON}
        return made

    def afterwards(self, name: str, spec: Mapping[str, Any]) -> list[Call]:
        """Attach fixed addresses, start what needs them for that, then backups, protection and names."""
        of = Named(self.name, name)
        calls = [
            change.attach(of, network, wanted)
            for network, wanted in spec.get("networks", {}).items()
            if wanted
        ]
        if _starts_late(spec) and spec.get("power") != "off":
            calls.append(poweron(of))
        if spec.get("backups"):
            calls.append(Call("servers.actions.enable_backup", {}, of))
        if spec.get("protect"):
            calls.append(change.protected(of, True))
        sides = [
            side for side in spec.get("dns_ptr", {}) if spec.get("public_net", {}).get(side) is not False
        ]
        return calls + [change.reverse(of, side, spec["dns_ptr"][side]) for side in sides]

    def read(self, actual: Any, names: Names) -> dict[str, Any]:
        """Return a server as the API shows it in the terms of the spec."""
        public = actual.public_net
        have: dict[str, Any] = {
            "server_type": seen(actual.server_type),
            "location": seen(actual.location),
            "labels": declared(actual.labels),
            "firewalls": [
                names.of("firewalls", each.id)
                for each in public.firewalls or []
                if ("firewalls", each.id, actual.id) not in names.indirect
            ],
            "networks": {
                names.of("networks", each.network): {
                    "ip": IPv4Address(each.ip),
                    "alias_ips": [IPv4Address(ip) for ip in each.alias_ips or []],
                }
                for each in actual.private_net
            },
            "placement_group": seen(actual.placement_group),
            "public_net": {
                "ipv4": public.ipv4 is not None and names.of("primary_ips", public.ipv4.id),
                "ipv6": public.ipv6 is not None and names.of("primary_ips", public.ipv6.id),
            },
            "backups": actual.backup_window is not None,
            "protect": actual.protection.delete,
            "dns_ptr": change.reverse_names(actual),
        }
        if actual.image is not None:
            have["image"] = seen(actual.image)
        return {**have, **shown(actual)}

    def declare(self, have: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a document says of a server: of its public side only what is not as usual."""
        spec = super().declare(without_public_side(have))
        if public := said_sides(have["public_net"]):
            spec["public_net"] = public
        if "networks" in spec:
            spec["networks"] = {name: only(joined, "ip") for name, joined in spec["networks"].items()}
        return spec

    def marks(self, spec: Mapping[str, Any], of: str) -> dict[str, str]:
        """Return fingerprints of the cloud-init data and the keys, which the API never shows."""
        found = {}
        if "user_data" in spec:
            found[PREFIX + "user-data"] = fingerprint(spec["user_data"])
        if "ssh_keys" in spec:
            found[PREFIX + "ssh-keys"] = fingerprint(
                "\n".join(sorted(str(plain(key)) for key in spec["ssh_keys"]))
            )
        return found

    def owes(self, calls: Sequence[Call]) -> Mapping[str, str]:
        """Return the label that names the addresses that are deleted once they are let go of."""
        return address.owes(calls)

    def owed(self, of: Named, actual: Any) -> Iterable[Call]:
        """Return the deletions of addresses that an interrupted run still owes."""
        return address.owed(actual)

    def unfit(self, actual: Any, spec: Mapping[str, Any], catalogue: Catalogue) -> str:
        """Tell why the type cannot be had there, or cannot be that of a server that exists."""
        return unfit(actual, spec, catalogue)

    def scarce(self, spec: Mapping[str, Any], catalogue: Catalogue) -> str:
        """Tell why another type or location is better than these, although they might be had."""
        return scarce(spec, catalogue)

    def problems(self, name: str, spec: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield what the API would refuse whatever else there is."""
        if not HOSTNAME.fullmatch(name):
            yield (
                (),
                f"'{name}' cannot be the name of a server: letters, digits, '-' and '.', like a host name",
            )
        if len(spec.get("user_data", "").encode()) > USER_DATA_LIMIT:
            yield ("user_data",), "user_data is larger than 32 KiB, the API's limit"
        if len(spec.get("firewalls", ())) > 5:
            yield ("firewalls",), "a server has at most 5 firewalls"
        if len(spec.get("networks", ())) > 3:
            yield ("networks",), "a server is in at most 3 networks"
        for side in ("ipv4", "ipv6"):
            if spec.get("public_net", {}).get(side) is False and spec.get("dns_ptr", {}).get(side):
                yield ("dns_ptr",), f"a reverse name needs an address, and this server has no {side}"
        if _is_private(spec) and not spec.get("networks"):
            yield ("public_net",), "a server without public addresses needs a network"
        if _is_private(spec) and spec.get("firewalls"):
            yield ("firewalls",), "firewalls work on public addresses, and this server has none"


def _is_private(spec: Mapping[str, Any]) -> bool:
    public = spec.get("public_net", {})
    return public.get("ipv4") is False and public.get("ipv6") is False


def _starts_late(spec: Mapping[str, Any]) -> bool:
    """Tell whether a server has no interface until its fixed private addresses are attached."""
    return _is_private(spec) and all(spec.get("networks", {}).values())


def _public_net(wanted: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for side in ("ipv4", "ipv6"):
        if side not in wanted:
            continue
        made[f"enable_{side}"] = wanted[side] is not False
        if not isinstance(wanted[side], bool):
            made[side] = Named("primary_ips", wanted[side])
    return made


KIND = ServerKind()
