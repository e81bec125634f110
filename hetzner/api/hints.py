"""What to do about an error, by the API's code; see https://docs.hetzner.cloud/reference/cloud#errors."""

from __future__ import annotations

from collections.abc import Mapping

TOKEN = "make a token in the Cloud Console under Security > API tokens, with read and write permission"  # noqa: S105
OWN_PROBLEM = "the API has a problem of its own, see https://status.hetzner.com; try again later"
BUSY = "something else is changing it; try again when that is over"
IN_USE = "something still uses it: detach or unassign that first"
HINTS: Mapping[str, str] = {
    "unauthorized": f"the token is not known (any more): {TOKEN}",
    "token_readonly": f"the token may only read: {TOKEN}",
    "forbidden": f"the token may not do this: {TOKEN}",
    "resource_limit_exceeded": "the project's limit is reached: delete what is not needed, or have it raised "
    "in the Cloud Console under Limits",
    "resource_unavailable": "sold out there for now: choose another location or type, or try again later",
    "placement_error": "no host is free for the whole placement group: try again later, or choose another "
    "location; a group spreads at most 10 servers",
    "uniqueness_error": "there is one already: find() or ensure() gives it to you",
    "rate_limit_exceeded": "the hourly requests of the project are used up, perhaps by other programs; one "
    "more is allowed each second",
    "invalid_server_type": "choose a type with the same processor architecture and no smaller disk",
    "server_not_stopped": "switch it off first, with poweroff()",
    "protected": "take its protection off first, with change_protection()",
    "locked": BUSY,
    "conflict": BUSY,
    "resource_in_use": IN_USE,
    "must_be_unassigned": IN_USE,
    "networks_overlap": "choose a range that overlaps no other network or route of the server",
    "no_subnet_available": "the network has no subnet in the zone of this location; add one",
    "ip_not_available": "the address is taken or outside of the subnets: choose another one",
    "no_space_left_in_location": "the location is full for now: choose another one, or try again later",
    "firewall_managed_by_label_selector": "it gets the firewall by a label: change the label or the selector",
    "private_net_only_server": "firewalls work on public addresses, and this server has none",
    "maintenance": "Hetzner is working on it; try again later",
    "deprecated_api_endpoint": "the API removed this: datacenters are gone, use locations",
    "unavailable": OWN_PROBLEM,
    "server_error": OWN_PROBLEM,
    "bad_gateway": OWN_PROBLEM,
    "timeout": "the API took too long; try again later",
    "action_failed": "it failed at Hetzner; if it fails again, their support knows the action's id",
    "unsupported_error": "only the sandbox refuses this: it does not simulate it yet",
}
"""In the words of a script; what ``hetzner-apply`` says else about some of them stands in ``hetzner.cli``."""


def hint_for(code: str | None) -> str:
    """Return what to do about an error of this code, or nothing."""
    return HINTS.get(code or "", "")


MAYBE_DONE = "nobody knows whether it was carried out: look before you ask for it again"
CONNECTION = "check the network, a proxy, and base_url or HCLOUD_ENDPOINT if it is set"
CERTIFICATE = "if a proxy or a gateway signs with its own certificate, name it in SSL_CERT_FILE"
SLOW = "try again, or give it more seconds with timeout=..."
CLOSED = "make a new one, or use it within its `with`"


def hint_without_answer(message: str, timed_out: bool) -> str:
    """Return what to do when no answer came, by what the HTTP library said."""
    if timed_out:
        return SLOW
    if "client is closed" in message:
        return CLOSED
    return CERTIFICATE if "CERTIFICATE_VERIFY_FAILED" in message else CONNECTION
