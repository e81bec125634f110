"""The state in a file: kept, shared between processes, and whole after a kill."""

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from hetzner.sandbox import FileStore, Sandbox, ScaledClock, VirtualClock, connect
from hetzner.sandbox.store import Change, Metas
from tests.sandbox.talk import Talk
from tests.witnesses import deaf

WEB = {"name": "web", "server_type": "cx23", "image": "debian-13"}
WORKER = """
import sys
from hetzner.sandbox import FileStore, Sandbox
from tests.sandbox.talk import Talk
talk = Talk(Sandbox(store=FileStore(sys.argv[1]), requests_per_hour=10**9))
print("ready", flush=True)
for number in range(int(sys.argv[3])):
    body = {"name": f"{sys.argv[2]}-{number}", "server_type": "cx23", "image": "debian-13"}
    print(talk.post("/servers", body)["server"]["id"], flush=True)
"""


def opened(path: Path) -> Talk:
    """A client of a new sandbox on the file, as another process would have it."""
    return Talk(Sandbox(store=FileStore(path), clock=VirtualClock(), requests_per_hour=10**9))


def worker(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    """A process that creates servers as fast as it can and prints their ids."""
    command = [sys.executable, "-c", WORKER, str(path), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def test_state_outlives_the_process(tmp_path: Path) -> None:
    """Servers, running actions, time and ids go on where they were."""
    first = opened(tmp_path / "state.db")
    server = first.server("old")
    running = first.post("/servers", WEB)
    first.wait(1)
    first.get("/servers")
    first.sandbox.close()
    second = opened(tmp_path / "state.db")
    assert [each["name"] for each in second.get("/servers")["servers"]] == ["old", "web"]
    assert second.sandbox.clock.now() == first.sandbox.clock.now()
    assert second.get(f"/actions/{running['action']['id']}")["action"]["status"] == "running"
    second.wait()
    assert second.get(f"/servers/{running['server']['id']}")["server"]["status"] == "running"
    assert second.server("new")["id"] > running["server"]["id"] > server["id"]


def test_two_sandboxes_on_one_file_see_each_other(tmp_path: Path) -> None:
    """What one does, the other sees at its next request: creates, changes, deletes, time."""
    one, two = opened(tmp_path / "state.db"), opened(tmp_path / "state.db")
    ident = one.server()["id"]
    assert two.get(f"/servers/{ident}")["server"]["status"] == "running"
    assert two.refused("POST", "/servers", WEB) == (409, "uniqueness_error")
    two.put(f"/servers/{ident}", {"name": "renamed"})
    assert one.get("/servers?name=renamed")["servers"][0]["id"] == ident
    two.delete(f"/servers/{ident}")
    assert one.refused("POST", f"/servers/{ident}/actions/reset") == (423, "locked")
    one.wait()
    assert one.refused("GET", f"/servers/{ident}") == (404, "not_found")
    assert two.refused("GET", f"/servers/{ident}") == (404, "not_found")
    assert two.get("/servers")["servers"] == []


def test_the_rate_limit_is_shared(tmp_path: Path) -> None:
    """Two sandboxes on one file draw from one bucket."""
    path = tmp_path / "state.db"
    one, two = (Talk(Sandbox(store=FileStore(path), requests_per_hour=4)) for _ in range(2))
    statuses = [talk.send("GET", "/locations/1").status for talk in (one, two, one, two, one)]
    assert statuses == [200, 200, 200, 200, 429]


def kept(path: Path) -> int:
    """Return how many objects a file has."""
    with closing(sqlite3.connect(path)) as database:
        count: int = database.execute("SELECT count(*) FROM objects").fetchone()[0]
    return count


def test_a_refused_request_leaves_no_trace(tmp_path: Path) -> None:
    """What a refused request had done before the refusal is in no file."""
    path = tmp_path / "state.db"
    talk = opened(path)
    talk.server()
    rows = kept(path)
    assert talk.refused("POST", "/servers", WEB)[0] == 409
    assert talk.refused("POST", "/servers", {**WEB, "name": "b", "firewalls": [{"firewall": 1}]})[0] == 422
    assert kept(path) == rows


@pytest.mark.parametrize("alive", [1, 7, 23])
def test_a_killed_process_leaves_whole_requests(tmp_path: Path, alive: int) -> None:
    """After kill -9 at any moment every server is there with its addresses and actions, or not at all."""
    path = tmp_path / "state.db"
    process = worker(path, "a", 10_000)
    assert process.stdout
    told = [process.stdout.readline() for _ in range(alive + 1)][1:]
    process.send_signal(signal.SIGKILL)
    process.wait()
    told += process.stdout.readlines()
    process.stdout.close()
    talk = opened(path)
    talk.wait()
    seen = {}
    for page in range(1, 1000):
        found = talk.get(f"/servers?per_page=50&page={page}")["servers"]
        seen.update({each["id"]: each for each in found})
        if not found:
            break
    assert {int(line) for line in told if line.endswith("\n")} <= seen.keys()
    assert len(seen) <= len(told) + 1
    for server in seen.values():
        assert server["status"] == "running"
        assert server["public_net"]["ipv4"]
        assert len(talk.get(f"/servers/{server['id']}/actions")["actions"]) == 2
    talk.server("after")


def test_two_processes_write_at_the_same_time(tmp_path: Path) -> None:
    """Nothing is lost and no id is given out twice when two processes create servers side by side."""
    processes = [worker(tmp_path / "state.db", name, 40) for name in ("a", "b")]
    told = [process.communicate(timeout=120)[0].split()[1:] for process in processes]
    ids = [ident for each in told for ident in each]
    assert len(set(ids)) == len(ids) == 80
    talk = opened(tmp_path / "state.db")
    assert talk.get("/servers")["meta"]["pagination"]["total_entries"] == 80


def test_writing_does_not_grow_with_the_state(tmp_path: Path) -> None:
    """A change writes the rows it changed, not the whole project."""
    path = tmp_path / "state.db"
    talk = opened(path)
    for number in range(100):
        talk.send("POST", "/servers", {**WEB, "name": f"s{number}"})
    talk.wait()
    ident = talk.get("/servers?name=s7")["servers"][0]["id"]
    with closing(sqlite3.connect(path)) as database:
        [(body,)] = database.execute("SELECT body FROM metas WHERE name = 'store'")
        version = json.loads(body)["version"]
        talk.put(f"/servers/{ident}", {"labels": {"a": "b"}})
        changed = database.execute("SELECT kind, id FROM objects WHERE version > ?", (version,)).fetchall()
    assert changed == [("servers", ident)]


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    """Neither a text file nor another program's database is taken for a sandbox."""
    text, other = tmp_path / "text", tmp_path / "other.db"
    text.write_text("x" * 4096)
    with pytest.raises(ValueError, match="text: it is no sandbox: move it away"):
        FileStore(text)
    database = sqlite3.connect(other)
    database.execute("CREATE TABLE things (id)")
    database.close()
    with pytest.raises(ValueError, match="a database of something else"):
        FileStore(other)


def test_a_file_that_cannot_be_written_is_a_server_error(tmp_path: Path) -> None:
    """When the transaction fails the request is answered with 500 and is not in memory either."""
    talk = opened(tmp_path / "state.db")
    talk.server("kept")

    class Full(FileStore):
        def commit(self, changes: Iterable[Change], metas: Metas) -> None:
            raise sqlite3.OperationalError("database or disk is full")

    good = talk.sandbox._store
    talk.sandbox._store = Full(tmp_path / "state.db")
    with deaf():
        assert talk.refused("POST", "/servers", WEB) == (500, "server_error")
    talk.sandbox._store.close()
    talk.sandbox._store = good
    assert [each["name"] for each in talk.get("/servers")["servers"]] == ["kept"]


def test_a_sandbox_file_has_a_url(tmp_path: Path) -> None:
    """`sandbox:PATH` is one sandbox for each file, on real time at the speed asked for."""
    url = f"sandbox:{tmp_path / 'deep' / 'state.db'}"
    connection = connect(f"{url}?scale=1000")
    assert isinstance(connection.clock, ScaledClock)
    assert connect(f"{url}?scale=1000") is connection
    talk = Talk(connection.sandbox)
    talk.post("/servers", WEB)
    assert Talk(connect(url).sandbox).get("/servers")["servers"][0]["name"] == "web"


def test_a_file_of_another_version_is_refused_when_it_is_opened(tmp_path: Path) -> None:
    """Neither another layout nor an object that cannot be read leads to working with a part of the state."""
    path = tmp_path / "state.db"
    opened(path).server("web")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE objects SET body = '{}' WHERE kind = 'servers'")
    with pytest.raises(ValueError, match="another version: move it away"):
        opened(path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA user_version=1")
    with pytest.raises(ValueError, match="another version: move it away"):
        opened(path)
