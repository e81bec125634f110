"""Creating and ensuring: references, mistakes, failures, races."""

from __future__ import annotations

from typing import Any

import pytest

from hetzner import ActionFailed, ConflictError, NotFound, UnprocessableEntityError
from tests.domain.faces import KEY, Face, done


async def test_create_returns_a_running_server(face: Face) -> None:
    """A new server runs, and the record shows it."""
    web = await done(face.Server.create("web", "cx23", image="debian-13"))
    assert web.status == "running"
    assert web.ipv4


async def test_create_takes_names_ids_and_objects(face: Face) -> None:
    """Whatever a server refers to is given by name, id, digits or object."""
    net, group = await face.network(), await done(face.PlacementGroup.create("group"))
    key = await done(face.SSHKey.create("me", public_key=KEY))
    wall = await done(face.Firewall.create("wall"))
    kind = await done(face.ServerType.find("cx23"))
    image = await done(face.Image.find("debian-13", architecture="x86"))
    place = await done(face.Location.find("nbg1"))

    async def made(name: str, kind: Any, image: Any, place: Any, key: Any, **options: Any) -> None:
        server = await done(
            face.Server.create(name, kind, image=image, location=place, ssh_keys=[key], **options)
        )
        assert (server.server_type.name, server.image.name, server.location.name) == (
            "cx23",
            "debian-13",
            "nbg1",
        )
        assert server.private_net[0].network == net.id
        assert server.placement_group.id == group.id
        assert [each.id for each in server.public_net.firewalls] == [wall.id]
        assert server.root_password is None

    await made(
        "names", "cx23", "debian-13", "nbg1", "me",
        networks=["net"], placement_group="group", firewalls=["wall"],
    )  # fmt: skip
    await made(
        "ids", kind.id, image.id, place.id, key.id,
        networks=[net.id], placement_group=group.id, firewalls=[wall.id],
    )  # fmt: skip
    await made(
        "objects", kind, image, place, key,
        networks=[net], placement_group=group, firewalls=[wall],
    )  # fmt: skip
    await made(
        "digits", str(kind.id), str(image.id), str(place.id), str(key.id),
        networks=str(net.id), placement_group=str(group.id), firewalls=str(wall.id),
    )  # fmt: skip


async def test_create_does_what_takes_calls_of_its_own(face: Face) -> None:
    """Fixed addresses, backups, protection and reverse names are there when create returns."""
    await face.network()
    web = await face.server(
        networks={"net": "10.0.1.7"}, backups=True, protect=True, dns_ptr="web.example.org"
    )
    assert (web.status, web.private_ip) == ("running", "10.0.1.7")
    assert web.backup_window
    assert web.protection.delete
    assert web.public_net.ipv4.dns_ptr == "web.example.org"


async def test_networks_are_given_in_every_form(face: Face) -> None:
    """One, a list, or a map to addresses; each network by name, id or object."""
    net = await face.network()
    forms: list[Any] = ["net", net, net.id, ["net"], [net], {"net": None}, {net: "10.0.1.40"}]
    servers = [await face.server(f"web-{number}", networks=form) for number, form in enumerate(forms)]
    assert [[each.network for each in server.private_net] for server in servers] == [[net.id]] * len(forms)
    assert servers[-1].private_ip == "10.0.1.40"


async def test_a_private_server_runs_and_keeps_no_mark(face: Face) -> None:
    """A server that has to be started after it is attached has only the labels that were asked for."""
    await face.network()
    public_net = {"ipv4": False, "ipv6": False}
    web = await face.server(networks={"net": "10.0.1.7"}, public_net=public_net, labels={"role": "web"})
    assert (web.status, web.ipv4, web.private_ip) == ("running", None, "10.0.1.7")
    assert web.labels == {"role": "web"}


async def test_create_without_waiting(face: Face) -> None:
    """It takes one request and no time; `wait()` leads to the running server."""
    before = face.now()
    with face.requests() as made:
        web = await face.server(wait=False)
    assert made == ["servers.create"]
    assert face.now() == before
    assert web.status != "running"
    await done(web.wait())
    assert web.status == "running"
    assert face.now() > before


async def test_many_are_created_at_a_time(face: Face) -> None:
    """Ten servers that are begun first and waited for then take about the time of one."""
    begun = face.now()
    await face.server("first")
    one = face.now() - begun
    begun = face.now()
    servers = [await face.server(f"w-{number}", wait=False) for number in range(10)]
    for server in servers:
        await done(server.wait())
    assert {server.status for server in servers} == {"running"}
    assert face.now() - begun < 3 * one


async def test_an_image_is_made_without_waiting(face: Face) -> None:
    """The image is on its way when the call returns, and there after `wait()`."""
    image = await done((await face.server()).create_image(wait=False))
    assert image.status == "creating"
    await done(image.wait())
    assert image.status == "available"


async def test_a_failed_action_is_raised(face: Face) -> None:
    """When the API takes the order and fails to carry it out, create says so, and so does `wait()`."""
    for command in ("create_server", "start_server"):
        face.sandbox.faults.fail_action(command, message="out of luck")
        with pytest.raises(ActionFailed, match=f"{command} failed on server .*: out of luck"):
            await face.server(command.replace("_", "-"))
    face.sandbox.faults.fail_action("start_server")
    web = await face.server(wait=False)
    with pytest.raises(ActionFailed):
        await done(web.wait())
    await done(web.wait())
    assert web.status == "off"


async def test_what_fails_half_way_says_what_there_is(face: Face) -> None:
    """The error of a later call, or of an action, notes the object that was made and what it has not."""
    await face.network()
    face.sandbox.faults.arm("servers.actions.enable_backup", "conflict", times=None)
    with pytest.raises(ConflictError) as caught:
        await face.server(networks={"net": "10.0.1.9"}, backups=True, protect=True)
    (web,) = await done(face.Server.all())
    assert caught.value.__notes__ == [
        f"before that, a server 'web' (id {web.id}) was made; "
        "not done for it: enable_backup, change_protection"
    ]
    face.sandbox.faults.disarm()
    face.sandbox.faults.fail_action("create_volume")
    with pytest.raises(ActionFailed) as failed:
        await done(face.Volume.create("data", size=10, location="fsn1"))
    assert ["'data'" in note for note in failed.value.__notes__] == [True]


async def test_a_taken_name_is_a_conflict(face: Face) -> None:
    """Create makes a new object or none."""
    await face.server()
    with pytest.raises(ConflictError) as caught:
        await face.server()
    assert caught.value.code == "uniqueness_error"


async def test_ensure_leaves_what_there_is(face: Face) -> None:
    """An object of the name is returned as it is, with one request."""
    web = await face.server(labels={"role": "web"})
    with face.requests() as made:
        found = await done(face.Server.ensure("web", "cx33", image="debian-12"))
    assert (found.record, found.created) == (web, False)
    assert (found.record.server_type.name, found.record.labels) == ("cx23", {"role": "web"})
    assert made == ["servers.list"]


async def test_ensure_finds_what_somebody_else_makes_at_the_same_moment(face: Face) -> None:
    """When the name is taken between looking and creating, the object of that name is returned."""
    await face.server()
    face.sandbox.faults.choose = Blind(face)
    web, created = await done(face.Server.ensure("web", "cx23", image="debian-13"))
    assert (web.name, created) == ("web", False)


async def test_ensure_raises_what_is_no_race(face: Face) -> None:
    """A key that is there under another name is not the key of this name."""
    await done(face.SSHKey.create("old", public_key=KEY))
    with pytest.raises(ConflictError):
        await done(face.SSHKey.ensure("new", public_key=KEY))


class Blind:
    """Renames the server for the first request, so that it is not found, and back again for the next."""

    def __init__(self, face: Face) -> None:
        self.face, self.names = face, ["other", "web"]

    def __call__(self, operation: str, method: str) -> None:
        """Change the name before each of the first two requests is answered."""
        if self.names:
            table = self.face.sandbox.project().table("servers")
            (row,) = table
            table.update(row["id"], name=self.names.pop(0))


async def test_a_reference_that_does_not_exist_is_told_before_anything_is_made(face: Face) -> None:
    """A network that is not there is found out by its name, and no server is made."""
    with pytest.raises(NotFound, match="there is no network 'nope'"):
        await face.server(networks="nope")
    assert await done(face.Server.all()) == []


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [
        ({"server_type": "cx11"}, "did you mean 'cx23' or 'cx33' or 'cx43'?"),
        ({"server_type": "cx22"}, "did you mean 'cx23'?"),
        ({"image": "debian13"}, "did you mean 'debian-13'?"),
        ({"location": "Falkenstein"}, "there are fsn1, nbg1, hel1, ash, hil, sin"),
        ({"ssh_keys": ["mee"]}, "did you mean 'me'?"),
    ],
)
async def test_a_name_that_the_api_refuses_says_what_is_near(
    face: Face, wanted: dict[str, Any], hint: str
) -> None:
    """Types, images, locations and keys go by name to the API, whose refusal gets advice from its lists."""
    await done(face.SSHKey.create("me", public_key=KEY))
    spec = {"server_type": "cx23", "image": "debian-13", **wanted}
    with face.requests() as asked, pytest.raises(UnprocessableEntityError) as caught:
        await done(face.Server.create("web", **spec))
    assert str(caught.value).endswith(f"; {hint}")
    assert caught.value.code == "invalid_input"
    [field] = wanted
    assert asked[0] == "servers.create"
    assert set(asked[1:]) == {f"{field.removesuffix('s')}s.list"}


async def test_advice_that_cannot_be_had_hides_no_error(face: Face) -> None:
    """When the list of what there is fails as well, the refusal is raised as it came."""
    face.sandbox.faults.refuse("images.list", code="forbidden")
    with pytest.raises(UnprocessableEntityError, match=r"'debian13' not found \(invalid_input, [^;]*$"):
        await done(face.Server.create("web", "cx23", image="debian13"))


async def test_a_server_is_created_with_its_volumes(face: Face) -> None:
    """Volumes are records, ids or names, attached by the create itself; a single one needs no list."""
    first, second, third = [
        await done(face.Volume.create(name, size=10, location="fsn1")) for name in ("a", "b", "c")
    ]
    with face.requests() as made:
        web = await face.server("web", volumes=[first, second.id, "c"])
    assert made.count("servers.create") == 1
    assert not any(operation.startswith("volumes.actions") for operation in made)
    assert made.count("volumes.list") == 1
    assert sorted(web.volumes) == sorted([first.id, second.id, third.id])
    fourth = await done(face.Volume.create("d", size=10, location="fsn1"))
    other = await face.server("other", volumes="d", wait=False)
    await done(other.wait())
    await done(fourth.refresh())
    assert fourth.server == other.id


async def test_a_volume_of_another_location_is_refused(face: Face) -> None:
    """The API says no, and nothing is left behind."""
    await done(face.Volume.create("far", size=10, location="hel1"))
    with pytest.raises(UnprocessableEntityError):
        await face.server("web", volumes=["far"])
    assert await done(face.Server.all()) == []
