"""What may be wanted of a certificate: one that Hetzner gets and renews, or one of your own.

https://docs.hetzner.cloud/reference/cloud#certificates
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace as with_
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator
from typing_extensions import TypedDict

from hetzner.domain.reference import Named
from hetzner.domain.shapes import TEXT, Short
from hetzner.domain.specs.drawing import Role, items
from hetzner.domain.specs.facts import NEVER, Call, replace
from hetzner.domain.specs.kind import STRICT, Kind, Names
from hetzner.domain.specs.labels import Labels, declared

_BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)


class Chain(str):
    """Certificates in PEM format as they were written; equal to the same ones in another layout."""

    def _data(self) -> list[str]:
        return ["".join(block.split()) for block in _BLOCK.findall(self)]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self._data() == Chain(other)._data()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(tuple(self._data()))


def _chain(text: str) -> str:
    """Refuse what is no certificate, a private key above all."""
    if "PRIVATE KEY" in text:
        raise ValueError("there is a private key in it; that belongs into private_key")
    if not _BLOCK.search(text):
        raise ValueError("expected one or more certificates in PEM format")
    return Chain(text)


def _private_key(text: str) -> str:
    if "PRIVATE KEY" not in text:
        raise ValueError("expected a private key in PEM format")
    return text


def _domains(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


if TYPE_CHECKING:  # what may be written; at run time it is what that becomes
    Domains = str | Sequence[str]
else:
    Domains = Annotated[list[str], BeforeValidator(_domains), Short(TEXT)]


DOMAIN = re.compile(r"(?:\*\.)?(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}\.?")


class CertificateSpec(TypedDict, total=False):
    """What may be wanted of a certificate: `domain_names`, or `certificate` with `private_key`."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    domain_names: Annotated[
        Domains,
        replace("the names are fixed when it is issued"),
        "Managed by Hetzner: the names it is for, in DNS zones of the project.",
    ]
    certificate: Annotated[
        str,
        AfterValidator(_chain),
        replace("a certificate is what it is"),
        "Of your own: the chain in PEM format.",
    ]
    private_key: Annotated[
        str, AfterValidator(_private_key), NEVER, "Of your own: the private key in PEM format."
    ]
    type: Annotated[
        Literal["uploaded", "managed"],
        replace("the type is fixed at creation"),
        "`managed` or `uploaded`; what is given says which.",
    ]
    labels: Annotated[Labels, "Your own key/value pairs."]


class CertificateKind(Kind):
    """Certificates."""

    name, singular, spec, seconds = "certificates", "certificate", CertificateSpec, 35.0
    role = Role.BADGE
    code = "crt"
    succeeds = True
    inline = frozenset({"domain_names", "private_key", "labels"})
    one_of = ("domain_names", "certificate")
    attributes: ClassVar = {
        "id": lambda certificate: certificate.id,
        "name": lambda certificate: certificate.name,
        "fingerprint": lambda certificate: certificate.fingerprint,
    }

    def arguments(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        """Return what goes into the create; its type follows from what is given."""
        made = {**super().arguments(spec), "type": _type_of(spec)}
        return {**made, "certificate": spec["certificate"]} if "certificate" in spec else made

    def gist(self, spec: Mapping[str, Any]) -> Iterator[Any]:
        """Yield whom it is for."""
        yield from items(spec.get("domain_names"))

    def create(self, name: str, spec: Mapping[str, Any]) -> list[Call]:
        """Return the call that makes it: for a managed one after the zones that its names may be in."""
        first, *rest = super().create(name, spec)
        names = spec.get("domain_names", ())
        zones = dict.fromkeys(zone for each in names if isinstance(each, str) for zone in _zones(each))
        return [with_(first, after=tuple(Named("zones", zone) for zone in zones)), *rest]

    def read(self, actual: Any, names: Names) -> dict[str, Any]:
        """Return a certificate as the API shows it in the terms of the spec."""
        have = {"type": actual.type, "labels": declared(actual.labels), "domain_names": actual.domain_names}
        return {**have, "certificate": Chain(actual.certificate or "")}

    def declare(self, have: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a document says of a certificate: the names of a managed one, the chain of another."""
        other = {"managed": "certificate", "uploaded": "domain_names"}[have["type"]]
        return super().declare({name: value for name, value in have.items() if name not in ("type", other)})

    def withheld(self, spec: Mapping[str, Any]) -> Iterator[tuple[str | int, ...]]:
        """Yield the private key of a certificate of one's own."""
        if "certificate" in spec:
            yield ("private_key",)

    def is_unsettled(self, actual: Any) -> bool:
        """Tell whether a managed certificate is being issued or renewed."""
        return actual.status is not None and "pending" in (actual.status.issuance, actual.status.renewal)

    def broken(self, actual: Any, failed: Sequence[Any]) -> str | None:
        """Return None: a certificate that could not be issued is good for another try."""
        return None

    def is_doubtful(self, actual: Any, failed: Sequence[Any]) -> bool:
        """Return False: its status tells what became of it."""
        return False

    def unfinished(
        self, of: Named, actual: Any, failed: Sequence[Any], spec: Mapping[str, Any]
    ) -> Iterable[Call]:
        """Try again to issue or renew a managed certificate for which that failed."""
        if actual.status and "failed" in (actual.status.issuance, actual.status.renewal):
            yield Call("certificates.actions.retry", {}, of, seconds=35)

    def problems(self, name: str, spec: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield what the API would refuse whatever else there is."""
        if "domain_names" in spec:
            for field in ("certificate", "private_key"):
                if field in spec:
                    yield (field,), "a managed certificate, one with domain_names, has its own"
            if not spec["domain_names"]:
                yield ("domain_names",), "a certificate is for at least one name"
            for index, domain in enumerate(spec["domain_names"]):
                if isinstance(domain, str) and not DOMAIN.fullmatch(domain):
                    at = ("domain_names", index)
                    yield at, f"'{domain}' is no domain name, such as shop.example.com or *.example.com"
        elif "certificate" in spec and "private_key" not in spec:
            yield ("certificate",), "a certificate of your own needs its private_key"
        if spec.get("type", _type_of(spec)) != _type_of(spec):
            yield ("type",), f"what is given makes it {_type_of(spec)}"


def _type_of(spec: Mapping[str, Any]) -> str:
    return "managed" if "domain_names" in spec else "uploaded"


def _zones(domain: str) -> Iterator[str]:
    """Yield the names of all zones that a domain can be in."""
    labels = domain.removesuffix(".").lower().split(".")
    return (".".join(labels[at:]) for at in range(len(labels) - 1))


KIND = CertificateKind()
