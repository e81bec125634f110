"""Every answer of the servers and what belongs to them, against the published specification."""

from typing import Any

from tests.sandbox.spec import check_answer
from tests.sandbox.talk import Talk

WEB = {"name": "web", "server_type": "cx23", "image": "debian-13", "location": "fsn1"}


class Checked:
    """A client that validates every answer."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk

    def __call__(self, verb: str, template: str, body: object = None, query: str = "", **path: object) -> Any:
        """Send a request to a path template, check the answer, and return its body."""
        target = template.format(**path) + query
        return check_answer(verb, template, self.talk.send(verb, target, body))

    def act(self, name: str, ident: int, body: object = None) -> Any:
        """Run an action of a server to its end."""
        answer = self("POST", f"/servers/{{id}}/actions/{name}", body or {}, id=ident)
        self("GET", "/actions/{id}", id=answer["action"]["id"])
        self.talk.wait()
        return self("GET", "/actions/{id}", id=answer["action"]["id"])


def test_the_catalogue_is_answered_as_published(talk: Talk) -> None:
    """Every page and every single entry of what Hetzner sells fits the specification."""
    ask = Checked(talk)
    for kind in ("locations", "server_types", "isos", "images"):
        listed = ask("GET", f"/{kind}", query="?per_page=50&include_deprecated=true")
        assert len(listed[kind]) > 5
        for entry in listed[kind]:
            ask("GET", f"/{kind}/{{id}}", id=entry["id"])
    assert ask("GET", "/pricing")["pricing"]["currency"] == "EUR"


def test_the_life_of_a_server_is_answered_as_published(talk: Talk) -> None:
    """Create, read, change, measure and delete a server: every answer fits."""
    ask = Checked(talk)
    ident = ask("POST", "/servers", {**WEB, "labels": {"a": "b"}})["server"]["id"]
    ask("GET", "/servers/{id}", id=ident)
    ask("POST", "/servers/{id}/actions/poweroff", {}, id=ident)
    talk.wait()
    ask("PUT", "/servers/{id}", {"labels": {"c": "d"}}, id=ident)
    ask("GET", "/servers", query="?label_selector=c")
    period = "&start=2026-11-23T12:00:00Z&end=2026-11-23T13:00:00Z"
    ask("GET", "/servers/{id}/metrics", query="?type=cpu,disk,network" + period, id=ident)
    actions = ask("GET", "/servers/{id}/actions", id=ident)["actions"]
    ask("GET", "/servers/{id}/actions/{action_id}", id=ident, action_id=actions[0]["id"])
    ask("GET", "/servers/actions", query="?status=success")
    ask("GET", "/servers/actions/{id}", id=actions[0]["id"])
    ask("GET", "/actions", query=f"?id={actions[0]['id']}&id={actions[1]['id']}")
    ask("DELETE", "/servers/{id}", id=ident)
    talk.wait()
    ask("GET", "/servers/{id}", id=ident)


def test_the_actions_of_a_server_are_answered_as_published(talk: Talk) -> None:
    """Every action of a server that needs no other kind fits, good and refused."""
    ask = Checked(talk)
    ident = talk.server()["id"]
    for name in ("reboot", "reset", "shutdown", "poweroff", "poweron", "enable_rescue", "reset_password"):
        ask.act(name, ident)
    for name in ("disable_rescue", "enable_backup", "request_console", "detach_iso", "change_type"):
        ask("POST", f"/servers/{{id}}/actions/{name}", {}, id=ident)
        talk.wait()
    ask.act("attach_iso", ident, {"iso": "virtio-win-latest.iso"})
    ask.act("rebuild", ident, {"image": "ubuntu-24.04"})
    ask.act("change_dns_ptr", ident, {"ip": "203.0.113.1", "dns_ptr": "a.example.com"})
    ask.act("change_protection", ident, {"delete": True, "rebuild": True})
    ask.act("poweroff", ident)
    ask.act("change_type", ident, {"server_type": "cx33", "upgrade_disk": True})
    ask.act("remove_from_placement_group", ident)
    shown = ask("GET", "/servers/{id}", id=ident)["server"]
    assert (shown["iso"]["name"], shown["server_type"]["name"]) == ("virtio-win-latest.iso", "cx33")


def test_images_are_answered_as_published(talk: Talk) -> None:
    """Snapshots and backups, changed, protected and deleted: every answer fits."""
    ask = Checked(talk)
    ident = talk.server()["id"]
    ask.act("enable_backup", ident)
    backup = ask("POST", "/servers/{id}/actions/create_image", {"type": "backup"}, id=ident)["image"]["id"]
    ask("GET", "/images/{id}", id=backup)
    talk.wait()
    ask("GET", "/images", query=f"?bound_to={ident}")
    ask("PUT", "/images/{id}", {"type": "snapshot", "labels": {"a": "b"}}, id=backup)
    ask("POST", "/images/{id}/actions/change_protection", {"delete": True}, id=backup)
    ask("DELETE", "/images/{id}", id=backup)
    ask("POST", "/images/{id}/actions/change_protection", {"delete": False}, id=backup)
    actions = ask("GET", "/images/{id}/actions", id=backup)["actions"]
    assert [each["command"] for each in actions] == ["create_image", "change_protection", "change_protection"]
    ask("GET", "/images/actions")
    ask("GET", "/images/actions/{id}", id=actions[0]["id"])
    ask("GET", "/images/{id}/actions/{action_id}", id=backup, action_id=actions[0]["id"])
    ask("DELETE", "/images/{id}", id=backup)
