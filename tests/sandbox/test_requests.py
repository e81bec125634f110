"""What every request goes through: routes, tokens, bodies, limits, pages, envelopes."""

import json
import re
from copy import copy

import pytest

from hetzner.sandbox import Ask, Sandbox, VirtualClock
from hetzner.sandbox.kinds.servers import Servers
from hetzner.schema.catalog import operations
from tests.sandbox.talk import Talk
from tests.witnesses import deaf


def test_an_unknown_path_needs_no_token() -> None:
    """A path that does not exist answers 404 before anybody asks for a token."""
    status, error = Talk(token="").error("GET", "/nothing/here")
    assert (status, error["code"], error["message"]) == (404, "not_found", "api route not found")


def test_without_a_token_nothing_is_answered() -> None:
    """A missing token answers 401, also for a method that does not exist."""
    status, error = Talk(token="").error("GET", "/servers")
    assert (status, error["code"], error["message"]) == (401, "unauthorized", "token is required")
    assert Talk(token="").refused("PUT", "/servers", {}) == (401, "unauthorized")


def test_a_wrong_method_is_refused(talk: Talk) -> None:
    """With a token, a method the path does not have answers 405."""
    assert talk.refused("PUT", "/servers", {}) == (405, "method_not_allowed")


def test_an_id_that_is_no_number_is_no_route(talk: Talk) -> None:
    """Ids in paths are numbers."""
    assert talk.refused("GET", "/servers/abc") == (404, "not_found")


def test_paths_work_without_version_prefix() -> None:
    """The prefix /v1 is optional."""
    sandbox = Sandbox()
    assert sandbox.handle(Ask.of("GET", "/locations", {"authorization": "Bearer x"})).status == 200


def test_tokens_open_their_own_projects() -> None:
    """Two registered tokens see two projects whose ids differ, an unregistered one sees none."""
    sandbox = Sandbox(tokens={"a": "one", "b": "two"})
    first, second = Talk(sandbox, "a"), Talk(sandbox, "b")
    server, other = first.server(), second.server()
    assert [each["id"] for each in first.get("/servers")["servers"]] == [server["id"]]
    assert other["id"] != server["id"]
    assert second.refused("GET", f"/servers/{server['id']}") == (404, "not_found")
    status, error = Talk(sandbox, "c").error("GET", "/servers")
    assert (status, error["message"]) == (401, "the token you have provided is invalid")


def test_a_read_only_token_may_only_read() -> None:
    """A token registered as read-only is refused as soon as it writes."""
    sandbox = Sandbox()
    sandbox.tokens.allow("reader", read_only=True)
    assert Talk(sandbox, "reader").get("/servers")["servers"] == []
    assert Talk(sandbox, "reader").refused("POST", "/servers", {}) == (401, "token_readonly")


def test_no_token_is_shown() -> None:
    """Tokens are in no repr and in no line of the log."""
    sandbox = Sandbox(tokens={"very-secret": "one"})
    Talk(sandbox, "very-secret").server(user_data="hidden-data")
    shown = repr(sandbox) + repr(sandbox.tokens) + repr(list(sandbox.log))
    assert "very-secret" not in shown
    assert "hidden-data" not in shown


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(talk: Talk, body: bytes) -> None:
    """Broken JSON, and JSON that is no object, answer 400 json_error."""
    answer = talk.sandbox.handle(Ask.of("POST", "/servers", talk.headers, body))
    assert (answer.status, json.loads(answer.body)["error"]["code"]) == (400, "json_error")


def test_problems_name_their_fields(talk: Talk) -> None:
    """One wrong field is named with its reason, several are all named."""
    status, error = talk.error("POST", "/servers", {"name": "a", "server_type": "cx23", "image": True})
    assert status == 422
    assert error["message"].startswith("invalid input in field 'image': ")
    _, error = talk.error("POST", "/servers", {"image": 3})
    assert error["message"] == "invalid input in fields 'name', 'server_type'"
    assert error["details"]["fields"][0] == {"name": "name", "messages": ["is required"]}


def test_nested_problems_say_where(talk: Talk) -> None:
    """A wrong value inside an object or array is named with its path."""
    body = {"name": "a", "server_type": "cx23", "image": "debian-13", "firewalls": [{"firewall": "x"}]}
    _, error = talk.error("POST", "/servers", body)
    assert error["details"]["fields"][0]["name"] == "firewalls.0.firewall"


def test_a_removed_field_is_an_error_that_names_the_new_one(talk: Talk) -> None:
    """Sending `datacenter` says to send `location`."""
    body = {"name": "a", "server_type": "cx23", "image": "debian-13", "datacenter": "fsn1-dc14"}
    status, error = talk.error("POST", "/servers", body)
    assert status == 422
    assert "location" in error["message"]


def test_unknown_fields_and_parameters_are_tolerated(talk: Talk) -> None:
    """Unknown keys in bodies and queries change nothing."""
    assert talk.server(nonsense={"a": 1})["name"] == "web"
    assert len(talk.get("/servers?nonsense=1")["servers"]) == 1


def test_a_request_is_answered_with_the_limits_and_an_id(talk: Talk) -> None:
    """Every answer carries a correlation id and the state of the bucket, errors too."""
    for path in ("/servers", "/servers/1", "/nothing"):
        headers = talk.send("GET", path).headers
        assert re.fullmatch("[0-9a-f]{32}", headers["X-Correlation-Id"])
        assert {"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"} <= headers.keys()


def test_the_bucket_empties_and_refills() -> None:
    """3600 requests may come at once, then one more every second."""
    talk = Talk(Sandbox())
    for _ in range(3600):
        talk.send("GET", "/locations/1")
    answer = talk.send("GET", "/locations/1")
    assert (answer.status, json.loads(answer.body)["error"]["code"]) == (429, "rate_limit_exceeded")
    assert answer.headers["RateLimit-Remaining"] == "0"
    assert int(answer.headers["RateLimit-Reset"]) == talk.sandbox.clock.now() + 3600
    talk.wait(1)
    assert talk.send("GET", "/locations/1").status == 200
    assert talk.send("GET", "/locations/1").status == 429


def test_a_list_comes_in_pages(talk: Talk) -> None:
    """25 a page without asking, 50 at most, with links to the other pages."""
    for number in range(60):
        talk.post("/servers", {"name": f"s{number:02}", "server_type": "cx23", "image": "debian-13"})
    first = talk.get("/servers")
    assert len(first["servers"]) == 25
    assert first["meta"]["pagination"] == {
        "page": 1, "per_page": 25, "previous_page": None, "next_page": 2, "last_page": 3, "total_entries": 60,
    }  # fmt: skip
    answer = talk.send("GET", "/servers?per_page=100&page=2&sort=name:desc")
    assert [each["name"] for each in json.loads(answer.body)["servers"]] == [
        f"s{n:02}" for n in range(9, -1, -1)
    ]
    assert answer.headers["Link"] == (
        '<https://api.hetzner.cloud/v1/servers?page=1&per_page=100&sort=name%3Adesc>; rel="prev", '
        '<https://api.hetzner.cloud/v1/servers?page=2&per_page=100&sort=name%3Adesc>; rel="last"'
    )
    assert talk.get("/servers?page=9")["servers"] == []
    assert talk.refused("GET", "/servers?page=x") == (422, "invalid_input")
    assert talk.refused("GET", "/servers?sort=size") == (422, "invalid_input")


def test_lists_sort_by_several_keys(talk: Talk) -> None:
    """Repeated `sort` gives secondary keys, the first one weighing most."""
    talk.server("b")
    talk.server("a")
    actions = talk.get("/servers/actions?sort=command:desc&sort=id:asc")["actions"]
    assert [each["command"] for each in actions] == ["start_server"] * 2 + ["create_server"] * 2
    assert actions[0]["id"] < actions[1]["id"]


def test_the_same_seed_gives_the_same_answers() -> None:
    """Two sandboxes with one seed answer the same requests with the same bytes, another seed differs."""

    def story(seed: int) -> list[object]:
        talk = Talk(Sandbox(seed=seed, clock=VirtualClock()))
        server = talk.server()
        talk.post(f"/servers/{server['id']}/actions/enable_rescue")
        answers = [talk.send("GET", f"/servers/{server['id']}"), talk.send("GET", "/servers/actions")]
        return [answers, list(talk.sandbox.log)]

    assert story(1) == story(1)
    assert story(1) != story(2)


def test_what_breaks_inside_is_a_server_error(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug in a kind answers 500 and leaves no trace in the state."""

    def broken(self: Servers, row: object) -> None:
        raise RuntimeError("bug")

    monkeypatch.setattr(Servers, "render", broken)
    body = {"name": "web", "server_type": "cx23", "image": "debian-13"}
    with deaf():
        assert talk.refused("POST", "/servers", body) == (500, "server_error")
    monkeypatch.undo()
    assert talk.get("/servers")["servers"] == []


def test_the_old_datacenters_are_gone(talk: Talk) -> None:
    """The endpoints removed in October 2026 say so."""
    status, error = talk.error("GET", "/datacenters/1")
    assert (status, error["code"]) == (410, "deprecated_api_endpoint")
    assert error["details"]["announcement"].startswith("https://")


def test_every_path_begins_with_the_name_of_its_collection() -> None:
    """Routes are loaded by the first segment of the path, so it must be the collection's name."""
    for operation in operations():
        assert operation.path.split("/")[1] == operation.name.split(".")[0]


def test_what_is_declared_is_simulated_or_says_so() -> None:
    """A declared operation without a handler answers unsupported_error with its own name."""
    operation = copy(next(each for each in operations() if each.name == "locations.list"))
    operation.name = "locations.dance"
    sandbox = Sandbox(operations=[operation])
    status, error = Talk(sandbox).error("GET", "/locations")
    assert (status, error["code"]) == (422, "unsupported_error")
    assert "locations.dance" in error["message"]


def test_a_page_looks_at_nothing_else(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list without filters touches the rows of its page only, also after some went and one came back."""
    idents = [
        talk.post("/placement_groups", {"name": f"g{number}", "type": "spread"})["placement_group"]["id"]
        for number in range(60)
    ]
    with talk.sandbox.inside() as project:
        table = project.table("placement_groups")
        back = dict(table.get(idents[3]) or {})
    for gone in (idents[3], idents[30]):
        talk.delete(f"/placement_groups/{gone}")
    with talk.sandbox.inside():
        table.add(back)
    del idents[30]
    monkeypatch.setattr(type(table), "__iter__", None)  # walking over all of them would fail
    pages = [talk.get(f"/placement_groups?page={page}&per_page=25") for page in (1, 2, 3)]
    assert [each["id"] for page in pages for each in page["placement_groups"]] == idents
    assert pages[0]["meta"]["pagination"]["total_entries"] == len(idents)
