"""Firewall rules: their short form, ``tcp/22 from 10.0.0.0/8``, and how two sets of rules compare."""

import re
from collections.abc import Mapping, Sequence
from ipaddress import ip_network
from typing import TYPE_CHECKING, Annotated, Any, Literal, Required

from pydantic import AfterValidator, BeforeValidator, ConfigDict
from typing_extensions import TypedDict

from hetzner.domain.shapes import NUMBER, TEXT, Shape, Short

EVERYWHERE = ("0.0.0.0/0", "::/0")
ALL_PORTS = "1-65535"  # which the API also shows as any, as it was sent
_SHORT = re.compile(
    r"\s*(?:(?P<direction>in|out)\s+)?(?P<protocol>[a-z]+)(?:/(?P<port>\d+(?:-\d+)?|any))?"
    r"(?:\s+(?P<side>from|to)\s+(?P<ips>\S.*?))?\s*"
)
RULE: Shape = {
    "type": "string",
    "description": "[in|out] protocol[/port] [from|to address, ...]",
    "examples": ["tcp/22 from 10.0.0.0/8", "icmp", "out tcp/443 to any"],
}
FORM = "[in|out] protocol[/port] [from|to address, ...], such as 'tcp/22 from 10.0.0.0/8'"


def cidr(text: Any) -> str:
    """Return an address range in its usual form; `any` stands for everywhere and one address for itself."""
    try:
        return str(ip_network(str(text).strip()))
    except ValueError:
        pass
    try:
        meant = ip_network(str(text).strip(), strict=False)
    except ValueError:
        raise ValueError(f"'{text}' is no address range, such as 10.0.0.0/8") from None
    raise ValueError(f"'{text}' has bits beyond its mask; did you mean '{meant}'?")


def ranges(value: Any) -> Any:
    """Take one range, a list, or text with commas; `any` is everywhere."""
    parts = [part.strip() for part in value.split(",")] if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        return value
    found: list[Any] = []
    for part in parts:
        found.extend(EVERYWHERE if part == "any" else [part])
    return found


def _port(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _port_checked(text: str) -> str:
    if text == "any":
        return ALL_PORTS
    numbers = text.split("-")
    if len(numbers) > 2 or not all(number.isdecimal() and 1 <= int(number) <= 65535 for number in numbers):
        raise ValueError(f"'{text}' is no port; give 1 to 65535, or a range such as 8000-8100")
    if len(numbers) == 2 and int(numbers[0]) > int(numbers[1]):
        raise ValueError(f"'{text}' starts after its end")
    return text


CIDR = Annotated[str, BeforeValidator(cidr)]
if TYPE_CHECKING:  # what may be written; at run time each type is what that becomes
    Port = str | int
    Ranges = str | Sequence[str]
else:
    Port = Annotated[str, BeforeValidator(_port), AfterValidator(_port_checked), Short(NUMBER)]
    Ranges = Annotated[list[CIDR], BeforeValidator(ranges), Short(TEXT)]


class RuleSpec(TypedDict, total=False):
    """One thing that is let through."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]
    direction: Annotated[Literal["in", "out"], "`in` (default) or `out`."]
    protocol: Required[Annotated[Literal["tcp", "udp", "icmp", "esp", "gre"], "What is let through."]]
    port: Annotated[Port, "A port, or a range like 8000-8100."]
    source_ips: Annotated[Ranges, "Where it may come from (default: anywhere)."]
    destination_ips: Annotated[Ranges, "Where it may go to (default: anywhere)."]
    description: Annotated[str, "What it is for."]


def long_form(rule: Any) -> Any:
    """Expand the short form of a rule; a map stays as it is."""
    if not isinstance(rule, str):
        return rule
    found = _SHORT.fullmatch(rule)
    if found is None:
        raise ValueError(f"'{rule}' is no rule; a rule reads {FORM}")
    outwards = found["direction"] == "out" or (found["direction"] is None and found["side"] == "to")
    made: dict[str, Any] = {"direction": "out" if outwards else "in", "protocol": found["protocol"]}
    if found["port"]:
        made["port"] = found["port"]
    if found["ips"]:
        made["destination_ips" if outwards else "source_ips"] = found["ips"]
    return made


def complete(rule: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in what a rule leaves out, and refuse what the API would refuse."""
    direction, protocol = rule.get("direction", "in"), rule["protocol"]
    here, there = (
        ("source_ips", "destination_ips") if direction == "in" else ("destination_ips", "source_ips")
    )
    if rule.get(there):
        raise ValueError(f"a rule for what comes {direction} takes {here}, not {there}")
    if protocol in ("tcp", "udp") and "port" not in rule:
        raise ValueError(f"{protocol} needs a port: '{protocol}/443', or '{protocol}/any' for all")
    if protocol not in ("tcp", "udp") and "port" in rule:
        raise ValueError(f"{protocol} has no ports")
    places = rule.get(here, list(EVERYWHERE))
    if not places:  # as when a list of addresses could not be read: that must not open it to everybody
        raise ValueError(f"{here} is empty; leave the rule out to let nobody through, {here} for everybody")
    made = {"direction": direction, "protocol": protocol, here: places}
    if len(made[here]) > 100:
        raise ValueError("a rule takes at most 100 address ranges")
    return {**made, **{name: rule[name] for name in ("port", "description") if name in rule}}


if TYPE_CHECKING:
    Rule = RuleSpec | str
    Rules = Sequence[Rule]
else:
    Rule = Annotated[RuleSpec, BeforeValidator(long_form), AfterValidator(complete), Short(RULE)]
    Rules = list[Rule]


def shown(rule: Any) -> dict[str, Any]:
    """Return a rule of the API in its canonical form."""
    here = "source_ips" if rule.direction == "in" else "destination_ips"
    made = {"direction": rule.direction, "protocol": rule.protocol, here: sorted(getattr(rule, here) or [])}
    if rule.port is not None:
        made["port"] = ALL_PORTS if rule.port == "any" else rule.port
    if rule.description:
        made["description"] = rule.description
    return made


def short(rule: Mapping[str, Any]) -> str:
    """Return a rule as people write it."""
    here, word = ("source_ips", "from") if rule["direction"] == "in" else ("destination_ips", "to")
    port = f"/{rule['port']}" if rule.get("port") else ""
    where = "any" if set(rule[here]) == set(EVERYWHERE) else ", ".join(map(str, rule[here]))
    why = f" ({rule['description']})" if rule.get("description") else ""
    return f"{rule['direction']} {rule['protocol']}{port} {word} {where}{why}"


def canonical(rules: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Bring rules into an order in which equal sets are equal."""
    made = [
        {name: sorted(value) if isinstance(value, list) else value for name, value in rule.items()}
        for rule in rules
    ]
    return sorted(made, key=short)
