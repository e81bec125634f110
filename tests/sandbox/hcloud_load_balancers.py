"""The official `hcloud` CLI, unmodified, and hcloud-python on load balancers.

The CLI waits half a second for every action, whatever the server says; so all stories run side by side.
"""

from collections.abc import Callable
from typing import Any

from hcloud.load_balancer_types import LoadBalancerType
from hcloud.load_balancers import domain
from hcloud.locations import Location
from hcloud.networks import Network

from hetzner.sandbox.kinds.load_balancers import LoadBalancers
from tests.sandbox.balancers import certificate, network
from tests.sandbox.hcloud_kinds import CLI
from tests.sandbox.hcloud_python import lists
from tests.sandbox.talk import Talk

CREATE = "load-balancer create --type lb11 --name"
PERIOD = "--start 2026-11-23T12:00:00Z --end 2026-11-23T13:00:00Z"
CHECK = (
    "--health-check-protocol=http --health-check-port=8081 --health-check-interval=20s "
    "--health-check-timeout=5s --health-check-retries=2 --health-check-http-domain=a.example "
    "--health-check-http-path=/up --health-check-http-response=OK "
    "--health-check-http-status-codes=200,3?? --health-check-http-tls"
)


def life(cli: CLI) -> None:
    """Create, list, describe, rename, label, protect, measure and delete; all of `load-balancer-type`."""
    cli(f"{CREATE} one --location fsn1 --algorithm-type least_connections --label a=b")
    cli("load-balancer change-algorithm one --algorithm-type round_robin")
    cli("load-balancer update one --name uno")
    cli("load-balancer add-label uno team=core")
    cli("load-balancer remove-label uno a")
    lb = cli.described("load-balancer", "uno")
    assert (lb["labels"], lb["algorithm"]["type"]) == ({"team": "core"}, "round_robin")
    cli("load-balancer change-type uno lb21")
    assert "lb21" in cli("load-balancer list -o columns=id,name,type -l team=core")
    assert "open_connections" in cli(f"load-balancer metrics uno --type open_connections {PERIOD} -o json")
    cli("load-balancer enable-protection uno delete")
    assert "load balancer is delete protected" in cli.refused("load-balancer delete uno")
    cli("load-balancer disable-protection uno delete")
    cli("load-balancer delete uno")
    cli.talk.wait(60)
    assert "uno" not in cli("load-balancer list")
    assert "lb31" in cli("load-balancer-type list")
    assert cli.described("load-balancer-type", "lb11")["max_targets"] == 25


def services(cli: CLI) -> None:
    """Add, change and delete services of all protocols, with every flag of a health check."""
    cli(f"{CREATE} svc --network-zone eu-central")
    ports = "--listen-port 25 --destination-port"
    cli(f"load-balancer add-service svc --protocol tcp {ports} 2525 --proxy-protocol")
    cli("load-balancer add-service svc --protocol http --http-sticky-sessions --http-cookie-name c")
    mine = certificate(cli.talk)
    cli(f"load-balancer add-service svc --protocol https --http-certificates {mine}")
    clash = cli.refused(f"load-balancer add-service svc --protocol tcp {ports} 1")
    assert "source_port_already_used" in clash
    redirect = cli.refused("load-balancer update-service svc --listen-port 443 --http-redirect-http")
    assert "source_port_already_used" in redirect
    cli(f"load-balancer update-service svc {ports} 26 --proxy-protocol=false")
    cli(f"load-balancer update-service svc --listen-port 80 --http-cookie-lifetime 10m {CHECK}")
    tcp, http, https = cli.described("load-balancer", "svc")["services"]
    assert (tcp["destination_port"], tcp["proxyprotocol"]) == (26, False)
    assert (http["http"]["cookie_name"], http["http"]["cookie_lifetime"]) == ("c", 600)
    assert (http["health_check"]["interval"], http["health_check"]["http"]["status_codes"]) == (
        20,
        ["200", "3??"],
    )
    assert https["http"]["certificates"] == [mine]
    assert "a.example" in cli("load-balancer describe svc")
    cli("load-balancer delete-service svc --listen-port 25")
    assert "not found" in cli.refused("load-balancer delete-service svc --listen-port 25")


def targets(cli: CLI) -> None:
    """Add and remove targets of all types; what is not there or there twice is refused."""
    with cli.talk.sandbox.inside() as project:
        project.kind_as(LoadBalancers).register_ip("192.0.2.99")
    server = cli.server("web", labels={"env": "prod"})
    cli(f"{CREATE} tgt --location fsn1")
    cli("load-balancer add-service tgt --protocol http")
    for target in ("--server web", "--label-selector env=prod", "--ip 192.0.2.99"):
        cli(f"load-balancer add-target tgt {target}")
        assert "target_already_defined" in cli.refused(f"load-balancer add-target tgt {target}")
    lb = cli.described("load-balancer", "tgt")
    first, second, _ = lb["targets"]
    assert (first["server"]["id"], second["targets"][0]["server"]["id"]) == (server, server)
    assert cli.described("server", "web")["load_balancers"] == [lb["id"]]
    assert "192.0.2.99" in cli("load-balancer describe tgt")
    assert "bandwidth.in" in cli(f"load-balancer metrics tgt --type bandwidth {PERIOD}")
    for target in ("--server web", "--label-selector env=prod", "--ip 192.0.2.99"):
        cli(f"load-balancer remove-target tgt {target}")
    missing = cli.refused("load-balancer remove-target tgt --server web")
    assert "load_balancer_target_not_found" in missing
    assert "ip_not_owned" in cli.refused("load-balancer add-target tgt --ip 192.0.2.98")


def links(cli: CLI) -> None:
    """Join a network, switch the public interface, use a private target, set reverse DNS, leave."""
    net = network(cli.talk, "net")
    cli.server("db", networks=[net])
    cli(f"{CREATE} link --location fsn1")
    unattached = cli.refused("load-balancer disable-public-interface link")
    assert "load_balancer_not_attached_to_network" in unattached
    cli("load-balancer attach-to-network link --network net --ip 10.0.0.9")
    assert "already_attached" in cli.refused("load-balancer attach-to-network link --network net")
    cli("load-balancer add-target link --server db --use-private-ip")
    cli("load-balancer disable-public-interface link")
    lb = cli.described("load-balancer", "link")
    assert (lb["public_net"]["enabled"], lb["private_net"][0]["ip"]) == (False, "10.0.0.9")
    assert "10.0.0.9" in cli("load-balancer describe link")
    cli("load-balancer enable-public-interface link")
    ip = lb["public_net"]["ipv6"]["ip"]
    cli(f"load-balancer set-rdns link --ip {ip} --hostname lb.example.com")
    assert cli.described("load-balancer", "link")["public_net"]["ipv6"]["dns_ptr"] == "lb.example.com"
    cli("load-balancer detach-from-network link --network net")
    assert cli.described("load-balancer", "link")["targets"] == []


STORIES: tuple[Callable[[CLI], None], ...] = (life, services, targets, links)


def python_creates_and_deletes(client: Any, talk: Talk) -> None:
    """hcloud-python creates with everything at once, reads it all back, and deletes by an action."""
    net = network(talk)
    mine = talk.post("/primary_ips", {"name": "mine", "type": "ipv4", "location": "fsn1"})["primary_ip"]
    check = domain.LoadBalancerHealthCheck(
        protocol="http", http=domain.LoadBalancerHealthCheckHttp(path="/up")
    )
    service = domain.LoadBalancerService(protocol="http", health_check=check)
    labels = domain.LoadBalancerTargetLabelSelector(selector="env")
    created = client.load_balancers.create(
        "lb",
        LoadBalancerType(name="lb11"),
        location=Location(name="fsn1"),
        network=Network(id=net),
        services=[service],
        targets=[
            domain.LoadBalancerTarget(type="label_selector", label_selector=labels, use_private_ip=True)
        ],
        public_net=domain.LoadBalancerCreatePublicNetwork(ipv4=client.primary_ips.get_by_id(mine["id"])),
    )
    created.action.wait_until_finished()
    lb = client.load_balancers.get_by_id(created.load_balancer.id)
    assert (lb.public_net.ipv4.ip, lb.public_net.ipv4.primary_ip.id) == (mine["ip"], mine["id"])
    assert (lb.services[0].health_check.http.path, lb.services[0].http.timeout_idle) == ("/up", 50)
    assert (lb.targets[0].label_selector.selector, lb.private_net[0].network.id) == ("env", net)
    lb.delete().action.wait_until_finished()
    assert client.load_balancers.get_all() == []


def python_changes_everything(client: Any, talk: Talk) -> None:
    """Every action method of hcloud-python ends well, and it reads the health of a target with its detail."""
    net = client.networks.get_by_id(network(talk))
    web = client.servers.get_by_id(talk.server(networks=[net.id])["id"])
    lb = client.load_balancers.create(
        "lb", LoadBalancerType(name="lb11"), network_zone="eu-central"
    ).load_balancer
    talk.wait()
    tcp = domain.LoadBalancerService(protocol="tcp", listen_port=25, destination_port=25)
    target = domain.LoadBalancerTarget(type="server", server=web, use_private_ip=True)
    for act in (
        lambda: lb.attach_to_network(net),
        lambda: lb.add_service(tcp),
        lambda: lb.update_service(domain.LoadBalancerService(listen_port=25, destination_port=26)),
        lambda: lb.add_target(target),
        lb.disable_public_interface,
        lb.enable_public_interface,
        lambda: lb.change_algorithm(domain.LoadBalancerAlgorithm(type="least_connections")),
        lambda: lb.change_dns_ptr(lb.public_net.ipv4.ip, "lb.example.com"),
        lambda: lb.change_type(LoadBalancerType(name="lb21")),
        lambda: lb.change_protection(delete=True),
        lambda: lb.change_protection(delete=False),
    ):
        act().wait_until_finished()
    with talk.sandbox.inside() as project:
        broken: dict[str, Any] = {"detail": "unexpected_http_status", "http_status_code": 503}
        project.kind_as(LoadBalancers).report(lb.id, web.id, "unhealthy", **broken)
    lb.reload()
    health = lb.targets[0].health_status[0]
    assert (health.status, health.detail, health.http_status_code) == ("unhealthy", *broken.values())
    assert (lb.services[0].destination_port, lb.load_balancer_type.name) == (26, "lb21")
    assert lb.get_metrics("bandwidth", "2026-11-23T12:00:00Z", "2026-11-23T13:00:00Z").metrics.time_series
    lb.remove_target(target).wait_until_finished()
    lb.delete_service(tcp).wait_until_finished()
    lb.detach_from_network(net).wait_until_finished()
    lb.update(name="new", labels={"a": "b"})
    assert client.load_balancers.get_by_id(lb.id).labels == {"a": "b"}
    assert client.load_balancers.get_by_name("new").id == lb.id
    lists(client.load_balancers, lb)
