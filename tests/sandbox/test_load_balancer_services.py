"""Services of load balancers: defaults, ports, limits, certificates, changes."""

from typing import Any

import pytest

from tests.sandbox.balancers import HTTP, TCP, balancer, certificate, do, field, read, refusal, wish
from tests.sandbox.talk import Talk

CHECK = {"protocol": "tcp", "port": 2525, "interval": 15, "timeout": 10, "retries": 3}
COOKIES = {"cookie_name": "HCLBSTICKY", "cookie_lifetime": 300, "timeout_idle": 50, "sticky_sessions": False}
REQUEST = {"domain": None, "path": "/", "response": "", "status_codes": ["2??", "3??"], "tls": False}


def asking(request: dict[str, Any]) -> dict[str, Any]:
    """A health check by HTTP."""
    return {"health_check": {"protocol": "http", "http": request}}


def test_the_rest_of_a_service_is_filled_in(talk: Talk) -> None:
    """A tcp service gets a check of its destination, an http service its ports and cookies too."""
    lb = balancer(talk, services=[TCP, HTTP])
    tcp, http = lb["services"]
    assert tcp == {**TCP, "proxyprotocol": False, "health_check": CHECK}
    assert (http["listen_port"], http["destination_port"]) == (80, 80)
    assert http["health_check"] == {**CHECK, "port": 80}
    assert http["http"] == {**COOKIES, "certificates": [], "redirect_http": False}
    https = do(talk, lb, "add_service", {"protocol": "https"})["services"][2]
    assert (https["listen_port"], https["destination_port"]) == (443, 80)


def test_a_service_is_added_when_the_action_is_done(talk: Talk) -> None:
    """Until add_service is done the load balancer does not listen on the new port."""
    lb = balancer(talk)
    action = talk.post(f"/load_balancers/{lb['id']}/actions/add_service", TCP)["action"]
    assert (action["command"], action["resources"]) == (
        "add_service",
        [{"id": lb["id"], "type": "load_balancer"}],
    )
    assert read(talk, lb["id"])["services"] == []
    talk.wait()
    assert [each["listen_port"] for each in read(talk, lb["id"])["services"]] == [25]


def test_an_http_check_is_completed(talk: Talk) -> None:
    """What is left out of a health check by HTTP is filled in; with tcp its request is ignored."""
    check = {"protocol": "http", "http": {"path": "/up", "domain": "a.example"}}
    lb = balancer(talk, services=[{**TCP, "health_check": check}])
    shown = lb["services"][0]["health_check"]
    assert shown == {**CHECK, "protocol": "http", "http": {**REQUEST, "path": "/up", "domain": "a.example"}}
    ignored = {**TCP, "listen_port": 26, "health_check": {"protocol": "tcp", "http": {"path": "/up"}}}
    assert do(talk, lb, "add_service", ignored)["services"][1]["health_check"] == CHECK


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("listen_port", {"listen_port": 0}),
        ("destination_port", {"destination_port": 65536}),
        ("protocol", {"protocol": "udp"}),
        ("health_check.port", {"health_check": {"port": 0}}),
        ("health_check.interval", {"health_check": {"interval": 2}}),
        ("health_check.timeout", {"health_check": {"timeout": 61}}),
        ("health_check.retries", {"health_check": {"retries": 6}}),
        ("health_check.http.path", asking({"path": "/a b"})),
        ("health_check.http.path", asking({"path": ""})),
        ("health_check.http.domain", asking({"domain": "a%b"})),
        ("health_check.http.response", asking({"response": "x" * 257})),
        ("health_check.http.status_codes", asking({"status_codes": ["ok"]})),
        ("health_check.http.status_codes", asking({"status_codes": ["2??"] * 21})),
        ("http", {"http": {"sticky_sessions": True}}),
        ("http.cookie_name", {"protocol": "http", "http": {"cookie_name": ""}}),
        ("http.cookie_lifetime", {"protocol": "http", "http": {"cookie_lifetime": 29}}),
        ("http.timeout_idle", {"protocol": "http", "http": {"timeout_idle": 301}}),
        ("http.redirect_http", {"protocol": "http", "http": {"redirect_http": True}}),
        ("http.certificates", {"protocol": "http", "http": {"certificates": [1]}}),
        ("http.certificates", {"protocol": "https", "http": {"certificates": [1]}}),
    ],
)
def test_bad_services_are_refused(talk: Talk, where: str, change: dict[str, Any]) -> None:
    """A value out of its range, or not for the protocol, answers invalid_input on its field."""
    lb = balancer(talk)
    assert field(talk, f"/load_balancers/{lb['id']}/actions/add_service", {**TCP, **change}) == where


def test_tcp_needs_both_ports(talk: Talk) -> None:
    """There are no usual ports for tcp; in a create the field says where the service stands."""
    lb = balancer(talk)
    path = f"/load_balancers/{lb['id']}/actions/add_service"
    assert field(talk, path, {"protocol": "tcp", "destination_port": 25}) == "listen_port"
    bare = {"protocol": "tcp", "listen_port": 25}
    assert field(talk, path, bare) == "destination_port"
    assert field(talk, "/load_balancers", wish(name="two", services=[bare])) == "services[].destination_port"


def test_a_port_is_taken_once(talk: Talk) -> None:
    """Two services on one port: 412 when it is added or created."""
    lb = balancer(talk, services=[TCP])
    assert refusal(talk, lb, "add_service", TCP) == (412, "source_port_already_used")
    body = wish(name="two", services=[HTTP, HTTP])
    assert talk.refused("POST", "/load_balancers", body) == (412, "source_port_already_used")


def test_a_redirect_takes_port_80(talk: Talk) -> None:
    """An https service that redirects needs port 80 for it: 412 when added, 422 when updated."""
    lb = balancer(talk, services=[HTTP])
    redirecting = {"protocol": "https", "http": {"redirect_http": True}}
    assert refusal(talk, lb, "add_service", redirecting) == (412, "source_port_already_used")
    lb = do(talk, lb, "add_service", {"protocol": "https"})
    change = {"listen_port": 443, "http": {"redirect_http": True}}
    assert refusal(talk, lb, "update_service", change) == (422, "source_port_already_used")
    lb = do(talk, lb, "delete_service", {"listen_port": 80})
    assert do(talk, lb, "update_service", change)["services"][0]["http"]["redirect_http"] is True


def test_a_service_can_be_changed_in_part(talk: Talk) -> None:
    """An update replaces what it names and keeps the rest."""
    service = {**HTTP, "health_check": {"protocol": "http", "http": {"path": "/up"}}}
    lb = balancer(talk, services=[service])
    change: dict[str, Any] = {"listen_port": 80, "destination_port": 8080, "health_check": {"interval": 5}}
    shown = do(talk, lb, "update_service", {**change, "http": {}})["services"][0]
    assert (shown["destination_port"], shown["health_check"]["interval"]) == (8080, 5)
    assert shown["health_check"]["port"] == 80
    assert shown["health_check"]["http"] == {**REQUEST, "path": "/up"}
    shown = do(talk, lb, "update_service", {"listen_port": 80, "http": {"sticky_sessions": True}})[
        "services"
    ][0]
    assert shown["http"] == {**COOKIES, "sticky_sessions": True, "certificates": [], "redirect_http": False}
    shown = do(talk, lb, "update_service", {"listen_port": 80, "protocol": "tcp"})["services"][0]
    assert (shown["protocol"], "http" in shown) == ("tcp", False)


def test_https_can_become_http(talk: Talk) -> None:
    """An https service that becomes an http service loses certificates and redirection."""
    secure = {"certificates": [certificate(talk)], "redirect_http": True}
    lb = balancer(talk, services=[{"protocol": "https", "http": secure}])
    shown = do(talk, lb, "update_service", {"listen_port": 443, "protocol": "http"})["services"][0]["http"]
    assert (shown["certificates"], shown["redirect_http"]) == ([], False)


def test_unknown_services_are_not_found(talk: Talk) -> None:
    """Updating and deleting a service that is not there answers not_found."""
    lb = balancer(talk, services=[TCP])
    assert refusal(talk, lb, "update_service", {"listen_port": 1}) == (404, "not_found")
    assert refusal(talk, lb, "delete_service", {"listen_port": 1}) == (404, "not_found")
    assert do(talk, lb, "delete_service", {"listen_port": 25})["services"] == []


def test_the_type_limits_the_services(talk: Talk) -> None:
    """lb11 takes five services, added or created."""
    services = [{**TCP, "listen_port": port} for port in range(1, 7)]
    lb = balancer(talk, services=services[:5])
    assert refusal(talk, lb, "add_service", services[5]) == (403, "resource_limit_exceeded")
    body = wish(name="two", services=services)
    assert talk.refused("POST", "/load_balancers", body) == (403, "resource_limit_exceeded")


def test_certificates_know_who_uses_them(talk: Talk) -> None:
    """A certificate shows its load balancer, and cannot be deleted until the service is gone."""
    mine = certificate(talk)
    lb = balancer(talk, services=[{"protocol": "https", "http": {"certificates": [mine]}}])
    assert lb["services"][0]["http"]["certificates"] == [mine]
    shown = talk.get(f"/certificates/{mine}")["certificate"]
    assert shown["used_by"] == [{"id": lb["id"], "type": "load_balancer"}]
    assert talk.refused("DELETE", f"/certificates/{mine}")[1] == "resource_in_use"
    do(talk, lb, "delete_service", {"listen_port": 443})
    assert talk.delete(f"/certificates/{mine}") is None


def test_the_type_limits_the_certificates(talk: Talk) -> None:
    """lb11 takes ten certificates in all its services, each counted once."""
    used = [certificate(talk, f"c{number}") for number in range(11)]
    https = {"protocol": "https", "http": {"certificates": used[:10]}}
    lb = balancer(talk, services=[https, {**https, "listen_port": 8443}])
    more = {"protocol": "https", "listen_port": 9443, "http": {"certificates": used[10:]}}
    assert refusal(talk, lb, "add_service", more) == (403, "resource_limit_exceeded")
