"""Who may ask: bearer tokens and the projects they open."""

from __future__ import annotations

from collections.abc import Mapping

from hetzner.sandbox.errors import Refusal

DEFAULT = "default"


class Tokens:
    """Tokens and their projects; as long as none is registered, every token opens the project "default"."""

    def __init__(self, projects: Mapping[str, str]) -> None:
        self._projects = dict(projects)
        self._read_only: set[str] = set()

    def __repr__(self) -> str:
        return f"<{len(self._projects)} tokens>"

    def allow(self, token: str, project: str = DEFAULT, *, read_only: bool = False) -> None:
        """Register a token; from now on only registered ones are accepted."""
        self._projects[token] = project
        (self._read_only.add if read_only else self._read_only.discard)(token)

    def project(self, headers: Mapping[str, str]) -> str:
        """The project a request may see, or a refusal 401 `unauthorized`."""
        token = bearer(headers)
        if not token:
            raise Refusal(401, "unauthorized", "token is required")
        if self._projects and token not in self._projects:
            raise Refusal(401, "unauthorized", "the token you have provided is invalid")
        return self._projects.get(token, DEFAULT)

    def insist_write(self, headers: Mapping[str, str]) -> None:
        """Refuse a token that may only read with 401 `token_readonly`."""
        if self._read_only and bearer(headers) in self._read_only:
            raise Refusal(401, "token_readonly", "the token is only allowed to perform GET requests")


def bearer(headers: Mapping[str, str]) -> str:
    """The token of a request; empty without one."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
