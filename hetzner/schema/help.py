"""What ``help()`` and editors are told about an operation: a signature and a text made of its declaration."""

from inspect import Parameter as Argument
from inspect import Signature

from hetzner.schema.operation import Operation


def signature_of(operation: Operation) -> Signature:
    """Return the signature of a call with every parameter spelled out."""
    first = [
        Argument(n, Argument.POSITIONAL_OR_KEYWORD, annotation=operation.paths.get(n, Argument.empty))
        for n in operation.positional
    ]
    rest = [p for p in operation.parameters.values() if p.name not in operation.positional]
    named = [
        Argument(n, Argument.KEYWORD_ONLY, annotation=kind)
        for n, kind in operation.paths.items()
        if n not in operation.positional
    ]
    named += [
        Argument(
            p.name,
            Argument.KEYWORD_ONLY,
            default=Argument.empty if p.required else ...,
            annotation=p.annotation,
        )
        for p in sorted(rest, key=lambda p: not p.required)
    ]
    options = [Argument("options", Argument.VAR_KEYWORD)]
    return Signature([*first, *named, *options], return_annotation=operation.returns)


def documentation(operation: Operation) -> str:
    """Return what ``help()`` shows: the purpose, then every parameter with its meaning."""
    lines = [operation.doc.strip(), "", f"{operation.verb} {operation.path}", ""]
    if operation.deprecated:
        lines += [f"Deprecated: {operation.deprecated}.", ""]
    lines += [
        f"{p.name}{'' if p.required else ' (optional)'}: {p.doc}"
        for p in operation.parameters.values()
        if p.doc
    ]
    return "\n".join(lines).strip()
