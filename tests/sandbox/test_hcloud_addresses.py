"""The official `hcloud` CLI and hcloud-python, unmodified, on volumes, addresses and certificates."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from hetzner.sandbox import Sandbox, ScaledClock
from hetzner.sandbox.serve import serve
from tests.sandbox.talk import Talk
from tests.sandbox.test_hcloud_kinds import BINARY, CLI

BARE = {"start_after_create": False, "public_net": {"enable_ipv4": False}}


def volumes(cli: CLI) -> None:
    """Create, attach, grow, detach, protect, label, rename and delete; refused while attached."""
    cli.server("host")
    cli("volume create --name free --size 10 --location fsn1 --label a=b")
    cli("volume create --name data --size 10 --server host --automount --format ext4")
    assert cli.described("volume", "data")["format"] == "ext4"
    assert "detach it first" in cli.refused("volume delete data")
    assert "volume_already_attached" in cli.refused("volume attach data --server host")
    cli("volume resize data --size 20")
    assert "invalid_input" in cli.refused("volume resize data --size 15")
    cli("volume detach data")
    cli("volume attach data --server host")
    assert len(cli.described("server", "host")["volumes"]) == 1
    cli("volume detach data")
    cli("volume enable-protection data delete")
    assert "protected" in cli.refused("volume delete data")
    cli("volume disable-protection data delete")
    cli("volume add-label data team=core")
    cli("volume update data --name kept")
    assert "20 GB" in cli("volume list -l team=core")
    cli("volume delete kept")


def primary_ips(cli: CLI) -> None:
    """Assign, unassign, name, protect and delete; a CLI that only knows datacenters cannot create one."""
    old = cli.refused("primary-ip create --name ip --type ipv4 --datacenter fsn1-dc14")
    assert "datacenter" in old
    cli.talk.post("/primary_ips", {"name": "ip", "type": "ipv4", "location": "fsn1"})
    server = cli.server("bare", **BARE)
    cli("primary-ip assign ip --server bare")
    ip = cli.described("primary-ip", "ip")
    assert (ip["assignee_id"], ip["assignee_type"]) == (server, "server")
    assert "must_be_unassigned" in cli.refused("primary-ip delete ip")
    assert cli.described("server", "bare")["public_net"]["ipv4"]["ip"] == ip["ip"]
    cli("server poweron bare")
    assert "server_not_stopped" in cli.refused("primary-ip unassign ip")
    cli("server poweroff bare")
    cli("primary-ip unassign ip")
    cli(f"primary-ip set-rdns ip --ip {ip['ip']} --hostname a.example.com")
    assert cli.described("primary-ip", "ip")["dns_ptr"][0]["dns_ptr"] == "a.example.com"
    cli("primary-ip enable-protection ip")
    assert "protected" in cli.refused("primary-ip delete ip")
    cli("primary-ip disable-protection ip")
    cli("primary-ip update ip --name kept --auto-delete=true")
    assert "kept" in cli("primary-ip list")
    cli("primary-ip delete kept")


def floating_ips(cli: CLI) -> None:
    """Create, assign, be refused a second time, unassign, name, protect, label and delete."""
    cli("floating-ip create --name ip --type ipv4 --home-location fsn1 --label a=b")
    server = cli.server("front")
    cli("floating-ip assign ip front")
    ip = cli.described("floating-ip", "ip")
    assert ip["server"]["id"] == server if isinstance(ip["server"], dict) else ip["server"] == server
    assert "floating_ip_assigned" in cli.refused("floating-ip assign ip front")
    assert "must_be_unassigned" in cli.refused("floating-ip delete ip")
    cli("floating-ip unassign ip")
    assert "not assigned to a server" in cli.refused("floating-ip unassign ip")
    cli("floating-ip set-rdns ip --hostname a.example.com")
    cli("floating-ip update ip --description front --name kept")
    cli("floating-ip enable-protection kept delete")
    assert "Floating IP deletion is protected" in cli.refused("floating-ip delete kept")
    cli("floating-ip disable-protection kept delete")
    assert "a.example.com" in cli("floating-ip list -l a=b")
    cli("floating-ip create --type ipv6 --server front")
    cli("floating-ip delete kept")


def certificates(cli: CLI) -> None:
    """Upload one, have one issued, describe, label, rename and delete them."""
    from tests.sandbox.pems import Holder

    web = Holder("web", "example.com")
    chain, key = cli.home / "web.pem", cli.home / "web.key"
    chain.write_text(web.pem)
    key.write_text(web.key_pem())
    cli(f"certificate create --name up --cert-file {chain} --key-file {key}")
    assert cli.described("certificate", "up")["domain_names"] == ["example.com"]
    cli.talk.post("/zones", {"name": "example.com", "mode": "primary"})
    cli("certificate create --name made --type managed --domain www.example.com")
    assert "completed" in cli("certificate describe made")
    failed = cli.refused("certificate create --name lost --type managed --domain www.example.org")
    assert "dns_zone_not_found" in failed
    cli("certificate add-label made team=core")
    cli("certificate update made --name kept")
    assert "www.example.com" in cli("certificate list -l team=core")
    for name in ("kept", "up", "lost"):
        cli(f"certificate delete {name}")


def cascades(cli: CLI) -> None:
    """What a deleted server leaves: volumes and floating IPs free, its own address gone."""
    server = cli.server("gone")
    cli("volume create --name left --size 10 --server gone")
    cli("floating-ip create --name left --type ipv4 --server gone")
    cli("server delete gone")
    assert cli.described("volume", "left")["server"] is None
    assert cli.described("floating-ip", "left")["server"] is None
    addresses = cli.talk.get("/primary_ips")["primary_ips"]
    assert server not in {each["assignee_id"] for each in addresses}


STORIES: tuple[Callable[[CLI], None], ...] = (volumes, primary_ips, floating_ips, certificates, cascades)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future[None]]]:
    """All stories, started together on one sandbox whose time runs 2000 times as fast."""
    sandbox = Sandbox(clock=ScaledClock(2000), requests_per_hour=1_000_000)
    with serve(sandbox) as server, ThreadPoolExecutor() as pool:
        yield {
            story.__name__: pool.submit(
                story, CLI(tmp_path_factory.mktemp("home"), server.url, Talk(sandbox))
            )
            for story in STORIES
        }


@pytest.mark.skipif(BINARY is None, reason="the hcloud CLI is not installed")
@pytest.mark.parametrize("story", [story.__name__ for story in STORIES])
def test_the_official_cli_gets_along(told: dict[str, Future[None]], story: str) -> None:
    """Every command of the story ends as it would against the real API."""
    told[story].result()


PYTHON = """
import sys
from hcloud import APIException, Client
from hcloud.images import Image
from hcloud.locations import Location
from hcloud.server_types import ServerType
client = Client(token="x" * 64, api_endpoint=sys.argv[1], poll_interval=0.02)
def done(*actions):
    for action in actions:
        action.wait_until_finished()
def refused(code, call, *args, **fields):
    try:
        call(*args, **fields)
    except APIException as error:
        assert error.code == code, error
    else:
        raise AssertionError(f"{call} was not refused")
place = Location(name="fsn1")
volume = client.volumes.create(10, "data", location=place, format="xfs")
done(volume.action)
made = client.servers.create(
    "web", ServerType("cx23"), Image(name="debian-13"), location=place, volumes=[volume.volume],
    start_after_create=False)
done(made.action, *made.next_actions)
server, volume = client.servers.get_by_name("web"), client.volumes.get_by_name("data")
assert [each.id for each in server.volumes] == [volume.id]
assert (volume.server.id, volume.status) == (server.id, "available"), volume.status
refused("invalid_input", volume.delete)
done(volume.resize(20))
done(volume.detach())
refused("invalid_input", volume.resize, 20)
done(volume.attach(server, automount=False))
done(volume.detach())
done(volume.change_protection(delete=True))
refused("protected", volume.delete)
done(volume.change_protection(delete=False))
assert client.volumes.get_by_id(volume.id).size == 20
volume.delete()
ip = client.primary_ips.create("ipv4", "ip", location=place, auto_delete=False).primary_ip
assert ip.assignee_type == "unassigned"
own = client.primary_ips.get_by_id(server.public_net.primary_ipv4.id)
refused("server_has_ipv4", ip.assign, server.id, "server")
refused("must_be_unassigned", own.delete)
done(own.unassign())
done(ip.assign(server.id, "server"))
refused("primary_ip_already_assigned", ip.assign, server.id, "server")
done(ip.change_dns_ptr(ip.ip, "a.example.com"))
done(ip.change_protection(True))
assert client.primary_ips.get_by_name("ip").dns_ptr[0]["dns_ptr"] == "a.example.com"
own.delete()
front = client.floating_ips.create("ipv4", home_location=place, description="front").floating_ip
done(front.assign(server))
refused("floating_ip_assigned", front.assign, server)
assert [each.id for each in client.servers.get_by_id(server.id).public_net.floating_ips] == [front.id]
done(front.unassign())
refused("service_error", front.unassign)
front.update(name="front", labels={"a": "b"})
assert client.floating_ips.get_all(label_selector="a")[0].name == "front"
done(client.zones.create(name="example.com", mode="primary").action)
made = client.certificates.create_managed("web", ["example.com"])
assert made.certificate.status.issuance == "pending"
done(made.action)
certificate = client.certificates.get_by_name("web")
assert certificate.status.issuance == "completed" and certificate.not_valid_after and certificate.fingerprint
refused("unsupported_error", certificate.retry_issuance)
certificate.delete()
done(server.delete())
assert [each.id for each in client.primary_ips.get_all()] == [ip.id]
refused("protected", ip.delete)
"""


def test_the_official_python_client_gets_along() -> None:
    """hcloud-python lives through the lives of all four kinds."""
    with serve(Sandbox(clock=ScaledClock(2000), requests_per_hour=1_000_000)) as server:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", PYTHON, server.url],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 0, done.stderr
