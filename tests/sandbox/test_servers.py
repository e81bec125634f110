"""Servers: what a create checks, and what becomes of one."""

from typing import Any

import pytest

from tests.sandbox.talk import Talk

WEB = {"name": "web", "server_type": "cx23", "image": "debian-13"}


def test_a_server_comes_with_addresses_and_password(talk: Talk) -> None:
    """A new server has an IPv4 and an IPv6 primary IP of its own, a default name for both, and a password."""
    answer = talk.post("/servers", {**WEB, "labels": {"a": "b"}})
    server, net = answer["server"], answer["server"]["public_net"]
    assert (server["status"], server["labels"], len(answer["root_password"])) == (
        "initializing",
        {"a": "b"},
        20,
    )
    assert net["ipv4"]["dns_ptr"] == "static.1.113.0.203.clients.your-server.de"
    assert net["ipv6"]["ip"].endswith("::/64")
    assert server["location"]["name"] == "fsn1"
    rows = talk.sandbox.project().table("primary_ips").by("assignee", "server", server["id"])
    assert [row["auto_delete"] for row in rows] == [True, True]


@pytest.mark.parametrize(
    ("field", "value", "status", "code"),
    [
        ("name", "under_score", 422, "invalid_input"),
        ("name", "-dash", 422, "invalid_input"),
        ("name", "", 422, "invalid_input"),
        ("server_type", "cx22", 422, "invalid_input"),
        ("server_type", "nope", 422, "invalid_input"),
        ("location", "ash", 422, "invalid_input"),
        ("location", "nope", 422, "invalid_input"),
        ("image", "nope", 422, "invalid_input"),
        ("image", 114690389, 422, "invalid_input"),
        ("ssh_keys", ["nope"], 422, None),
        ("user_data", "x" * 32769, 422, "invalid_input"),
        ("labels", {"-": "x"}, 422, "invalid_input"),
        ("public_net", {"enable_ipv4": False, "enable_ipv6": False}, 422, "invalid_input"),
        ("public_net", {"ipv4": 5}, 422, "invalid_input"),
    ],
)
def test_a_bad_create_is_refused_and_leaves_nothing(
    talk: Talk, field: str, value: Any, status: int, code: str | None
) -> None:
    """Whatever a create may be refused for, no server and no address is left behind."""
    refused = talk.refused("POST", "/servers", {**WEB, field: value})
    assert refused[0] == status
    assert code in (None, refused[1])
    assert talk.get("/servers")["servers"] == []
    assert len(talk.sandbox.project().table("primary_ips")) == 0


def test_refusals_use_the_words_of_the_api(talk: Talk) -> None:
    """Texts that clients match are the real ones."""
    talk.server()
    status, error = talk.error("POST", "/servers", WEB)
    assert (status, error["code"], error["message"]) == (
        409,
        "uniqueness_error",
        "server name is already used",
    )
    assert error["details"] == {"fields": [{"name": "name"}]}
    _, error = talk.error("POST", "/servers", {**WEB, "name": "b", "server_type": 104})
    assert error["message"] == "server type 104 is deprecated"
    _, error = talk.error("POST", "/servers", {**WEB, "name": "b", "location": "sin"})
    assert error["message"] == "unsupported location for server type"


def test_a_sold_out_type_is_refused_until_restocked(talk: Talk) -> None:
    """A type without stock answers 412 and shows as unavailable; without a location another one is taken."""
    talk.sandbox.faults.sell_out("cx23", "fsn1")
    status, error = talk.error("POST", "/servers", {**WEB, "location": "fsn1"})
    assert (status, error["code"], error["message"]) == (
        412,
        "resource_unavailable",
        "error during placement",
    )
    shown = talk.get("/server_types?name=cx23")["server_types"][0]["locations"]
    assert [each["available"] for each in shown] == [False, True, True]
    assert talk.post("/servers", WEB)["server"]["location"]["name"] == "nbg1"
    talk.sandbox.faults.restock("cx23", "fsn1")
    assert talk.post("/servers", {**WEB, "name": "b", "location": "fsn1"})["server"]["location"]["id"] == 1
    for place in ("fsn1", "nbg1", "hel1"):
        talk.sandbox.faults.sell_out("cx23", place)
    assert talk.refused("POST", "/servers", {**WEB, "name": "c"}) == (412, "resource_unavailable")


def test_a_quota_is_a_limit(talk: Talk) -> None:
    """A project whose quota is used up answers 403."""
    talk.sandbox.faults.quotas["servers"] = 1
    talk.server()
    status, error = talk.error("POST", "/servers", {**WEB, "name": "b"})
    assert (status, error["code"], error["message"]) == (
        403, "resource_limit_exceeded", "server limit reached",
    )  # fmt: skip


def test_images_follow_the_architecture(talk: Talk) -> None:
    """A name stands for the image of the server type's architecture, an id for exactly one image."""
    arm = talk.post("/servers", {**WEB, "server_type": "cax11", "image": "debian-12"})["server"]
    assert arm["image"]["id"] == 114690389
    body = {**WEB, "name": "b", "server_type": "cax11", "image": "114690387"}
    assert talk.refused("POST", "/servers", body) == (422, "invalid_input")


def test_a_deprecated_image_can_be_used_until_its_day(talk: Talk) -> None:
    """debian-11 works until December 2026 and not after."""
    talk.post("/servers", {**WEB, "image": "debian-11"})
    talk.wait(9 * 86400)
    assert talk.refused("POST", "/servers", {**WEB, "name": "b", "image": "debian-11"}) == (
        422,
        "invalid_input",
    )


def test_a_given_primary_ip_is_used_and_kept(talk: Talk) -> None:
    """A server takes a primary IP it is given, and the IP stays when the server goes."""
    project = talk.sandbox.project()
    ips = project.kind("primary_ips")
    spare = ips.make("ipv4", 1)  # type: ignore[attr-defined]
    body = {**WEB, "location": "fsn1", "public_net": {"ipv4": spare["id"], "enable_ipv6": False}}
    server = talk.post("/servers", body)["server"]
    assert (server["public_net"]["ipv4"]["id"], server["public_net"]["ipv6"]) == (spare["id"], None)
    assert talk.refused("POST", "/servers", {**body, "name": "b"}) == (422, "primary_ip_assigned")
    wrong = {"public_net": {"ipv6": spare["id"]}}
    assert talk.refused("POST", "/servers", {**body, "name": "b", **wrong}) == (
        412,
        "primary_ip_version_mismatch",
    )
    talk.wait()
    talk.delete(f"/servers/{server['id']}")
    talk.wait()
    with talk.sandbox.inside():
        assert [(row["id"], row["assignee_id"]) for row in ips.table] == [(spare["id"], None)]
    elsewhere = {**body, "name": "b", "location": "nbg1"}
    assert talk.refused("POST", "/servers", elsewhere) == (422, "primary_ip_datacenter_mismatch")


def test_a_server_need_not_start(talk: Talk) -> None:
    """With start_after_create off there is nothing to follow, and the server stays off."""
    answer = talk.post("/servers", {**WEB, "start_after_create": False})
    assert answer["next_actions"] == []
    talk.wait()
    assert talk.get(f"/servers/{answer['server']['id']}")["server"]["status"] == "off"


def test_servers_are_filtered(talk: Talk) -> None:
    """Lists narrow by name, label selector and state."""
    talk.server("a", labels={"env": "prod"})
    talk.server("b", labels={"env": "test"}, start_after_create=False)

    def names(query: str) -> list[str]:
        return [each["name"] for each in talk.get(f"/servers?{query}")["servers"]]

    assert names("name=a") == ["a"]
    assert names("name=A") == []
    assert names("label_selector=env%3Dprod") == ["a"]
    assert names("status=off&status=stopping") == ["b"]
    assert names("status=nonsense") == []
    assert talk.refused("GET", "/servers?label_selector=%3D") == (422, "invalid_input")


def test_an_update_replaces_name_and_labels(talk: Talk) -> None:
    """Labels are replaced whole, names stay unique, and a server keeps its own name."""
    server = talk.server(labels={"a": "1", "b": "2"})
    talk.server("other")
    path = f"/servers/{server['id']}"
    assert talk.put(path, {"labels": {"b": "3"}})["server"]["labels"] == {"b": "3"}
    assert talk.put(path, {"name": "web"})["server"]["labels"] == {"b": "3"}
    assert talk.refused("PUT", path, {"name": "other"}) == (409, "uniqueness_error")
    assert talk.put(path, {"name": "new"})["server"]["name"] == "new"
    assert talk.get("/servers?name=web")["servers"] == []


def test_a_deleted_server_takes_along_what_was_its_own(talk: Talk) -> None:
    """Deleting ends in 404; addresses and backups go, snapshots stay, and the name is free again."""
    server = talk.server()
    path = f"/servers/{server['id']}"
    talk.act(f"{path}/actions/enable_backup")
    talk.act(f"{path}/actions/create_image", {"type": "backup"})
    talk.act(f"{path}/actions/create_image")
    action = talk.delete(path)["action"]
    assert (action["command"], action["status"]) == ("delete_server", "running")
    assert talk.get(path)["server"]["status"] == "deleting"
    talk.wait()
    assert talk.refused("GET", path) == (404, "not_found")
    assert talk.get(f"/actions/{action['id']}")["action"]["status"] == "success"
    assert [each["type"] for each in talk.get("/images?type=backup&type=snapshot")["images"]] == ["snapshot"]
    assert len(talk.sandbox.project().table("primary_ips")) == 0
    assert talk.server()["id"] > server["id"]


def test_metrics_are_plausible_series(talk: Talk) -> None:
    """They have the documented names, text values, 200 samples or at most 500, none older than 30 days."""
    ident = talk.server()["id"]
    period = "start=2026-11-23T11:00:00Z&end=2026-11-23T12:00:00%2B00:00"
    metrics = talk.get(f"/servers/{ident}/metrics?type=cpu,network&{period}")["metrics"]
    assert sorted(metrics["time_series"]) == [
        "cpu", "network.0.bandwidth.in", "network.0.bandwidth.out", "network.0.pps.in", "network.0.pps.out",
    ]  # fmt: skip
    values = metrics["time_series"]["cpu"]["values"]
    assert 199 <= len(values) <= 200
    assert all(isinstance(value, str) and float(value) > 0 for _, value in values)
    dense = talk.get(f"/servers/{ident}/metrics?type=disk&type=cpu&step=1&{period}")["metrics"]
    assert len(dense["time_series"]) == 5
    assert len(dense["time_series"]["cpu"]["values"]) <= 500
    old = "start=2026-10-01T00:00:00Z&end=2026-11-01T00:00:00Z&step=86400"
    kept = talk.get(f"/servers/{ident}/metrics?type=cpu&{old}")["metrics"]["time_series"]["cpu"]["values"]
    assert 6 <= len(kept) <= 8
    for query in (f"type=gpu&{period}", "type=cpu", f"type=cpu&step=x&{period}", "type=cpu&start=a&end=b"):
        assert talk.refused("GET", f"/servers/{ident}/metrics?{query}") == (422, "invalid_input")
