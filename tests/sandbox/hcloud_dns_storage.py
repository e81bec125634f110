"""The official `hcloud` CLI and hcloud-python, unmodified, on zones and storage boxes."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hcloud import APIException
from hcloud.locations import Location
from hcloud.storage_box_types import StorageBoxType
from hcloud.storage_boxes import domain as storage
from hcloud.zones import domain as dns

from hetzner.sandbox.kinds.storage_boxes import StorageBoxes
from tests.programs import ended
from tests.sandbox.boxes import PASSWORD
from tests.sandbox.dns import HEAD
from tests.sandbox.hcloud_kinds import BINARY, CLI
from tests.sandbox.hcloud_python import lists
from tests.sandbox.talk import Talk

NEEDED = ("zone", "storage-box", "storage-box-type")


@cache
def knows_dns_and_storage() -> bool:
    """Whether there is a CLI, and whether it is new enough to have these commands."""
    if BINARY is None:
        return False
    text = ended([BINARY, "--help"], 60).stdout
    commands = {line.split()[0] for line in text.splitlines() if line.startswith("  ") and line.strip()}
    return commands >= set(NEEDED)


def zones(cli: CLI) -> None:
    """Create, describe, label, protect, retime, export, import, list and delete zones of both modes."""
    cli("zone create --name example.com --label a=b")
    assert "uniqueness_error" in cli.refused("zone create --name example.com")
    cli("zone add-label example.com team=core")
    cli("zone remove-label example.com a")
    cli("zone enable-protection example.com delete")
    assert "zone is delete protected" in cli.refused("zone delete example.com")
    cli("zone disable-protection example.com delete")
    cli("zone change-ttl example.com --ttl 600")
    cli("zone add-records example.com www A --record 192.168.0.1")
    cli("zone set-records example.com www A --record 192.168.0.3")
    cli("zone remove-records example.com www A --record 192.168.0.3")
    text = cli("zone export-zonefile example.com")
    assert "$ORIGIN\texample.com.\n" in text
    path = cli.home / "example.zone"
    path.write_text(f"{text}\nfoobar\tIN\tA\t192.168.0.2\n")
    cli(f"zone import-zonefile example.com --zonefile {path}")
    described = cli.described("zone", "example.com")
    assert (described["record_count"], described["ttl"], described["status"]) == (5, 600, "ok")
    assert "example.com" in cli("zone list -l team=core")
    cli("zone delete example.com")
    path.write_text(json.dumps([{"address": "203.0.113.10", "port": 5353}]))
    cli(f"zone create --name example.org --mode secondary --primary-nameservers-file {path}")
    path.write_text(json.dumps([{"address": "203.0.113.11"}]))
    cli(f"zone change-primary-nameservers example.org --primary-nameservers-file {path}")
    assert cli.described("zone", "example.org")["primary_nameservers"][0]["address"] == "203.0.113.11"
    assert "incorrect_zone_mode" in cli.refused("zone add-records example.org www A --record 192.168.0.1")


def rrsets(cli: CLI) -> None:
    """Every command on RRSets, also on those of the zone itself and of any name."""
    cli("zone create --name example.net")
    cli("zone rrset create example.net --name www --type A --record 192.0.2.1")
    cli("zone rrset add-records example.net www A --record 192.0.2.2")
    cli("zone rrset remove-records example.net www A --record 192.0.2.1")
    cli("zone rrset set-records example.net www A --record 192.0.2.7")
    cli("zone rrset change-ttl example.net www A --ttl 1337")
    cli("zone rrset add-label example.net www A a=b")
    cli("zone rrset add-label example.net www A c=d")
    cli("zone rrset remove-label example.net www A c")
    cli("zone rrset enable-protection example.net www A change")
    refused = cli.refused("zone rrset delete example.net www A")
    assert "RRSet(s) is/are change protected (protected" in refused
    shown = json.loads(cli("zone rrset describe example.net www A -o json"))
    assert (shown["ttl"], shown["labels"], shown["protection"]) == (1337, {"a": "b"}, {"change": True})
    assert [record["value"] for record in shown["records"]] == ["192.0.2.7"]
    cli("zone rrset disable-protection example.net www A change")
    cli("zone rrset add-records example.net * TXT --record", '"any"')
    cli("zone rrset add-records example.net @ MX --record", "10 mail.example.net.")
    listed = cli("zone rrset list example.net --sort=name:asc")
    assert all(value in listed for value in ("192.0.2.7", '"any"', "10 mail.example.net."))
    cli("zone rrset delete example.net www A")
    cli("zone rrset delete example.net * TXT")


def boxes(cli: CLI) -> None:
    """Every command on storage boxes themselves."""
    assert "bx41" in cli("storage-box-type list")
    assert cli.described("storage-box-type", "bx11")["subaccounts_limit"] == 100
    cli("storage-box create --name box --type bx11 --location fsn1 --enable-ssh --password", PASSWORD)
    assert cli.described("storage-box", "box")["status"] == "active"
    cli("storage-box update box --name kept")
    cli("storage-box add-label kept a=b")
    assert "kept" in cli("storage-box list -l a=b")
    cli("storage-box remove-label kept a")
    cli("storage-box change-type kept bx21")
    cli("storage-box reset-password kept --password", PASSWORD)
    assert "invalid_input" in cli.refused("storage-box reset-password kept --password simple")
    cli("storage-box update-access-settings kept --reachable-externally")
    cli("storage-box enable-snapshot-plan kept --max-snapshots 3 --hour 3 --minute 30")
    described = cli.described("storage-box", "kept")
    assert described["access_settings"]["reachable_externally"]
    assert described["snapshot_plan"]["hour"] == 3
    cli("storage-box disable-snapshot-plan kept")
    assert "No folders found." in cli("storage-box folders kept")
    cli("storage-box enable-protection kept delete")
    assert "protected" in cli.refused("storage-box delete kept")
    cli("storage-box disable-protection kept delete")
    cli("storage-box delete kept")


def box_parts(cli: CLI) -> None:
    """Every command on snapshots and subaccounts."""
    cli("storage-box create --name parts --type bx11 --location hel1 --password", PASSWORD)
    cli("storage-box snapshot create parts --description before")
    box = cli.described("storage-box", "parts")["id"]
    name = cli.talk.get(f"/storage_boxes/{box}/snapshots")["snapshots"][0]["name"]
    cli(f"storage-box snapshot update parts {name} --description mine")
    cli(f"storage-box snapshot add-label parts {name} a=b")
    assert "mine" in cli(f"storage-box snapshot describe parts {name}")
    assert name in cli("storage-box snapshot list parts")
    cli(f"storage-box snapshot remove-label parts {name} a")
    cli(f"storage-box rollback-snapshot parts --snapshot {name}")
    cli(f"storage-box snapshot delete parts {name}")
    cli("storage-box subaccount create parts --home-directory team --readonly --password", PASSWORD)
    user = cli.talk.get(f"/storage_boxes/{box}/subaccounts")["subaccounts"][0]["username"]
    cli(f"storage-box subaccount update parts {user} --description ours")
    cli(f"storage-box subaccount update-access-settings parts {user} --enable-ssh")
    cli(f"storage-box subaccount change-home-directory parts {user} --home-directory other")
    cli(f"storage-box subaccount reset-password parts {user} --password", PASSWORD)
    assert "other" in cli(f"storage-box subaccount describe parts {user}")
    assert user in cli("storage-box subaccount list parts")
    cli(f"storage-box subaccount delete parts {user}")


STORIES: tuple[Callable[[CLI], None], ...] = (zones, rrsets, boxes, box_parts)


def python_manages_zones(client: Any, talk: Talk) -> None:
    """hcloud-python creates zones of both modes, changes everything about them, and deletes them."""
    www = dns.ZoneRRSet("www", "A", records=[dns.ZoneRecord("192.0.2.1", comment="one")])
    made = client.zones.create(name="example.com", mode="primary", ttl=300, rrsets=[www])
    made.action.wait_until_finished()
    zone = client.zones.get("example.com")
    assert (zone.status, zone.record_count, zone.ttl) == ("ok", 5, 300)
    assert zone.authoritative_nameservers.assigned[0] == "hydrogen.ns.hetzner.com."
    assert zone.update(labels={"a": "b"}).labels == {"a": "b"}
    zone.change_ttl(600).wait_until_finished()
    zone.change_protection(delete=True).wait_until_finished()
    with pytest.raises(APIException, match="delete protected"):
        zone.delete()
    zone.change_protection(delete=False).wait_until_finished()
    zone.import_zonefile(HEAD + "blog TXT text").wait_until_finished()
    assert 'blog\tIN\tTXT\t"text"' in zone.export_zonefile().zonefile
    assert [each.id for each in client.zones.get_all(label_selector="a")] == [zone.id]
    assert zone.get_actions(sort="id")[0].command == "create_zone"
    zone.delete().action.wait_until_finished()
    servers = [dns.ZonePrimaryNameserver("203.0.113.1", tsig_key="c2VjcmV0", tsig_algorithm="hmac-sha256")]
    made = client.zones.create(name="example.com", mode="secondary", primary_nameservers=servers)
    made.action.wait_until_finished()
    new = [dns.ZonePrimaryNameserver("203.0.113.2", port=5353)]
    made.zone.change_primary_nameservers(new).wait_until_finished()
    assert client.zones.get(made.zone.id).primary_nameservers[0].port == 5353


def python_manages_records(client: Any, talk: Talk) -> None:
    """hcloud-python does everything there is to RRSets, the one with a star included."""
    made = client.zones.create(name="example.com", mode="primary")
    made.action.wait_until_finished()
    one, two = dns.ZoneRecord("192.0.2.1"), dns.ZoneRecord("192.0.2.2", comment="two")
    created = made.zone.create_rrset(name="*", type="A", records=[one], labels={"a": "b"})
    created.action.wait_until_finished()
    rrset = made.zone.get_rrset("*", "A")
    rrset.add_rrset_records([two]).wait_until_finished()
    rrset.update_rrset_records([dns.ZoneRecord("192.0.2.1", comment="first")]).wait_until_finished()
    assert [record.comment for record in made.zone.get_rrset("*", "A").records] == ["first", "two"]
    rrset.remove_rrset_records([one]).wait_until_finished()
    rrset.set_rrset_records([two, one]).wait_until_finished()
    rrset.change_rrset_ttl(60).wait_until_finished()
    rrset.change_rrset_protection(change=True).wait_until_finished()
    with pytest.raises(APIException, match="change protected"):
        rrset.delete_rrset()
    rrset.change_rrset_protection(change=False).wait_until_finished()
    assert rrset.update_rrset(labels={"c": "d"}).labels == {"c": "d"}
    assert [each.id for each in made.zone.get_rrset_all(type=["A", "SOA"])] == ["*/A", "@/SOA"]
    rrset.delete_rrset().action.wait_until_finished()
    with pytest.raises(APIException, match="not found"):
        made.zone.get_rrset("*", "A")


def python_manages_storage_boxes(client: Any, talk: Talk) -> None:
    """hcloud-python orders a storage box, changes everything about it, and deletes it."""
    made = client.storage_boxes.create(
        name="box",
        password=PASSWORD,
        location=Location(name="fsn1"),
        storage_box_type=StorageBoxType(name="bx11"),
        labels={"a": "b"},
        access_settings=storage.StorageBoxAccessSettings(ssh_enabled=True),
    )
    made.action.wait_until_finished()
    box = client.storage_boxes.get_by_name("box")
    assert (box.status, box.access_settings.ssh_enabled, box.username[0]) == ("active", True, "u")
    box.change_type(StorageBoxType(name="bx21")).wait_until_finished()
    box.reset_password(PASSWORD).wait_until_finished()
    box.update_access_settings(storage.StorageBoxAccessSettings(zfs_enabled=True)).wait_until_finished()
    plan = storage.StorageBoxSnapshotPlan(max_snapshots=2, hour=3, minute=30, day_of_week=7)
    box.enable_snapshot_plan(plan).wait_until_finished()
    box.reload()
    assert (box.snapshot_plan.day_of_week, box.access_settings.zfs_enabled) == (7, True)
    box.disable_snapshot_plan().wait_until_finished()
    talk.sandbox.project().kind_as(StorageBoxes).make_folder(box.id, "photos/2026")
    assert box.get_folders(path="photos").folders == ["2026"]
    box.change_protection(delete=True).wait_until_finished()
    with pytest.raises(APIException, match="protected"):
        box.delete()
    box.change_protection(delete=False).wait_until_finished()
    assert box.update(name="kept").name == "kept"
    assert client.storage_box_types.get_all()[0].name == "bx11"
    lists(client.storage_boxes, box)
    box.delete().action.wait_until_finished()
    assert client.storage_boxes.get_all() == []


def python_manages_snapshots_and_subaccounts(client: Any, talk: Talk) -> None:
    """hcloud-python makes, finds, changes and deletes them, and goes back to a snapshot."""
    kind, place = StorageBoxType(name="bx11"), Location(name="hel1")
    made = client.storage_boxes.create(name="b", password=PASSWORD, location=place, storage_box_type=kind)
    made.action.wait_until_finished()
    box = made.storage_box
    shot = box.create_snapshot(description="before", labels={"a": "b"})
    shot.action.wait_until_finished()
    snapshot = box.get_snapshot_all(is_automatic=False, label_selector="a")[0]
    assert box.get_snapshot_by_name(snapshot.name).id == shot.snapshot.id
    assert box.get_snapshot_by_id(snapshot.id).description == "before"
    assert snapshot.update(description="new").description == "new"
    box.rollback_snapshot(snapshot).wait_until_finished()
    snapshot.delete().action.wait_until_finished()
    user = box.create_subaccount(name="team", home_directory="team", password=PASSWORD)
    user.action.wait_until_finished()
    account = box.get_subaccount_by_name("team")
    assert box.get_subaccount_by_username(account.username).id == account.id
    assert box.get_subaccount_by_id(account.id).name == "team"
    account.change_home_directory("other").wait_until_finished()
    account.reset_password(PASSWORD).wait_until_finished()
    settings = storage.StorageBoxSubaccountAccessSettings(readonly=True)
    account.update_access_settings(settings).wait_until_finished()
    assert account.update(description="ours").access_settings.readonly
    account.delete().action.wait_until_finished()
    assert box.get_subaccount_all() == []
