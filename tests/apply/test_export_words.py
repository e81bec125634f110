"""An export says everything once, and each comment where it belongs."""

from __future__ import annotations

from hetzner.apply.plans import Verdict
from tests.apply.stage import Stage
from tests.apply.test_export import again, exported, insist_silent


def test_a_comment_on_one_line_stands_above_it() -> None:
    """What has no lines of its own is commented before, so that it is not taken for that of the next one."""
    stage = Stage()
    stage.converge(
        "project: shop\nservers: {web: {count: 2, server_type: cx23, image: debian-13, user_data: a}}\n"
    )
    lines = exported(stage).splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith("  web-1:"))
    assert lines[at - 1].startswith("  # user_data: it was given one")
    assert lines[at - 2] == "servers:"


def test_a_reverse_name_is_said_once() -> None:
    """That of a primary IP stands at the primary IP and not at what has it, so it can be edited."""
    stage = Stage()
    stage.converge(
        "project: shop\nprimary_ips: {ip: {type: ipv4, location: fsn1}, lb: {type: ipv4, location: fsn1}}\n"
        "servers:\n  web: {server_type: cx23, image: debian-13, location: fsn1, public_net: {ipv4: ip},\n"
        "    dns_ptr: {ipv4: web.example.com, ipv6: six.example.com}}\n"
        "load_balancers:\n  lb: {load_balancer_type: lb11, location: fsn1, public_net: {ipv4: lb},\n"
        "    dns_ptr: lb.example.com}\n"
    )
    text = exported(stage)
    assert text.count("web.example.com") == text.count("lb.example.com") == 1
    assert "dns_ptr: {ipv6: six.example.com}" in text
    insist_silent(stage.plan(again(text)), Verdict.KEEP)
    edited = again(text.replace("web.example.com", "shop.example.com"))
    stage.converge(edited)
    insist_silent(stage.plan(edited), Verdict.KEEP)
