"""The sample and the shape of the newest version of a plan; run it to freeze them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from workbook.discovery import read_toml
from workbook.plan import Plan, replace_answer
from workbook.platforms import load_platforms
from workbook.storage.migrations import newest_version
from workbook.storage.plan_file import NamedVersion, PlanFile, write_plan_file
from workbook.storage.schema import publish

SAMPLES = Path(__file__).parents[1] / "samples" / "plans"

_ANSWERS: dict[str, object] = {
    "start.name": "A plumbing company",
    "start.sells": "Repairs & <emergency> call-outs\n“Boilers”",
    "start.people": 4,
    "start.hours_per_week": 2.5,
    "start.website": "https://plumbing.example/services?a=1#top",
    "start.accounts.k3f9.platform": "facebook",
    "start.accounts.k3f9.handle": "@plumbing",
    "start.accounts.m2x8.platform": "linkedin",
    "start.accounts.m2x8.opened_because": "unknown",
    "goals.goals.g7a1.wish": "More enquiries through the website",
    "goals.goals.g7a1.metric": "leads_per_month",
    "goals.goals.g7a1.baseline": 3.0,
    "goals.goals.g7a1.target": 6.0,
    "goals.goals.g7a1.due": date(2027, 3, 31),
}


def _fill() -> Plan:
    plan = Plan()
    for path, value in _ANSWERS.items():
        plan = replace_answer(plan, path, value)
    return plan


NEWEST = PlanFile(
    revision=12,
    saved_at=datetime(2026, 11, 21, 14, 2, tzinfo=UTC),
    plan=_fill(),
    versions=(
        NamedVersion(
            name="Before the summer",
            saved_at=datetime(2026, 5, 1, 9, 30, tzinfo=UTC),
            plan=replace_answer(Plan(), "start.name", "A plumbing company"),
        ),
    ),
    unclear={"start.hours_per_week": "an evening, sometimes two"},
)
"""A plan with an answer of each kind, a named version, and an answer that could not be read."""

_WORDING = {"title", "description", "examples"}


def describe_shape() -> dict[str, Any]:
    """What a plan file may hold: its JSON schema without wording, and ids kept in data files."""
    ids = {
        "platforms": sorted(load_platforms()),
        "metrics": sorted(read_toml("steps/goals/metrics.toml")["metrics"]),
    }
    shape = PlanFile.model_json_schema()
    return {"shape": _strip(shape), "ids": ids}


def _strip(node: Any, *, names: bool = False) -> Any:
    """The schema without wording; ``names`` where the keys are those of our own fields."""
    if isinstance(node, dict):
        kept = node if names else {k: v for k, v in node.items() if k not in _WORDING}
        return {k: _strip(v, names=k in ("properties", "$defs")) for k, v in kept.items()}
    return [_strip(item) for item in node] if isinstance(node, list) else node


def freeze() -> None:
    """Write the sample and the shape of the newest version, and the published schema."""
    publish()
    version = newest_version()
    SAMPLES.mkdir(parents=True, exist_ok=True)
    (SAMPLES / f"plan_v{version}.json").write_bytes(write_plan_file(NEWEST))
    shape = json.dumps(describe_shape(), indent=1, sort_keys=True) + "\n"
    (SAMPLES / f"schema_v{version}.json").write_text(shape, encoding="utf-8")


if __name__ == "__main__":
    freeze()
