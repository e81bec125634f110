"""Services of load balancers: what one may be, and what is filled in for what was left out.

https://docs.hetzner.cloud/reference/cloud#load-balancers
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from hetzner.sandbox.errors import invalid

Service = dict[str, Any]
Asked = Mapping[str, Any]

REDIRECTED = 80
"""The port that an https service with `redirect_http` takes besides its own."""
_PORTS: dict[str, tuple[int | None, int | None]] = {"http": (80, 80), "https": (443, 80)}
_OWN = ("protocol", "listen_port", "destination_port", "proxyprotocol")
_CHECK = {"protocol": "tcp", "interval": 15, "timeout": 10, "retries": 3}
_CHECK_HTTP = {"domain": None, "path": "/", "response": "", "status_codes": ["2??", "3??"], "tls": False}
_HTTP = {
    "cookie_name": "HCLBSTICKY", "cookie_lifetime": 300, "timeout_idle": 50,
    "sticky_sessions": False, "certificates": [], "redirect_http": False,
}  # fmt: skip
_RANGES = {
    "listen_port": (1, 65535), "destination_port": (1, 65535), "port": (1, 65535),
    "interval": (3, 60), "timeout": (1, 60), "retries": (1, 5),
    "cookie_lifetime": (30, 86400), "timeout_idle": (30, 300),
}  # fmt: skip
_LENGTHS = {"domain": (0, 128), "path": (1, 256), "response": (0, 256), "cookie_name": (1, 100)}
_MOST_CODES = 20
_CODE = re.compile(r"[0-9?*]{1,3}", re.ASCII)


def new_service(asked: Asked, under: str = "") -> Service:
    """A service with everything filled in, or a refusal; `under` leads to it in the request."""
    listen, destination = _PORTS.get(asked["protocol"], (None, None))
    base = {"listen_port": listen, "destination_port": destination, "proxyprotocol": False}
    for name in ("listen_port", "destination_port"):
        if asked.get(name, base[name]) is None:
            raise invalid(under + name, f"is required for protocol '{asked['protocol']}'")
    check = {**_CHECK, "port": asked.get("destination_port", destination)}
    return _built({**base, "health_check": check}, asked, under)


def changed_service(service: Service, asked: Asked) -> Service:
    """A service with some of it replaced, or a refusal."""
    return _built(service, asked, "")


def ports(service: Service) -> set[int]:
    """The ports that a service listens on."""
    redirects = service.get("http", {}).get("redirect_http")
    return {service["listen_port"], REDIRECTED} if redirects else {service["listen_port"]}


def _built(base: Service, asked: Asked, under: str) -> Service:
    service = {**base, **{name: asked[name] for name in _OWN if name in asked}}
    _check_values(service, under)
    service["health_check"] = _health_check(
        base["health_check"], asked.get("health_check", {}), f"{under}health_check."
    )
    http = asked.get("http", {})
    if service["protocol"] != "tcp":
        service["http"] = _http(base.get("http", {}), http, service["protocol"], f"{under}http.")
    elif http:
        raise invalid(f"{under}http", "is not for protocol 'tcp'")
    else:
        service.pop("http", None)
    return deepcopy(service)  # nothing shared with the defaults


def _health_check(base: Asked, asked: Asked, under: str) -> dict[str, Any]:
    check = {**base, **asked}
    _check_values(check, under)
    check.pop("http", None)  # Terraform goes on sending it with tcp
    if check["protocol"] == "http":
        check["http"] = {**_CHECK_HTTP, **base.get("http", {}), **asked.get("http", {})}
        _check_request(check["http"], f"{under}http.")
    return check


def _check_request(http: Asked, under: str) -> None:
    _check_values(http, under)
    if re.search(r"[\s%\\]", http["domain"] or ""):
        raise invalid(f"{under}domain", "must not contain spaces, percent or backslash symbols")
    if " " in http["path"]:
        raise invalid(f"{under}path", "must not contain spaces")
    codes = http["status_codes"]
    if len(codes) > _MOST_CODES or not all(_CODE.fullmatch(code) for code in codes):
        raise invalid(f"{under}status_codes", f"must be at most {_MOST_CODES} codes such as '2??'")


def _http(base: Asked, asked: Asked, protocol: str, under: str) -> dict[str, Any]:
    http = {**_HTTP, **base, **asked}
    _check_values(http, under)
    if protocol == "http":
        for name in ("certificates", "redirect_http"):
            if asked.get(name):
                raise invalid(under + name, "is only for protocol 'https'")
            http[name] = _HTTP[name]
    return http


def _check_values(fields: Asked, under: str) -> None:
    for name, value in fields.items():
        if name in _RANGES:
            low, high = _RANGES[name]
            if not low <= value <= high:
                raise invalid(under + name, f"must be between {low} and {high}")
        elif name in _LENGTHS and value is not None:
            low, high = _LENGTHS[name]
            if not low <= len(value) <= high:
                raise invalid(under + name, f"must have between {low} and {high} characters")
