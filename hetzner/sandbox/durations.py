"""How long actions take: shortest and longest, in seconds of sandbox time. The one place to change that.

Lengths follow what users and the comments in official integrations report; the API documents none.
"""

from __future__ import annotations

from random import Random

INSTANT = (0.0, 0.0)

SECONDS: dict[str, tuple[float, float]] = {
    "create_server": (6, 20),
    "start_server": (3, 10),
    "stop_server": (2, 6),
    "shutdown_server": (1, 2),
    "reboot_server": (4, 10),
    "reset_server": (4, 10),
    "delete_server": (2, 6),
    "rebuild_server": (15, 40),
    "change_server_type": (60, 180),
    "create_image": (60, 180),
    "reset_password": (1, 4),
    "enable_rescue": (1, 3),
    "disable_rescue": (1, 3),
    "attach_iso": (1, 3),
    "detach_iso": (1, 3),
    "change_dns_ptr": (1, 2),
    "request_console": INSTANT,
    "change_protection": INSTANT,
    "enable_backup": INSTANT,
    "disable_backup": INSTANT,
    "attach_to_network": (1, 5),
    "detach_from_network": (1, 5),
    "change_alias_ips": (1, 3),
    "add_to_placement_group": (1, 2),
    "remove_from_placement_group": (1, 2),
    "create_volume": (2, 6),
    "attach_volume": (2, 5),
    "detach_volume": (2, 5),
    "resize_volume": (2, 5),
    "assign_floating_ip": (1, 3),
    "unassign_floating_ip": (1, 3),
    "create_primary_ip": (1, 2),
    "assign_primary_ip": (1, 4),
    "unassign_primary_ip": (1, 4),
    "set_firewall_rules": (1, 2),
    "apply_firewall": (1, 2),
    "remove_firewall": (1, 2),
    "create_load_balancer": (4, 10),
    "delete_load_balancer": (2, 5),
    "change_load_balancer_type": (5, 10),
    "create_certificate": (10, 60),
    "issue_certificate": (10, 60),
    "create_zone": (1, 5),
    "delete_zone": (1, 5),
    "import_zonefile": (2, 5),
    "change_rrset_protection": INSTANT,
    "create": (30, 90),
    "delete": (2, 6),
    "change_type": (10, 30),
    "rollback_snapshot": (10, 30),
    "create_snapshot": (5, 20),
}
OTHERWISE = (1.0, 3.0)


def seconds(command: str, random: Random) -> float:
    """Draw a length for one action; the same seed draws the same."""
    return random.uniform(*SECONDS.get(command, OTHERWISE))
