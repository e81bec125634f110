"""schemathesis and the sandbox, in one process: the published OpenAPI asks whatever it allows.

The document is the published one with our dated overlay. Its requests get hints, so that half of them name
objects that exist and use the documented examples; what may be asked stays as published.
"""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hypothesis import Phase, settings

from hetzner.sandbox import Ask, Sandbox
from tests.sandbox.overlay import today
from tests.sandbox.spec import specification, template_of
from tests.sandbox.world import KEY, ids, world

TOKEN = "t"
OTHER_KEY = KEY.replace("KGTX", "KGTY")


class Exclusion(NamedTuple):
    """A check of schemathesis that is switched off, here and there or everywhere; all others are on."""

    check: str
    why: str
    everywhere: bool = True


EXCLUDED = (
    Exclusion(
        "positive_data_acceptance",
        "what has the right shape may name what does not exist or contradict itself, which the API answers "
        "with 422 too; the file's own examples do both",
    ),
    Exclusion(
        "negative_data_rejection",
        "unknown fields, null for a missing one and a per_page above 50 are taken, because the official "
        "clients send such requests",
    ),
    Exclusion(
        "ensure_resource_availability",
        "a 404 may be about what the body names, such as a server that a new firewall is to be applied to; "
        "where its message names what was made, the check is on",
        everywhere=False,
    ),
)
PHASES = ("examples", "coverage", "fuzzing", "stateful")
NEVER = -1
RENEWED = 60
"""Requests after which everything is as it was."""
KINDS = {
    "server": "servers", "network": "networks", "networks": "networks", "volume": "volumes",
    "volumes": "volumes", "firewall": "firewalls", "placement_group": "placement_groups",
    "assignee_id": "servers", "certificates": "certificates", "load_balancer": "load_balancers",
}  # fmt: skip
NAMES: dict[str, list[Any]] = {
    "server_type": ["cx23", "cx33"], "image": ["debian-13"], "location": ["fsn1"], "home_location": ["fsn1"],
    "load_balancer_type": ["lb11", "lb21"], "storage_box_type": ["bx11", "bx21"],
    "iso": ["virtio-win-latest.iso"],
    "ip_range": ["10.0.1.0/24", "10.0.2.0/24", "10.0.0.0/15"], "password": ["Geheim-Geheim-2026!"],
    "public_key": [OTHER_KEY], "listen_port": [25, 80], "destination_port": [80], "address": ["198.51.100.1"],
}  # fmt: skip
Schema = dict[str, Any]


def fresh() -> Sandbox:
    """A sandbox with a little of everything, always the same."""
    sandbox = Sandbox(requests_per_hour=1_000_000_000, tokens={TOKEN: "default"})
    world(sandbox)
    return sandbox


def document(name: str) -> Schema:
    """The published document of today, with hints."""
    found = deepcopy(specification(name))
    found["servers"] = [{"url": "/v1"}]
    here = ids(fresh())
    for path, verbs in found["paths"].items():
        for operation in verbs.values():
            for answer in operation["responses"].values():
                for content in answer.get("content", {}).values():
                    content["schema"] = today(content["schema"])
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path":
                    known = _known(path, parameter["name"], here)
                    parameter["schema"] = _either(known, parameter["schema"])
            for content in operation.get("requestBody", {}).get("content", {}).values():
                content["schema"] = _hinted(content["schema"], "", here)
    return found


def _known(path: str, name: str, here: dict[str, list[Any]]) -> list[Any]:
    kind = path.split("/")[1]
    names: dict[str, list[Any]] = {
        "id_or_name": ["example.com", here["zones"][0]],
        "rr_name": ["www", "@"],
        "rr_type": ["A", "NS"],
        "action_id": here["actions"],
        "snapshot_id": here["storage_boxes.snapshots"],
        "subaccount_id": here["storage_boxes.subaccounts"],
    }
    names["id"] = here["actions"] if "/actions/{id}" in path else here.get(kind, [])
    return names.get(name, [])


def _hinted(schema: Schema, name: str, here: dict[str, list[Any]]) -> Schema:
    if "properties" in schema:
        found = {field: _hinted(each, field, here) for field, each in schema["properties"].items()}
        return {**schema, "properties": found}
    if isinstance(schema.get("items"), dict):
        return {**schema, "items": _hinted(schema["items"], name, here)}
    known = here[KINDS[name]] if name in KINDS else NAMES.get(name, [])
    if not known and isinstance(schema.get("example"), str):
        known = [schema["example"]]
    return _either(known, schema)


def _either(known: list[Any], schema: Schema) -> Schema:
    return {"anyOf": [{"enum": known}, schema], "example": known[0]} if known else schema


@dataclass
class App:
    """The sandbox as an ASGI application, with time that passes and a world that comes back."""

    document: Schema
    sandbox: Sandbox = field(default_factory=fresh)
    asked: int = 0
    lasts: int = RENEWED
    good: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Remember the world as it is."""
        self.world = self.sandbox.snapshot()

    def renew(self) -> None:
        """Bring the world back, its time and dice too: what is asked next is answered as it was then."""
        self.sandbox.restore(self.world)
        self.asked = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request, or be started and stopped."""
        if scope["type"] == "lifespan":
            for _ in range(2):
                await send({"type": (await receive())["type"] + ".complete"})
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        status, headers, content = self._answer(scope, body)
        pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        await send({"type": "http.response.body", "body": content})

    def _answer(self, scope: Any, body: bytes) -> tuple[int, dict[str, str], bytes]:
        if scope["path"] == "/openapi.json":
            return 200, {"Content-Type": "application/json"}, json.dumps(self.document).encode()
        if self.asked == self.lasts:
            self.renew()
        self.asked += 1
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        query = scope["query_string"].decode()
        target = scope["raw_path"].decode() + (f"?{query}" if query else "")
        answer = self.sandbox.handle(Ask.of(scope["method"], target, headers, body))
        self.sandbox.clock.sleep(self.asked % 7 * 5.0)
        if answer.status < 300:
            self.good.add(f"{scope['method']} {template_of(scope['method'], scope['path'])}")
        return answer.status, answer.headers, answer.body


@dataclass
class Outcome:
    """What schemathesis did, and what it did not like."""

    operations: set[str] = field(default_factory=set)
    good: set[str] = field(default_factory=set)
    cases: int = 0
    scenarios: int = 0
    failures: list[str] = field(default_factory=list)


def _opened(app: App, **more: Any) -> Any:
    from schemathesis import openapi
    from schemathesis.config import SchemathesisConfig

    wanted = {
        "headers": {"Authorization": f"Bearer {TOKEN}"},
        "checks": {each.check: {"enabled": False} for each in EXCLUDED if each.everywhere},
        **more,
    }
    return openapi.from_asgi("/openapi.json", app, config=SchemathesisConfig.from_dict(wanted))


def asked(name: str, phases: tuple[str, ...], examples: int, seed: int = 1) -> Outcome:
    """Let schemathesis ask all operations of a document, each for itself, in some of its phases."""
    from schemathesis import engine
    from schemathesis.engine.events import NonFatalError, ScenarioFinished

    app = App(document(name))
    schema = _opened(
        app,
        seed=seed,
        generation={"max-examples": examples},
        phases={phase: {"enabled": phase in phases} for phase in PHASES},
    )
    outcome = Outcome(good=app.good)
    for event in engine.from_schema(schema).execute():
        if isinstance(event, NonFatalError):
            outcome.failures.append(f"{event.label}: {event.value}")
        elif isinstance(event, ScenarioFinished):
            outcome.scenarios += 1
            outcome.operations.add(event.label or "")
            outcome.cases += len(event.recorder.cases)
            outcome.failures += [
                f"{event.label}: {check.failure_info.failure}\n{check.failure_info.code_sample}"
                for checks in event.recorder.checks.values()
                for check in checks
                if check.failure_info is not None
            ]
    return outcome


def linked(name: str, scenarios: int) -> Outcome:
    """Let schemathesis go from one operation to the next with what it was told; raises what it does not like.

    Each scenario meets the same world. Hypothesis gives up where a scenario that it plays again goes another
    way; schemathesis' engine, which brings no world back, takes that for success, so it is not asked here.
    """
    from schemathesis import checks

    app = App(document(name), lasts=NEVER)
    outcome = Outcome(good=app.good)
    machine: Any = _opened(app).as_state_machine()

    class Scenario(machine):  # type: ignore[misc]  # made when it is run
        def setup(self) -> None:
            app.renew()
            outcome.scenarios += 1

        def after_call(self, response: Any, case: Any) -> None:
            super().after_call(response, case)
            outcome.operations.add(case.operation.label)
            outcome.cases += 1

        def validate_response(self, response: Any, case: Any, *_: Any, **how: Any) -> None:
            made = any(str(part) in response.text for part in case.path_parameters.values())
            skipped = [] if made else [checks.ensure_resource_availability]
            case.validate_response(
                response, excluded_checks=skipped, transport_kwargs=how or None, recorder=self.recorder
            )

    Scenario.run(settings=settings(max_examples=scenarios, phases=[Phase.generate], database=None))
    return outcome
