"""Every reason the workbook exists for is met where it says so, in each step that is there."""

from __future__ import annotations

import pytest

from tests.exports.sample_plans import IN_FULL, TODAY, make_finished
from workbook.checks.run import load_checks
from workbook.content import load_step
from workbook.discovery import read_toml
from workbook.plan import step_names

REASONS = read_toml("reasons.toml")
SEEDS = [*(f"A{n}" for n in range(1, 10)), *(f"B{n}" for n in range(1, 4)), "back-on-track"]
COMING: set[str] = set()
"""Steps that reasons name and that are not there yet."""
MET = [(seed, step) for seed in SEEDS for step in REASONS[seed]["steps"] if step in step_names()]


def _questions(step):
    for question in load_step(step).questions.values():
        yield question
        yield from question.fields


def test_every_reason_is_there():
    """Nine reasons, three failures and the way back, each with words of its own, and no more."""
    assert list(REASONS) == SEEDS
    for field in ("title", "words"):
        assert len({reason[field] for reason in REASONS.values()}) == len(SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_reason_is_met_today(seed):
    """Each reason is met by a step that is there, and only steps there are or will be are named."""
    steps = set(REASONS[seed]["steps"])
    assert "diagnosis" in steps & set(step_names())
    assert steps <= {*step_names(), *COMING}


@pytest.mark.parametrize(("seed", "step"), MET)
def test_question_asks_about_reason(seed, step):
    """A step that is to meet a reason asks about it."""
    assert [q.id for q in _questions(step) if seed in q.seeds]


@pytest.mark.parametrize(("seed", "step"), MET)
def test_finding_mends_reason(seed, step):
    """A step that is to meet a reason has a check that reports it and says what to do."""
    checks = {check.id for check in load_checks() if check.step == step}
    findings = load_step(step).findings
    assert [n for n, text in findings.items() if seed in text.seeds and text.do and n in checks]


@pytest.mark.parametrize("step", step_names())
def test_step_names_no_other_reason(step):
    """Questions and findings name reasons that there are."""
    named = [*_questions(step), *load_step(step).findings.values()]
    assert {seed for item in named for seed in item.seeds} <= set(SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_strategy_has_a_line_for_reason(seed):
    """The strategy has a line for each reason, from every step that is to meet it."""
    from workbook.exports.documents import gather, strategy

    met = strategy.seeds_met(gather(make_finished(), TODAY, switches=IN_FULL))
    assert set(REASONS[seed]["steps"]) & set(step_names()) <= met[seed]
