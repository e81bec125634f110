"""What a plan looks like, word for word."""

import re
from hashlib import sha256
from pathlib import Path
from textwrap import dedent

import pytest

import hetzner
from tests.cli.conftest import Invoke
from tests.cli.files import EMPTY, KEY, NETWORK

HEAD = "project: shop\ndefaults: {location: fsn1, servers: {image: debian-13}}\n"
BEFORE = """networks:
  internal: {ip_range: 10.0.0.0/16, subnets: [10.0.1.0/24]}
firewalls:
  base: {rules: [tcp/22 from 198.51.100.0/24, icmp]}
servers:
  old: {server_type: cx23}
  web: {server_type: cx23, firewalls: [base], labels: {env: dev, role: web}, user_data: one}
  worker: {server_type: cx23}
"""
AFTER = """networks:
  internal:
    ip_range: 10.0.0.0/16
    subnets: [10.0.1.0/24, 10.0.2.0/24]
    routes: [{destination: 10.8.0.0/24, gateway: "${servers.new.private_ip}"}]
firewalls:
  base: {rules: [tcp/22 from 203.0.113.7, icmp]}
servers:
  new: {server_type: cx23, networks: {internal: 10.0.1.5}}
  web:
    server_type: cx33
    firewalls: [base]
    labels: {env: prod, role: web}
    user_data: two
    networks: [internal]
    backups: true
  worker:
    server_type: cx23
    location: hel1
"""
GOLDEN = Path(__file__).parent / "golden"


def body(stdout: str) -> str:
    """Return a plan without its heading, its warnings and what it takes."""
    left = stdout.partition("\n\n")[2]
    return re.sub(r"(?m)^warning .*\n(?: {9}.*\n)*\n|^Work .*\n", "", left)


def test_everything_at_once(invoke: Invoke) -> None:
    """Additions, changes, a note, a replacement and a deletion look like this."""
    assert invoke(HEAD + BEFORE, "--yes").exit_code == 0
    assert body(invoke(HEAD + AFTER, "--plan").stdout) == (GOLDEN / "everything.txt").read_text()


def test_new_things(invoke: Invoke) -> None:
    """A new object shows its fields, maps below each other, and cloud-init data as a fingerprint."""
    text = EMPTY + "firewalls:\n  base: {rules: [tcp/80-90, udp/53 to 10.0.0.1], labels: {a: b, c: d}}\n"
    text += (
        "servers:\n  web: {server_type: cx23, image: debian-13, user_data: {file: init.yaml}, backups: yes}\n"
    )
    Path("init.yaml").write_text("#cloud-config\npassword: hunter2\n")
    digest = sha256(b"#cloud-config\npassword: hunter2\n").hexdigest()[:12]
    assert body(invoke(text, "--plan").stdout) == dedent(f"""\
          + firewalls.base
              rules            in tcp/80-90 from any
                               out udp/53 to 10.0.0.1/32
              labels           a=b c=d
          + servers.web                                                      + 7.09 €/mo
              image            debian-13
              user_data        sha256:{digest}, 32 bytes  init.yaml
              backups          true
              server_type      cx23

        Plan   2 add
        Cost   0.00 → 7.09 € a month  (+7.09, net)
        """)


def test_note_alone(invoke: Invoke) -> None:
    """A difference that is only told changes nothing, and says how it would be acted on."""
    server = "servers:\n  web: {server_type: cx23, image: %s}\n"
    invoke(EMPTY + server % "debian-13", "--yes")
    result = invoke(EMPTY + server % "ubuntu-24.04")
    assert result.exit_code == 0
    assert body(result.stdout) == (
        "  ! servers.web\n"
        "    ! image            debian-13 → ubuntu-24.04\n"
        "                       left alone; lifecycle: {rebuild_on: [image]} rebuilds it (data loss)\n"
        "\n"
        "Nothing to do.\n"
    )


def test_rebuild(invoke: Invoke) -> None:
    """A rebuild that is asked for is a change that needs consent."""
    server = "servers:\n  web: {server_type: cx23, image: %s, lifecycle: {rebuild_on: [image]}}\n"
    invoke(EMPTY + server % "debian-13", "--yes")
    result = invoke(EMPTY + server % "ubuntu-24.04", "--yes")
    assert (result.exit_code, "loses data of servers.web (local disk 40 GB)" in result.stderr) == (4, True)
    assert body(result.stdout) == (
        "  ~ servers.web        rebuilt: everything on its disk is lost\n"
        "      meanwhile        off for about 30 s\n"
        "      image            debian-13 → ubuntu-24.04  data loss\n"
        "      loses            local disk 40 GB\n"
        "\n"
        "Plan   1 change\n"
        "Cost   5.99 → 5.99 € a month  (±0.00, net)\n"
        "Data   1 loss: servers.web (local disk 40 GB)\n"
        "       → needs --allow-destroy\n"
    )


def test_keys_that_were_given_at_creation(invoke: Invoke) -> None:
    """Other keys than those a server was made with are told, with a way to hide that."""
    text = f"{EMPTY}ssh_keys: {{ops: {KEY}}}\n"
    text += "servers:\n  web: {server_type: cx23, image: debian-13, ssh_keys: %s}\n"
    invoke(text % "[ops]", "--yes")
    shown = invoke(text % "[]", "--plan").stdout
    assert "    ! ssh_keys         sha256:" in shown
    assert "left alone: it mattered at creation; lifecycle: {ignore_changes: [ssh_keys]} hides this" in shown


def test_what_is_not_owned(invoke: Invoke) -> None:
    """What exists and is not owned is used as it is, refused when it differs, and taken over with --adopt."""
    hetzner.Server.create("web", "cx23", image="debian-13")
    server = EMPTY + "servers:\n  web: {server_type: %s, image: debian-13}\n"
    same = invoke(server % "cx23")
    assert (
        "  = servers.web        exists, and is not owned: used as it is (--adopt to own it)\n" in same.stdout
    )
    other = invoke(server % "cx33", "--yes")
    assert (other.exit_code, "Nothing to do" in other.stdout) == (4, False)
    assert "      refused          it exists, differs, and is not owned: --adopt" in other.stdout
    adopted = invoke(server % "cx33", "--yes", "--adopt")
    assert (adopted.exit_code, "taken over: from now on it is owned  " in adopted.stdout) == (0, True)


@pytest.mark.parametrize(("option", "listed"), [((), False), (("-v",), True)])
def test_unchanged(invoke: Invoke, option: tuple[str, ...], listed: bool) -> None:
    """What is unchanged is counted, and listed with -v."""
    invoke(NETWORK, "--yes")
    result = invoke(NETWORK, *option)
    assert body(result.stdout).endswith("Nothing to do.\n")
    assert ("    1 unchanged" in result.stdout, "    networks.internal\n" in result.stdout) == (True, listed)


def test_where_it_goes(invoke: Invoke) -> None:
    """The heading names the project, and the sandbox or the variable that the token came from."""
    assert invoke(NETWORK, "--plan").stdout.startswith("shop · sandbox · ")
    told = invoke(NETWORK, "--plan", "--sandbox-state", "mine.db").stdout
    assert told.startswith("shop · sandbox mine.db · ")


def test_records_that_go_are_told(invoke: Invoke) -> None:
    """Where a zone shall have no other records, those that go stand in the plan and in what drifted."""
    zone = "project: shop\nzones: {shop.com: {records: {www: {A: 192.0.2.1}, old: {A: 192.0.2.2}}}}\n"
    assert invoke(zone, "--yes").exit_code == 0
    fewer = zone.replace(", old: {A: 192.0.2.2}", "")
    assert "Nothing to do." in invoke(fewer, "--plan").stdout
    whole = fewer.replace("{records:", "{records_mode: all, records:")
    for option in ("--plan", "--refresh-only"):
        assert "records          - old A 192.0.2.2\n\n" in invoke(whole, option).stdout


def test_cloud_init_data_that_comes_later(invoke: Invoke) -> None:
    """Data for a server that was made without is told, and rebuilds it where the file says that it shall."""
    keyed = (
        f"project: shop\nssh_keys: {{ops: {KEY}}}\nservers:\n  web:\n"
        "    server_type: cx23\n    image: debian-13\n    ssh_keys: [ops]\n"
    )
    assert invoke(keyed, "--yes").exit_code == 0
    later = keyed + "    user_data: one\n"
    assert "left alone; lifecycle: {rebuild_on: [user_data]} rebuilds it" in invoke(later, "--plan").stdout
    acting = later + "    lifecycle: {rebuild_on: [user_data]}\n"
    assert "servers.web        rebuilt" in invoke(acting, "--plan").stdout
    assert invoke(acting, "--yes", "--allow-destroy").exit_code == 0
    assert "Nothing to do." in invoke(acting, "--plan").stdout


def test_cloud_init_data_of_what_was_taken_over(invoke: Invoke) -> None:
    """What a server was made with that was taken over, nobody knows: nothing is rebuilt because of that."""
    client = hetzner.Hetzner()
    client.wait(client.servers.create(name="web", server_type="cx23", image="debian-13").next_actions)
    text = (
        "project: shop\nservers:\n  web:\n    server_type: cx23\n    image: debian-13\n"
        "    user_data: one\n    lifecycle: {rebuild_on: [user_data]}\n"
    )
    assert invoke(text, "--yes", "--adopt").exit_code == 0
    result = invoke(text, "--plan")
    assert "left alone: nothing says what it was made with" in result.stdout
    assert "Nothing to do." in result.stdout
