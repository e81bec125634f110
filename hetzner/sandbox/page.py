"""The page at `/` of a served sandbox: one file, no other assets, and a policy that allows nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from hetzner.sandbox.message import Answer


def page() -> Answer:
    """Answer with the page. It holds nothing of the state: it asks the control path, with the token."""
    body, headers = _page()
    return Answer(200, dict(headers), body)


@cache
def _page() -> tuple[bytes, dict[str, str]]:
    text = files("hetzner.sandbox").joinpath("page.html").read_text(encoding="utf-8")
    policy = [
        "default-src 'none'",
        f"style-src {_hash('style', text)}",
        f"script-src {_hash('script', text)}",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    ]
    return text.encode(), {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "; ".join(policy),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


def _hash(tag: str, text: str) -> str:
    found = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
    return " ".join(f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in found)
