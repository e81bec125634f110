"""The nearest known word: "did you mean 'server_type'?"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

_LONGEST = 64  # a longer word is not a slip of the pen
_POOL = 200  # how many candidates are compared with care
_ENOUGH = 0.7


def near(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `word` was most likely meant to be, or None when nothing is close."""
    if not word or len(word) > _LONGEST:
        return None
    candidates = [name for name in known if name != word]
    flat = _flat(word)
    for name in candidates:
        if _flat(name).removesuffix("s") == flat.removesuffix("s"):
            return name
    best = max(((_likeness(flat, _flat(name)), name) for name in _pool(flat, candidates)), default=(0.0, ""))
    if best[0] >= _ENOUGH:
        return best[1]
    parts = [name for name in candidates if _is_part(word, name)]
    return parts[0] if len(parts) == 1 else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The question to print below a wrong word; empty when nothing is close."""
    name = near(word, known)
    return f"did you mean '{name}'?" if name else ""


def _is_part(word: str, name: str) -> bool:
    """Whether one is a piece of the other: type, server_type; prevent, prevent_destroy."""
    return name.endswith("_" + word) or word.endswith("_" + name) or name.startswith(word + "_")


def _flat(word: str) -> str:
    """The word without case and separators: what people vary without noticing."""
    return word.lower().replace("-", "").replace("_", "")


def _pool(flat: str, candidates: list[str]) -> list[str]:
    """At most a few hundred candidates, so that one typo among 10,000 names stays cheap."""
    if len(candidates) <= _POOL:
        return candidates
    alike = (
        name for name in candidates if abs(len(_flat(name)) - len(flat)) <= 2 and name[:1].lower() == flat[:1]
    )
    return [name for name, _ in zip(alike, range(_POOL), strict=False)]


def _likeness(word: str, other: str) -> float:
    if sorted(word) == sorted(other):  # two letters swapped, which ratios of short words miss
        return 0.9
    matcher = SequenceMatcher(None, word, other, autojunk=False)
    if matcher.real_quick_ratio() < _ENOUGH or matcher.quick_ratio() < _ENOUGH:
        return 0.0
    return matcher.ratio()
