"""What Hetzner sells, as the sandbox tells it."""

from decimal import Decimal

from tests.sandbox.talk import Talk


def test_locations_are_found_by_name_and_id(talk: Talk) -> None:
    """The six locations with their network zones."""
    zones = {each["name"]: each["network_zone"] for each in talk.get("/locations")["locations"]}
    assert zones == {
        "fsn1": "eu-central", "nbg1": "eu-central", "hel1": "eu-central",
        "ash": "us-east", "hil": "us-west", "sin": "ap-southeast",
    }  # fmt: skip
    assert talk.get("/locations?name=hel1")["locations"][0]["id"] == 3
    assert talk.refused("GET", "/locations/9") == (404, "not_found")


def test_whole_numbers_have_no_decimal_point(talk: Talk) -> None:
    """Sizes that other clients decode as integers are written as integers."""
    body = talk.send("GET", "/server_types?name=cx23").body
    assert b'"cores":2,' in body
    assert b'"disk":40,' in body
    assert b'"memory":4.0,' in body


def test_retired_types_are_shown_with_their_end(talk: Talk) -> None:
    """cx11 is still found by name, unavailable everywhere; cpx11 lives on in America; cx23 is for sale."""
    retired = talk.get("/server_types?name=cx11")["server_types"][0]
    assert all(each["deprecation"] and not each["available"] for each in retired["locations"])
    assert retired["deprecation"]["unavailable_after"] < "2026"
    half = talk.get("/server_types?name=cpx11")["server_types"][0]
    assert half["deprecation"] is None
    assert [each["name"] for each in half["locations"] if each["available"]] == ["ash", "hil"]
    current = talk.get("/server_types?name=cx23")["server_types"][0]
    assert [each["name"] for each in current["locations"] if each["recommended"]] == ["fsn1"]
    assert "deprecated" not in current


def test_prices_carry_tax(talk: Talk) -> None:
    """Gross is net plus VAT, a type's price is the same in its own answer and in the price list."""
    pricing = talk.get("/pricing")["pricing"]
    listed = next(each for each in pricing["server_types"] if each["name"] == "cx23")
    assert listed["prices"] == talk.get("/server_types?name=cx23")["server_types"][0]["prices"]
    monthly = listed["prices"][0]["price_monthly"]
    assert Decimal(monthly["net"]) == Decimal("5.49")
    assert Decimal(monthly["gross"]) == Decimal("5.49") * Decimal("1.19")
    assert {each["type"] for each in pricing["primary_ips"]} == {"ipv4", "ipv6"}
    assert [each["name"] for each in pricing["load_balancer_types"]] == ["lb11", "lb21", "lb31"]


def test_images_are_filtered(talk: Talk) -> None:
    """By name, type and architecture; deprecated ones only on request, in either spelling of true."""

    def found(query: str) -> list[tuple[str, str]]:
        return [(each["name"], each["architecture"]) for each in talk.get(f"/images?{query}")["images"]]

    assert found("name=debian-13") == [("debian-13", "x86"), ("debian-13", "arm")]
    assert found("name=debian-13&architecture=arm") == [("debian-13", "arm")]
    assert found("name=debian-11") == []
    assert len(found("name=debian-11&include_deprecated=True")) == 2
    assert all(each[0] != "debian-13" for each in found("type=app&per_page=50"))
    assert found("type=snapshot&type=backup") == []
    assert found("type=25") == []
    assert talk.get("/images?sort=name:desc")["images"][0]["name"] == "wordpress"


def test_the_images_of_hetzner_cannot_be_changed(talk: Talk) -> None:
    """System images refuse update, protection and deletion."""
    path = "/images/114690387"
    assert talk.refused("PUT", path, {"description": "x"}) == (422, "invalid_input")
    assert talk.refused("DELETE", path) == (422, "invalid_input")
    assert talk.refused("POST", f"{path}/actions/change_protection", {"delete": True}) == (
        422,
        "invalid_input",
    )


def test_a_protected_snapshot_stays(talk: Talk) -> None:
    """Deleting a protected snapshot is refused with the words of the API; backups cannot be protected."""
    ident = talk.server()["id"]
    talk.act(f"/servers/{ident}/actions/enable_backup")
    backup = talk.post(f"/servers/{ident}/actions/create_image", {"type": "backup"})["image"]["id"]
    talk.wait()
    protect = f"/images/{backup}/actions/change_protection"
    assert talk.refused("POST", protect, {"delete": True}) == (422, "invalid_input")
    talk.put(f"/images/{backup}", {"type": "snapshot"})
    assert talk.post(protect, {"delete": True})["action"]["status"] == "success"
    status, error = talk.error("DELETE", f"/images/{backup}")
    assert (status, error["code"], error["message"]) == (423, "protected", "snapshot deletion is protected")


def test_isos_are_filtered_by_architecture(talk: Talk) -> None:
    """ISOs for any architecture show only when asked for."""
    everything = talk.get("/isos")["isos"]
    assert len(everything) == 9
    arm = talk.get("/isos?architecture=arm")["isos"]
    assert [each["architecture"] for each in arm] == ["arm"]
    both = talk.get("/isos?architecture=arm&include_architecture_wildcard=true")["isos"]
    assert {each["architecture"] for each in both} == {"arm", None}
