"""What changed in the API since its OpenAPI files of 2026 were published, laid over those files.

Each entry is dated; the sources are the API's changelog and hcloud-python 2.27. Three entries are no change:
they are what clients rely on and the files forgot.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Schema = dict[str, Any]
OPTIONAL, ALWAYS = False, True
WHOLE: Schema = {"type": "integer", "minimum": 1}
ADDRESS: Schema = {"type": "string", "minLength": 2}

DEPRECATION: Schema = {
    "type": ["object", "null"],
    "properties": {
        "announced": {"type": "string", "format": "date-time"},
        "unavailable_after": {"type": "string", "format": "date-time"},
    },
    "required": ["announced", "unavailable_after"],
}
DETAILS = (
    "unspecified", "layer4_no_connection", "layer4_timeout", "layer7_timeout", "unexpected_http_status",
    "unexpected_http_content",
)  # fmt: skip
META: Schema = {
    "type": "object",
    "properties": {
        "pagination": {
            "type": "object",
            "properties": {
                "page": WHOLE,
                "per_page": WHOLE,
                "previous_page": {"type": ["integer", "null"]},
                "next_page": {"type": ["integer", "null"]},
                "last_page": {"type": ["integer", "null"]},
                "total_entries": {"type": ["integer", "null"]},
            },
            "required": ["page", "per_page", "previous_page", "next_page", "last_page", "total_entries"],
        }
    },
    "required": ["pagination"],
}


class Gone(NamedTuple):
    """A field that is no longer answered, anywhere."""

    since: str
    name: str


class Grown(NamedTuple):
    """A field that an object got: of the object below `under`, or of any that has the fields `beside`."""

    since: str
    under: tuple[str, ...]
    beside: frozenset[str]
    name: str
    schema: Schema
    required: bool


class Listed(NamedTuple):
    """Values that a field of a closed list got."""

    since: str
    name: str
    values: tuple[str, ...]


IMAGE = frozenset({"os_flavor", "os_version"})
TARGET = frozenset({"listen_port", "status"})
NO_ONE: frozenset[str] = frozenset()
BALANCER = ("load_balancer", "public_net")

GONE = (Gone("2026-11-02", "deprecated"),)
LISTED = (
    Listed("2026-08-01", "assignee_type", ("unassigned",)),
    Listed("2026-10-05", "assignee_type", ("load_balancer",)),
)
GROWN = (
    Grown("2026-09-08", (), IMAGE, "deprecation", DEPRECATION, ALWAYS),
    Grown("2026-08-17", (), TARGET, "detail", {"enum": [*DETAILS]}, OPTIONAL),
    Grown("2026-08-17", (), TARGET, "http_status_code", {"type": "integer"}, OPTIONAL),
    Grown("2026-10-05", ("load_balancer", "public_net", "ipv4"), NO_ONE, "id", WHOLE, ALWAYS),
    Grown("2026-10-05", ("load_balancer", "public_net", "ipv6"), NO_ONE, "id", WHOLE, ALWAYS),
    Grown("2026-10-05", ("load_balancers", "public_net", "ipv4"), NO_ONE, "id", WHOLE, ALWAYS),
    Grown("2026-10-05", ("load_balancers", "public_net", "ipv6"), NO_ONE, "id", WHOLE, ALWAYS),
    Grown("2026-10-05", ("public_net", "ipv4"), NO_ONE, "blocked", {"type": "boolean"}, ALWAYS),
    Grown("2026-10-05", ("public_net", "ipv6"), NO_ONE, "blocked", {"type": "boolean"}, ALWAYS),
    # no change: the files name these two for requests, hcloud-python and the CLI read them in answers
    Grown("always", (), frozenset({"cookie_name"}), "certificates", {"type": "array"}, OPTIONAL),
    Grown("always", (), frozenset({"cookie_name"}), "redirect_http", {"type": "boolean"}, OPTIONAL),
)


def laid_over(document: Schema) -> Schema:
    """The document with the operations that were added or answer differently now."""
    paths = document["paths"]
    if "/networks" in paths:
        _cloud(paths)
    return document


def _cloud(paths: Schema) -> None:
    balancers = paths["/load_balancers/{id}"]["delete"]["responses"]  # since 2026-10-05, as for a zone
    balancers["201"] = paths["/zones/{id_or_name}"]["delete"]["responses"]["201"]
    del balancers["204"]
    public = {"type": "object", "properties": {"ipv4": WHOLE, "ipv6": WHOLE}, "additionalProperties": False}
    _asked(paths["/load_balancers"]["post"])["properties"]["public_net"] = public  # 2026-10-05
    answered = _answered(paths["/actions"]["get"])  # no change: every client asks for pages of it
    answered["properties"]["meta"] = META
    paths["/networks/{id}/members"] = {"get": _members(paths)}


def _members(paths: Schema) -> Schema:
    """`GET /networks/{id}/members`, since 2026-09-15; pages and errors are those of the actions."""
    operation = paths["/networks/{id}/actions"]["get"]
    states = ["ok", "attaching", "detaching", "updating", "error"]
    fields: Schema = {
        "id": WHOLE,
        "type": {"enum": ["server", "load_balancer"]},
        "ip": ADDRESS,
        "alias_ips": {"type": "array", "items": ADDRESS},
        "subnet": ADDRESS,
        "status": {"enum": states},
    }
    members = {"type": "array", "items": {"type": "object", "properties": fields, "required": [*fields]}}
    answer = {"properties": {"members": members, "meta": META}, "required": ["members", "meta"]}
    asked = {"type": fields["type"], "status": fields["status"], "subnet": ADDRESS}
    asked["sort"] = {"enum": ["id", "id:asc", "id:desc", "type", "status", "ip", "ip:desc"]}
    parameters = [each for each in operation["parameters"] if each["name"] not in ("sort", "status")] + [
        {"name": name, "in": "query", "schema": {"type": "array", "items": item}}
        for name, item in asked.items()
    ]
    good = {"description": "", "content": {"application/json": {"schema": {"type": "object", **answer}}}}
    return {**operation, "operationId": "list_network_members", "parameters": parameters,
            "responses": {**operation["responses"], "200": good}}  # fmt: skip


def _asked(operation: Schema) -> Schema:
    found: Schema = operation["requestBody"]["content"]["application/json"]["schema"]
    return found


def _answered(operation: Schema) -> Schema:
    found: Schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return found


def today(schema: Any, at: tuple[str, ...] = ()) -> Any:
    """The schema of an answer as of November 2026, closed: what it does not name must not be answered."""
    if isinstance(schema, list):
        return [today(each, at) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = _joined(schema)
    properties = made.get("properties")
    made = {name: today(value, at) for name, value in made.items() if name not in ("properties", "example")}
    if isinstance(properties, dict):
        made["properties"] = {name: today(value, (*at, name)) for name, value in properties.items()}
        _object(made, at)
    if at:
        _listed(made, at[-1])
    if made.pop("nullable", False) is True:
        made["type"] = [made["type"], "null"]
    if "enum" in made and "null" in made.get("type", ()):  # nullable, though the list of values forgot it
        made["enum"] = [*made["enum"], None]
    return made


def _object(made: Schema, at: tuple[str, ...]) -> None:
    fields = made["properties"]
    for gone in GONE:
        fields.pop(gone.name, None)
    required = [name for name in made.get("required", ()) if name in fields]
    for grown in GROWN:
        if grown.name in fields or not _is_it(grown, at, fields):
            continue
        fields[grown.name] = grown.schema
        required += [grown.name] * grown.required
    made["required"] = required
    if "additionalProperties" not in made and fields:
        made["additionalProperties"] = False


def _is_it(grown: Grown, at: tuple[str, ...], fields: Schema) -> bool:
    if grown.under:
        return at[-len(grown.under) :] == grown.under
    return grown.beside <= fields.keys()


def _listed(made: Schema, name: str) -> None:
    for listed in LISTED:
        if listed.name == name and "enum" in made:
            made["enum"] = [*dict.fromkeys((*made["enum"], *listed.values))]


def _joined(schema: Schema) -> Schema:
    """A schema without `allOf`: what its parts say, in one."""
    if "allOf" not in schema:
        return schema
    whole = {name: value for name, value in schema.items() if name != "allOf"}
    for part in map(_joined, schema["allOf"]):
        properties = {**whole.get("properties", {}), **part.get("properties", {})}
        required = [*whole.get("required", ()), *part.get("required", ())]
        whole = {**whole, **part, "properties": properties, "required": required}
    return whole
