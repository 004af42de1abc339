"""How long an answer takes until it is saved, and where that time goes.

Run as ``python tests/benchmarks/benchmark_session.py [ROUNDS]``. It finishes the example so that
every question is answered, with three goals and eight accounts, and fills another plan with about
200 KB. It answers questions in both through a session on SQLite, and prints the median and the
95th percentile in milliseconds, beside the same for a plan with one answer and for a bare file of
the same size that is written and synced.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter
from typing import TYPE_CHECKING

from workbook.calling import read_demo
from workbook.checks import run
from workbook.content import load_steps
from workbook.plan import Plan, annotation_of, read_answer, replace_answer
from workbook.session import Session
from workbook.storage.connections import hold_database
from workbook.storage.database import DatabaseStore
from workbook.storage.defaults import default_address
from workbook.storage.encryption import compress, new_key
from workbook.storage.folder import FileStore
from workbook.storage.plan_file import PlanFile, read_plan_file, write_for_saving
from workbook.values import Problem, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.content import Question

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
ROUNDS = 200
_SENTENCE = "What a business writes of itself in a sentence or two, as most of them do here. " * 9
_RECORDS = 60
_LETTERS = 1600

Times = dict[str, tuple[float, float]]


def fill_plan() -> Plan:
    """A plan with long answers in every list that grows: about 200 KB."""
    chance = Random(20261121)
    said = (
        "people in town ask there for a plumber we mend leaks and fit bathrooms for them "
        "they tell their neighbours who to ring when a tap drips or a drain is slow"
    )
    words = said.split()
    plan = replace_answer(Plan(), "start.name", "A plumbing company")
    for number in range(_RECORDS):
        text = " ".join(chance.choices(words, k=_LETTERS // 5))
        plan = replace_answer(plan, f"start.accounts.a{number:03}.opened_because", text)
        plan = replace_answer(plan, f"goals.whys.w{number:03}.reason", text[::-1])
    for number in range(3):
        for name, value in (("target", 6.0), ("baseline", 3.0), ("due", date(2027, 3, 31))):
            plan = replace_answer(plan, f"goals.goals.g{number:03}.{name}", value)
    return plan


def finish_plan() -> Plan:
    """The example with every question answered, three goals and eight accounts: about 20 KB."""
    plan = read_demo(NOW.date()).plan
    for number in range(3 - len(plan.goals.goals)):
        plan = _repeat(plan, "goals.goals", f"goal{number:04}")
    for number in range(8 - len(plan.start.accounts)):
        plan = _repeat(plan, "start.accounts", f"acco{number:04}")
    for step in load_steps():
        for question in step.questions.values():
            plan = _fill(plan, question, question.path)
            for record in read_answer(plan, question.path) or () if question.fields else ():
                for field in question.fields:
                    plan = _fill(plan, field, f"{question.path}.{record.id}.{field.id}")
    return plan


def _repeat(plan: Plan, path: str, name: str) -> Plan:
    """The plan with the first entry of a list once more, under another id."""
    first = read_answer(plan, path)[0]
    for field, value in first:
        if field != "id" and value is not None:
            plan = replace_answer(plan, f"{path}.{name}.{field}", value)
    return plan


def _fill(plan: Plan, question: Question, path: str) -> Plan:
    """The plan with an answer to a question that has none, the first that can be read."""
    given = read_answer(plan, path)
    if isinstance(given, str) and question.kind == "long_text":
        return replace_answer(plan, path, f"{given} {_SENTENCE}")
    if question.fields or given not in (None, (), ""):
        return plan
    options = [option.value for option in question.options if option.value != "other"]
    for raw in (*options[:1], question.example, _SENTENCE, "3", "2027-03-31", "example.com"):
        value = read(annotation_of(path), raw)
        if value not in (None, (), "") and not isinstance(value, Problem):
            return replace_answer(plan, path, value)
    return plan


def time_it(work: Callable[[int], object], rounds: int) -> tuple[float, float]:
    """Median and 95th percentile of a piece of work, in milliseconds."""
    taken = []
    for number in range(rounds):
        start = perf_counter()
        work(number)
        taken.append((perf_counter() - start) * 1000)
    parts = quantiles(taken, n=20)
    return parts[9], parts[18]


def time_answers(folder: Path, plan: Plan, rounds: int) -> tuple[float, float]:
    """An answer until its plan, findings and saving are done, in a file held by a server."""
    with hold_database(default_address(folder)):
        return _time_answers(folder, plan, rounds)


def _time_answers(folder: Path, plan: Plan, rounds: int) -> tuple[float, float]:
    store = DatabaseStore(default_address(folder), new_key(), today=NOW.date())
    store.save(PlanFile(plan=plan), expected_revision=0, now=NOW)
    session = Session(store, clock=lambda: NOW)

    def answer(number: int) -> None:
        outcome = session.answer("start.people", str(number + 1))
        if outcome.error or outcome.problem or not session.is_saved or session.findings is None:
            raise RuntimeError(str(outcome))

    answer(0)
    return time_it(answer, rounds)


def time_stores(folder: Path, plan: Plan, rounds: int) -> Times:
    """Saving and loading in each store, without a session."""
    found: Times = {}
    stores = {
        "database": DatabaseStore(default_address(folder), new_key(), today=NOW.date()),
        "file": FileStore(folder / "plan.json"),
    }
    for name, store in stores.items():
        state = [store.save(PlanFile(plan=plan), expected_revision=0, now=NOW)]

        def save(_number: int, store: object = store, state: list[PlanFile] = state) -> None:
            state[0] = store.save(state[0], expected_revision=state[0].revision, now=NOW)  # type: ignore[attr-defined]

        found[f"{name}: save"] = time_it(save, rounds)
        found[f"{name}: load"] = time_it(lambda _, store=store: store.load(), rounds)  # type: ignore[misc]
        found[f"{name}: look"] = time_it(lambda _, store=store: store.revision(), rounds)  # type: ignore[misc]
    return found


def time_parts(folder: Path, plan: Plan, rounds: int) -> Times:
    """What saving consists of, and a bare file of the same size."""
    file = PlanFile(plan=plan)
    raw = write_for_saving(file, name="", limit_mb=2, indent=None)
    small = compress(raw)

    def write_bare(_number: int) -> None:
        with (folder / "bare").open("wb") as bare:
            bare.write(small)
            bare.flush()
            os.fsync(bare.fileno())

    return {
        "checks": time_it(lambda _: run(plan, NOW.date()), rounds),
        "write and prove": time_it(
            lambda _: write_for_saving(file, name="", limit_mb=2, indent=None), rounds
        ),
        "read": time_it(lambda _: read_plan_file(raw, name="", limit_mb=2), rounds),
        "compress": time_it(lambda _: compress(raw), rounds),
        f"bare file of {len(small) // 1000} KB": time_it(write_bare, rounds),
    }


def measure(rounds: int = ROUNDS) -> Times:
    """Every figure by its name: median and 95th percentile in milliseconds."""
    plan, finished = fill_plan(), finish_plan()
    nearly_empty = replace_answer(Plan(), "start.name", "A plumbing company")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "one").mkdir()
        (folder / "finished").mkdir()
        return {
            "answer to saved, full plan": time_answers(folder, plan, rounds),
            "answer to saved, finished plan": time_answers(folder / "finished", finished, rounds),
            "answer to saved, one answer": time_answers(folder / "one", nearly_empty, rounds),
            **time_stores(folder, plan, rounds),
            **time_parts(folder, plan, rounds),
        }


def main() -> None:
    """Print the figures as a table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    sizes = {
        name: len(write_for_saving(PlanFile(plan=plan), name="", limit_mb=2, indent=None)) // 1000
        for name, plan in (("full", fill_plan()), ("finished", finish_plan()))
    }
    print(f"plans of {sizes} KB, {rounds} rounds, milliseconds")  # noqa: T201 - a command
    for name, (middle, most) in measure(rounds).items():
        print(f"{name:32} median {middle:6.2f}   p95 {most:6.2f}")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
