"""A plan that is taken along and opened elsewhere is the same plan, by way of the app itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from any_plan import MOMENTS, PLANS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbook.interface.desk import Desk
from workbook.interface.page import Page
from workbook.paths import is_asked_for
from workbook.plan import Plan, read_answer, step_names, walk_answers
from workbook.serving.visit import FileVisit, WebVisit
from workbook.settings import Settings
from workbook.storage.encryption import new_key
from workbook.storage.guarding import may_keep
from workbook.storage.plan_file import NamedVersion, PlanFile, read_plan_file, write_plan_file
from workbook.storage.versions import clean_name
from workbook.values import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2027, 3, 31, 14, 2, tzinfo=UTC)
SETTINGS = Settings()


def has_own_ids(plan: Plan) -> bool:
    """Whether the entries of each list have names of their own, as the workbook gives them."""
    shapes = [getattr(plan, step) for step in step_names()]
    lists = [v for shape in shapes for _, v in shape if v and isinstance(v, tuple)]
    ids = [[item.id for item in items] for items in lists if isinstance(items[0], Record)]
    return all(len(set(each)) == len(each) for each in ids)


@st.composite
def made_here(draw: st.DrawFn) -> PlanFile:
    """A plan file as the app makes it: what is unclear stands where an answer is missing."""
    plan = draw(PLANS.filter(has_own_ids))
    paths = [path for step in step_names() for path, _ in walk_answers(getattr(plan, step), step)]
    missing = [p for p in paths if is_asked_for(p) and read_answer(plan, p) is None]
    typed = st.text(min_size=1, max_size=40).map(str.strip).filter(bool)
    unclear = draw(st.dictionaries(st.sampled_from(missing), typed, max_size=4)) if missing else {}
    names = st.lists(
        st.text(max_size=60).map(clean_name).filter(bool), max_size=2, unique_by=str.casefold
    )
    versions = tuple(
        NamedVersion(name=name, saved_at=draw(MOMENTS), plan=draw(PLANS.filter(has_own_ids)))
        for name in draw(names)
    )
    kept = {path: text for path, text in unclear.items() if may_keep(path, text)}
    return PlanFile(plan=plan, versions=versions, unclear=kept)


class Visitor:
    """Somebody with a page open, who takes the plan along and opens a plan file."""

    def __init__(self, visit: FileVisit | WebVisit, heard: dict[int, list[dict[str, Any]]]) -> None:
        self.page = Page("start", visit)
        self.heard = heard.setdefault(id(self.page.desk), [])
        self._say("open", key=new_key(), known=False)

    def _say(self, kind: str, *buffers: bytes, **values: object) -> None:
        self.page._hear(self.page.desk, {"kind": kind, **values}, list(buffers))
        assert not [told for told in self.heard if told["kind"] in ("failed", "lost")]

    def open_file(self, raw: bytes) -> None:
        """“Open a plan file”."""
        self._say("upload", raw, name="ours.json", new=False)

    def take_along(self) -> bytes:
        """“Download my plan”."""
        self._say("plan_file")
        return next(bytes(t["buffers"][0]) for t in reversed(self.heard) if t["kind"] == "download")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> dict[int, list[dict[str, Any]]]:
    """What each page told its browser."""
    told: dict[int, list[dict[str, Any]]] = {}

    def tell(desk: Desk, kind: str, *, buffers: object = None, **values: object) -> None:
        told.setdefault(id(desk), []).append({"kind": kind, "buffers": buffers, **values})

    monkeypatch.setattr(Desk, "tell", tell)
    return told


@pytest.fixture(params=["in the app", "in JupyterLab"])
def visit(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], FileVisit | WebVisit]:
    """Begins a visit where no plan is yet: with a link of its own, or a file of its own."""
    if request.param == "in the app":
        address = f"sqlite:///{tmp_path}/plans.sqlite3"
        return lambda: WebVisit(SETTINGS, address, lambda: NOW)
    return lambda: FileVisit(tmp_path / f"{new_key()}.json", SETTINGS, lambda: NOW)


@pytest.mark.thorough
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(plan_file=made_here())
def test_any_plan_is_the_same_after_it_was_taken_along(visit, heard, plan_file: PlanFile):
    """Opened from a file, downloaded, opened by somebody else, downloaded: not a byte differs."""
    heard.clear()
    first, second = Visitor(visit(), heard), Visitor(visit(), heard)
    first.open_file(write_plan_file(plan_file))
    taken = first.take_along()
    second.open_file(taken)
    assert second.take_along() == taken
    found = read_plan_file(taken, name="taken.json", limit_mb=2)
    assert found.plan == plan_file.plan
    assert found.unclear == plan_file.unclear
    assert found.versions == plan_file.versions
    assert json.loads(taken)["revision"] == found.revision
