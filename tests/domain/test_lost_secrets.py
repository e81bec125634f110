"""What the API tells only once is asked for again when the answer that told it was lost."""

from __future__ import annotations

from tests.domain.faces import Face, done


async def test_a_password_in_a_lost_answer_is_made_anew(face: Face) -> None:
    """The lost action is over before, so that it cannot make the new password an old one."""
    web = await face.server()
    face.sandbox.faults.arm("servers.actions.reset_password", "reset_after")
    assert await done(web.reset_password())
    resets = [action for action in await done(web.actions()) if action.command == "reset_password"]
    assert len(resets) == 2
    assert resets[0].started >= resets[1].finished


async def test_a_console_in_a_lost_answer_is_asked_for_anew(face: Face) -> None:
    """Its address and password are told."""
    web = await face.server()
    face.sandbox.faults.arm("servers.actions.request_console", "reset_after")
    console = await done(web.request_console())
    assert console.wss_url
    assert console.password
