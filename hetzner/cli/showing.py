"""A plan in the form that was asked for: text, JSON, YAML or Markdown."""

from __future__ import annotations

from hetzner.apply.drift import Drift
from hetzner.apply.plans import Plan
from hetzner.cli.as_json import dumped, plan_document
from hetzner.cli.output import plan_lines
from hetzner.cli.outputs import output_lines
from hetzner.cli.screen import Line, Screen
from hetzner.cli.wishes import Wishes
from hetzner.cli.wording import several


def show(plan: Plan, wishes: Wishes, screen: Screen, *, where: str, consent: str) -> None:
    """Print a plan; ``where`` says whose project it is, ``consent`` how losses are allowed."""
    if wishes.output == "text":
        for line in _text(plan, wishes, screen.width, where, consent):
            screen.line(*line)
        if wishes.only_plan or plan.is_empty:
            for line in output_lines(plan.outputs):
                screen.wrapped(*line)
        return
    print(_document(plan, wishes), flush=True)


def show_in_full(plan: Plan, wishes: Wishes, screen: Screen) -> None:
    """Print everything there is to a plan, and cut nothing."""
    lines = plan_lines(plan, full=True, gross=wishes.gross)
    for line in lines:
        screen.wrapped(*line)


def _text(plan: Plan, wishes: Wishes, width: int | None, where: str, consent: str) -> list[Line]:
    return [
        *plan_lines(
            plan,
            width=width,
            verbose=wishes.verbose,
            where=where,
            consent=consent,
            gross=wishes.gross,
        )
    ]


def _document(plan: Plan, wishes: Wishes) -> str:
    if wishes.output == "md":
        from hetzner.cli.markdown import markdown

        return markdown(plan, gross=wishes.gross).rstrip("\n")
    document = plan_document(plan)
    if wishes.output == "yaml":
        import yaml

        return yaml.safe_dump(document, sort_keys=False, allow_unicode=False, width=10_000).rstrip("\n")
    if wishes.only_plan:
        return dumped(document, indent=2)
    return dumped({"event": "plan", **document})


def show_drift(found: Drift, wishes: Wishes, screen: Screen, *, where: str) -> None:
    """Print in what the project is not as its files say."""
    if wishes.output != "text":
        told = {"drift": not found.is_empty, "missing": [*found.missing]}
        if wishes.output == "json":
            print(dumped({**plan_document(found.plan), **told, "pending": False}, indent=2), flush=True)
        else:
            print(_document(found.plan, wishes), flush=True)
        return
    *lines, _ = _text(found.plan, wishes, screen.width, where, "")
    for line in lines:
        screen.line(*line)
    for told_line in _drift_summary(found):
        screen.line(*told_line)


def _drift_summary(found: Drift) -> list[Line]:
    differs = len(found.plan.items)
    lines: list[Line] = []
    if differs:
        lines.append(
            (f"Drift  {several(differs, 'object')}: on the left what is there, right what is declared",)
        )
    else:
        lines.append(("No drift: everything that is there is as it is declared.",))
    if found.missing:
        lines.append((f"       {len(found.missing)} declared and not there, which is not counted as drift",))
    return lines
