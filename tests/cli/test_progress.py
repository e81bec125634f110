"""What is told while a plan is carried out."""

import io
import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hetzner.api.errors import APIConnectionError, APIStatusError, status_error
from hetzner.api.message import Response, Sent
from hetzner.apply.events import Called, Done, Event, Failed, Progressed, Skipped, SoldOut, Waiting
from hetzner.apply.plans import Item, Verdict
from hetzner.cli.advice import NEXT_STEPS, command, next_step, reason
from hetzner.cli.as_json import event as as_json
from hetzner.cli.board import Board
from hetzner.cli.progress import JSONLines, LiveRows, PlainLines, Progress, elapsed
from hetzner.cli.screen import Screen
from hetzner.sandbox import Sandbox
from tests.cli.conftest import Invoke
from tests.cli.files import SERVERS as TWO
from tests.cli.plans import SERVERS
from tests.cli.test_screen import Terminal, obeyed

WEB, DB = (Item(SERVERS, name, Verdict.CREATE) for name in ("web", "db"))


class Port:
    """What progress wants to know of a port: the time, which is told, and a count."""

    def __init__(self) -> None:
        self.time, self.requests = 0.0, 0
        self.clock = SimpleNamespace(now=lambda: self.time)

    def wall(self) -> float:
        """Return the time as seconds since 1970."""
        return 1795435200.0 + self.time


def told(progress: Progress, *events: Event, seconds: float = 1.0) -> str:
    """Tell events, one a second, and return what was printed."""
    for event in events:
        progress.port.time += seconds
        progress(event)
    stream: Any = progress.screen.stream
    return str(stream.getvalue())


def plain(**environ: str) -> PlainLines:
    """Return progress in plain lines."""
    return PlainLines(Screen(io.StringIO(), "never", environ), Board(2), Port())


def refusal(code: str, message: str = "no", status: int = 422, url: str = "/servers") -> APIStatusError:
    """Return what an API's refusal comes to."""
    body = {"error": {"code": code, "message": message, "details": None}}
    response = Response(
        status, {"x-correlation-id": "abc123"}, b"", Sent("POST", f"https://api.example{url}")
    )
    return status_error(response, body, lambda data: data)


def test_plain_lines() -> None:
    """Off a terminal a line tells that something is going on, once, and one that it is over."""
    shown = told(
        plain(),
        Waiting(DB, ("servers.web",)),
        Called(WEB, "create_server", 1, 2),
        Progressed(WEB, "create_server", 10),
        Progressed(WEB, "create_server", 60),
        Progressed(WEB, "start_server", 0),
        Done(WEB, ("create_server", "start_server"), 11.84, "id 42  10.0.1.4"),
        Skipped(DB, "needs servers.web, which failed"),
    )
    assert re.sub(r"\d\d:\d\d:\d\d", "TIME", shown).splitlines() == [
        "TIME · servers.web create_server ...",
        "TIME ✓ servers.web create_server, start_server 11.8 s  id 42  10.0.1.4",
        "TIME · servers.db not begun: needs servers.web, which failed",
    ]


def test_failures_have_a_next_step() -> None:
    """A failure names the verb, what the API said, and what to do."""
    error = refusal("resource_unavailable", "error during placement", 412)
    lines = told(plain(), Failed(WEB, error, 1.0)).splitlines()
    assert lines[0].endswith("✗ servers.web create: error during placement (resource_unavailable)")
    assert lines[1].endswith("  help: " + NEXT_STEPS["resource_unavailable"])


@given(st.text(max_size=80), st.text(max_size=20))
@settings(max_examples=200)
def test_one_event_is_one_line(message: str, name: str) -> None:
    """Whatever a name or an answer of the API holds, it adds no line and does nothing to the terminal."""
    item = Item(SERVERS, name, Verdict.CREATE)
    shown = told(plain(), Failed(item, refusal("odd_code", message), 1.0), Done(item, ("x",), 1.0, message))
    assert (obeyed(shown), shown.count("\n")) == (set(), 2)


@pytest.mark.parametrize(
    ("error", "verb", "said"),
    [
        (
            refusal("uniqueness_error", "name is already used", 409),
            "create",
            "name is already used (uniqueness_error)",
        ),
        (refusal("locked", url="/servers/4/actions/change_type"), "change_type", "no (locked)"),
        (refusal("server_error", "oops", 500), "create", "oops (server_error), correlation id abc123"),
        (refusal("brand_new_code", "oops"), "create", "oops (brand_new_code), correlation id abc123"),
        (
            APIConnectionError("no answer", Sent("DELETE", "https://api.example/servers/4")),
            "delete",
            "no answer",
        ),
        (TimeoutError("late"), "", "late"),
    ],
)
def test_what_an_error_says(error: Exception, verb: str, said: str) -> None:
    """An error is told by the API's verb, its words and its code; the unforeseen with a correlation id."""
    assert (command(error), reason(error)) == (verb, said)


@pytest.mark.parametrize(
    ("error", "step"),
    [
        (refusal("uniqueness_error"), "--adopt"),
        (refusal("token_readonly", status=401), "read and write"),
        (refusal("rate_limit_exceeded", status=429), "hourly"),
        (refusal("something_new", status=503), "status.hetzner.com"),
        (APIConnectionError("no answer"), "network"),
    ],
)
def test_next_steps(error: Exception, step: str) -> None:
    """Errors that people meet come with something to do."""
    assert step in next_step(error)


def test_no_step_is_better_than_a_wrong_one() -> None:
    """An error whose code nobody knows comes without advice."""
    assert next_step(refusal("something_new")) == ""


def test_live_rows() -> None:
    """On a terminal there is a row with a bar for what is going on, one for what waits, and a heading."""
    live = LiveRows(
        Screen(Terminal(), "never", {"TERM": "xterm", "COLUMNS": "100"}), Board(3, 11), Port(), "shop"
    )
    for event in (
        Waiting(DB, ("servers.web",)),
        Called(WEB, "create_server", 2, 4),
        Progressed(WEB, "create_server", 50),
    ):
        live.port.time += 1
        live(event)
    live.port.time, live.port.requests = 65.0, 7
    with live.screen.console.capture() as captured:
        live.screen.console.print(live.picture())
    lines = captured.get().splitlines()
    assert lines[0].startswith("shop  0/3 · 7 requests · 1:05")
    assert lines[1][3:] == "servers.web 2/4  create_server          ████████░░░░░░░░  50 %  1:03"
    assert lines[2] == " · servers.db  waits for servers.web"


def test_live_rows_fit() -> None:
    """More rows than the terminal has lines are counted, not shown."""
    live = LiveRows(Screen(Terminal(), "never", {"TERM": "xterm", "LINES": "8"}), Board(50), Port(), "shop")
    for number in range(50):
        live(Called(Item(SERVERS, f"web-{number}", Verdict.CREATE), "create_server", 1, 1))
    with live.screen.console.capture() as captured:
        live.screen.console.print(live.picture())
    assert captured.get().splitlines()[-1] == "   and 45 more"


class Closed(io.StringIO):
    """A stream whose reader is gone."""

    def write(self, text: str) -> int:
        """Fail."""
        raise BrokenPipeError


@pytest.mark.parametrize("form", [JSONLines, PlainLines])
def test_a_reader_that_leaves_stops_nothing(form: type[Progress]) -> None:
    """When nobody reads any more, events are taken over all the same."""
    progress = form(Screen(Closed(), "never", {}), Board(2), Port())
    progress(Done(WEB, ("create",), 1.0, ""))
    progress(Done(DB, ("create",), 1.0, ""))
    assert progress.board.done == 2


def test_what_is_in_flight_stays_on_the_board() -> None:
    """What was begun when the run was stopped goes on at Hetzner; what was not is forgotten."""
    board = Board(2)
    for event in (Called(WEB, "create_server", 1, 1), Skipped(WEB, "stopped"), Waiting(DB, ("servers.web",))):
        board.learn(event, 0.0)
    board.learn(Skipped(DB, "stopped"), 0.0)
    assert [row.address for row in board.running] == ["servers.web"]
    assert board.waiting == []


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (59.9, "0:59"), (61, "1:01"), (3661, "1:01:01")])
def test_elapsed(seconds: float, text: str) -> None:
    """A length of time is written with colons."""
    assert elapsed(seconds) == text


def test_plain_lines_of_a_run(invoke: Invoke) -> None:
    """A run off a terminal shows the plan on stdout and its progress on stderr."""
    result = invoke(TWO, "--yes")
    assert "servers.web-1 create_server ..." in result.stderr
    assert re.search(
        r"✓ servers.web-2 create_server, start_server \d+\.\d s  id \d+  203\.0\.113\.", result.stderr
    )
    assert "✓" not in result.stdout


def test_what_is_sold_out_is_told() -> None:
    """What was tried and what is tried next stays on the screen, and is an event of its own in JSON."""
    event = SoldOut(
        WEB,
        {"location": "fsn1", "server_type": "cx33"},
        {"location": "fsn1", "server_type": "cpx32"},
    )
    assert "! servers.web cx33 in fsn1 is sold out: trying cpx32 in fsn1\n" in told(plain(), event)
    found = as_json(event, 0.0)
    assert (found["event"], found["instead"]) == ("soldout", {"location": "fsn1", "server_type": "cpx32"})


@pytest.mark.parametrize("seconds", [0.4, 12.0])
def test_waiting_for_the_rate_limit_is_told(seconds: float) -> None:
    """A pause that one notices is told, in words and as JSON, but not every second anew."""
    words, lines = plain(), JSONLines(Screen(io.StringIO(), "never", {}), Board(2), Port())
    for progress in (words, lines):
        for _ in range(3):
            progress.pausing(seconds)
    assert told(words).count("waiting for the rate limit, 12 s") == (seconds >= 1)
    found = [json.loads(line) for line in told(lines).splitlines()]
    assert [(each["event"], each["seconds"]) for each in found] == (
        [("paused", 12.0)] if seconds >= 1 else []
    )


def test_the_rows_tell_how_long_the_rate_limit_takes() -> None:
    """Beside the counts on a terminal stands how many seconds are left."""
    rows = LiveRows(Screen(Terminal(), "never", {}), Board(2), Port(), "shop")
    rows.pausing(12.0)
    rows.port.time = 2.0
    assert "waiting for the rate limit, 10 s" in str(rows._head(2.0))
    assert "rate limit" not in str(rows._head(12.0))


def test_a_run_that_has_to_wait_says_so(invoke: Invoke, cloud: Sandbox) -> None:
    """With few requests left a run slows down and says why."""
    cloud.rate_limit(60, remaining=12)
    result = invoke("project: shop\nfirewalls: {f: {count: 20}}\n", "--yes")
    assert result.exit_code == 0
    assert "waiting for the rate limit, " in result.stderr
