"""The official `hcloud` CLI, unmodified, on volumes, addresses and certificates."""

from collections.abc import Callable

from tests.sandbox.hcloud_kinds import CLI

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
