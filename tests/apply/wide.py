"""Random projects with every kind of object, as Hypothesis strategies."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.apply.documents import KEYS, declarations, labels, optional, some

flags: st.SearchStrategy[Any] = st.booleans()
PASSWORD = "Correct-horse-battery-1"
names = st.sampled_from([None, "a.example.com", "b.example.com"])
values = st.sampled_from(
    [
        {"A": "192.0.2.1"},
        {"A": {"ttl": 60, "values": ["192.0.2.1", "192.0.2.2"]}, "TXT": 'v=spf1 "mx" $x -all; a=b'},
        {"CNAME": "@"},
        {"MX": ["10 mx.example.net.", {"value": "20 mx2.example.net.", "comment": "old"}]},
    ]
)


def addresses(place: str, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for primary or floating IPs in a place, which is called differently by each."""
    required = {"type": st.sampled_from(["ipv4", "ipv6"]), place: st.just("fsn1")}
    every = {"labels": labels, "protect": st.booleans(), "dns_ptr": names, **more}
    return st.fixed_dictionaries(required, optional=every)


@st.composite
def services(draw: st.DrawFn, certificates: list[str]) -> list[Any]:
    """Services of a load balancer on different ports."""
    made: list[Any] = []
    if draw(flags):
        made.append({"protocol": "tcp", "listen_port": 2222, "destination_port": 22, "proxyprotocol": True})
    if draw(flags):
        check = {"protocol": "http", "port": 8080, "interval": 10, "timeout": 5, "retries": 3}
        check["http"] = {"path": "/healthz", "status_codes": ["2??", 301]}
        made.append({"protocol": "http", "destination_port": 8080, "health_check": check})
    if certificates:
        http = {"certificates": certificates[:1], "sticky_sessions": True, "cookie_name": "LB"}
        made.append({"protocol": "https", "destination_port": 80, "http": http})
    return made


@st.composite
def balancers(draw: st.DrawFn, document: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Load balancers in front of what the document has."""
    certificates = [*document["certificates"]]
    fields: dict[str, Any] = {"load_balancer_type": "lb11", "services": draw(services(certificates))}
    fields |= draw(st.sampled_from([{"location": "fsn1"}, {"network_zone": "eu-central"}]))
    fields |= draw(optional(labels=labels, protect=st.booleans(), algorithm=st.just("least_connections")))
    if document["networks"] and draw(flags):
        network = draw(st.sampled_from([*document["networks"]]))
        fields["networks"] = draw(st.sampled_from([[network], {network: f"10.{network[1]}.1.99"}]))
    targets: list[Any] = draw(some([*document["servers"]]))
    targets += draw(st.sampled_from([[], [{"label_selector": "role=a"}]]))
    fields["targets"] = targets
    return {"lb": fields}


@st.composite
def boxes(draw: st.DrawFn) -> dict[str, Any]:
    """A storage box with all that it may have."""
    fields: dict[str, Any] = {"storage_box_type": "bx11", "location": "fsn1", "password": PASSWORD}
    settings = optional(ssh_enabled=st.booleans(), reachable_externally=st.booleans())
    plan = st.fixed_dictionaries(
        {"max_snapshots": st.integers(1, 3), "minute": st.just(0), "hour": st.integers(0, 3)},
        optional={"day_of_week": st.integers(1, 7)},
    )
    account = {"db": {"home_directory": "db", "password": PASSWORD, "access_settings": {"ssh_enabled": True}}}
    fields |= draw(
        optional(
            access_settings=settings, snapshot_plan=plan, labels=labels, protect=st.booleans(),
            subaccounts=st.sampled_from([{}, account]), ssh_keys=st.just([KEYS["k1"]]),
        )
    )  # fmt: skip
    return {"backup": fields}


def volumes(here: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for volumes, on servers that are where they are."""
    place = {"server": st.sampled_from(here)} if here else {"location": st.just("fsn1")}
    volume = st.fixed_dictionaries(
        {"size": st.integers(10, 12), **place},
        optional={"labels": labels, "format": st.sampled_from(["ext4", "xfs"]), "protect": st.booleans()},
    )
    return st.dictionaries(st.sampled_from(["v1", "v.2"]), volume, max_size=2)


def floating_ips(here: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for floating IPs, on a server or on none."""
    described = st.sampled_from(["", "yes", "a: b # c"])
    alone = addresses("home_location", description=described)
    taken = alone.map(lambda fields: _without(fields, "home_location") | {"server": here[0]})
    return st.dictionaries(st.just("f1"), alone | taken if here else alone, max_size=1)


def _without(fields: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if key != name}


def zones() -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for zones, primary with records or secondary."""
    records = st.dictionaries(st.sampled_from(["www", "a.b", "_x"]), values, max_size=3)
    ttl = st.sampled_from([60, 3600])
    primary = optional(ttl=ttl, labels=labels, protect=st.booleans(), records=records)
    nameservers = [{"address": "192.0.2.53", "port": 53}]
    secondary = st.just({"mode": "secondary", "primary_nameservers": nameservers})
    return st.dictionaries(st.just("example.com"), primary | secondary, max_size=1)


def certificates(zones: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for certificates of names in the zones."""
    names = [name for name, fields in zones.items() if fields.get("mode") != "secondary"]
    made = st.fixed_dictionaries({"domain_names": st.just(names)}, optional={"labels": labels})
    return st.dictionaries(st.just("c1"), made, max_size=1) if names else st.just({})


@st.composite
def everything(draw: st.DrawFn) -> dict[str, Any]:
    """A document with objects of all kinds, as data."""
    document: dict[str, Any] = draw(declarations())
    servers = document["servers"]
    here = [name for name, fields in servers.items() if fields["location"] == "fsn1"]
    kept = addresses("location", auto_delete=st.just(False))
    document["primary_ips"] = draw(st.dictionaries(st.just("p1"), kept, max_size=1))
    for name, fields in document["primary_ips"].items():
        if here and draw(flags):
            servers[here[0]]["public_net"] = {fields["type"]: name}
            servers[here[0]].pop("dns_ptr", None)
    if here and draw(flags):
        servers[here[0]].setdefault("public_net", {}).setdefault("ipv6", draw(flags))
        servers[here[0]].pop("dns_ptr", None)
    document["volumes"] = draw(volumes(here))
    document["floating_ips"] = draw(floating_ips(here))
    document["zones"] = draw(zones())
    document["certificates"] = draw(certificates(document["zones"]))
    document["load_balancers"] = draw(balancers(document)) if draw(flags) else {}
    document["storage_boxes"] = draw(boxes()) if draw(flags) else {}
    return document
