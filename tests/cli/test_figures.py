"""Money and time in words, and the guard on what a plan may cost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hetzner.cli.wording import change, counted, duration, money, several
from hetzner.domain.money import Amount
from hetzner.sandbox import Sandbox
from tests.cli.conftest import Invoke
from tests.cli.files import EMPTY, NETWORK

SERVER = EMPTY + "servers: {web: {server_type: cx23, image: debian-13, location: fsn1}}\n"


def amount(net: str) -> Amount:
    """Return an amount with a fifth of VAT."""
    return Amount(Decimal(net), Decimal(net) * Decimal("1.2"))


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "1 s"), (45, "45 s"), (89, "89 s"), (90, "2 min"), (3570, "1 h"), (4800, "1 h 20 min")],
)
def test_durations(seconds: float, told: str) -> None:
    """Nobody needs seconds where there are minutes."""
    assert duration(seconds) == told


def test_numbers() -> None:
    """Thousands stand apart, cents are rounded as on a bill, and a change has its sign."""
    assert (counted(3571), several(1, "loss", "losses"), several(1000, "request")) == (
        "3 571",
        "1 loss",
        "1 000 requests",
    )
    assert (money(amount("1234.565")), money(amount("1"), gross=True)) == ("1 234.57", "1.20")
    assert [change(amount(net)) for net in ("1.005", "-2", "0.001")] == ["+1.01", "-2.00", "±0.00"]
    assert change(amount("-2"), gross=True, space=" ") == "- 2.40"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--max-monthly-increase", "5.98"), 4),
        (("--max-monthly-increase", "5.99"), 0),
        (("--max-monthly-increase", "7.12", "--gross"), 4),
        (("--max-monthly-increase", "7.13", "--gross"), 0),
        (("--max-monthly-increase", "0", "--plan"), 4),
    ],
)
def test_what_it_may_cost(invoke: Invoke, cloud: Sandbox, options: tuple[str, ...], code: int) -> None:
    """A plan that costs more a month than is allowed is refused, and nothing is made."""
    result = invoke(SERVER, "--yes", *options)
    assert result.exit_code == code, result.output
    assert ("--max-monthly-increase allows" in result.stderr) is (code == 4)
    made = any(entry.operation == "servers.create" for entry in cloud.log)
    assert made is (code == 0)


def test_what_nobody_tells_the_price_of(invoke: Invoke) -> None:
    """Where a price is missing nobody can say that it is cheap enough."""
    text = SERVER.replace("cx23", "cx22")
    result = invoke(text, "--plan", "--max-monthly-increase", "100")
    assert (result.exit_code, "nobody tells what servers.web costs" in result.stderr) == (4, True)


def test_what_is_free_and_what_gets_cheaper(invoke: Invoke) -> None:
    """The guard is about increases only."""
    assert invoke(NETWORK, "--yes", "--max-monthly-increase", "0").exit_code == 0
    assert invoke(SERVER, "--yes", "--allow-destroy").exit_code == 0
    less = invoke(EMPTY, "--yes", "--allow-destroy", "--max-monthly-increase", "0")
    assert (less.exit_code, "Cost   5.99 → 0.00 € a month  (-5.99, net)" in less.stdout) == (0, True)


def test_drift_and_its_exit_code(invoke: Invoke, cloud: Sandbox) -> None:
    """Drift is told and changes nothing; with --detailed-exitcode it ends with 2, as long as there is any."""
    assert invoke(NETWORK, "--yes").exit_code == 0
    more = NETWORK + SERVER.partition("\n")[2]
    same = invoke(more, "--refresh-only", "--check")
    assert (same.exit_code, "No drift" in same.stdout) == (0, True)
    assert "1 declared and not there, which is not counted as drift" in same.stdout
    before = len(cloud.log)
    other = NETWORK.replace("10.0.0.0/16", "10.0.0.0/8")
    assert invoke(other, "--refresh-only").exit_code == 0
    drifted = invoke(other, "--refresh-only", "--check")
    assert (drifted.exit_code, "Drift  1 object" in drifted.stdout) == (2, True)
    assert {entry.method for entry in list(cloud.log)[before:]} == {"GET"}
