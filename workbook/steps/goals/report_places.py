"""What becomes of each place: kept, left out, at rest, silent, or still open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import find_question, load_step
from workbook.exports.documents import (
    Decided,
    Material,
    Statement,
    collect_seeds,
    cut,
    lay_out_rows,
)
from workbook.fit.fates import Use, judge_use
from workbook.steps.goals.answers import Decision, Serves
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.steps.goals.answers import Why

STEP = "goals"
LONG_QUOTE = 240
_PENDING = "pending"


def write_places(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """Every place with its reason, what it serves, and what becomes of it."""
    whys = material.plan.goals.whys
    if not whys:
        return
    question = load_step(STEP, material.language).questions["whys"]
    rows = [
        (
            name_place(material, why),
            material.answer(f"goals.whys.{why.id}.reason"),
            material.answer(f"goals.whys.{why.id}.serves"),
            words["why"][judge(material, words, why)],
        )
        for why in whys
    ]
    found = lay_out_rows(
        material, words["why"]["columns"], rows, words["why"]["table"], widths=(1.1, 2.8, 1.1, 1.0)
    )
    for block in found:
        yield Statement(block, collect_seeds([question, *question.fields]), STEP)


def name_place(material: Material, why: Why) -> str:
    """What a place is called."""
    asked = load_step(STEP, material.language).questions["whys"]
    return material.answer(f"goals.whys.{why.id}.platform") or asked.record


def judge(material: Material, words: Mapping[str, Any], why: Why) -> str:
    """Whether a place stays, is left out, rests, or is still open."""
    start = f"goals.whys.{why.id}."
    found = {finding.id for finding in material.findings if finding.path.startswith(start)}
    if found & set(words["left_out"]):
        return "left"
    if material.plan.goals.decision is Decision.NOT_NOW:
        return "rests"
    if found or not why.reason or not why.serves or UNKNOWN in (why.reason, why.serves):
        return _PENDING
    return "stays"


def count_staying(material: Material, words: Mapping[str, Any]) -> int:
    """How many places stay."""
    return sum(judge(material, words, why) == "stays" for why in material.plan.goals.whys)


def list_places(material: Material, words: Mapping[str, Any]) -> Iterator[str]:
    """Each place with what becomes of it, in one line; accounts nobody gave a reason for too."""
    forms, whys = words["places"], material.plan.goals.whys
    silent = {
        account.platform
        for account in material.plan.start.accounts
        if account.last_posted in words["waiting"]["silent_answers"]
    }
    going = _list_going(material)
    for why in [each for each in whys if each.platform not in going]:
        verdict = judge(material, words, why)
        serves = material.answer(f"goals.whys.{why.id}.serves")
        line = forms[verdict].format(place=name_place(material, why), serves=serves)
        is_silent = why.platform is not None and why.platform in silent
        yield forms["silent"].format(line=line) if is_silent else line
    named = {*going, *(why.platform for why in whys)}
    for account in material.plan.start.accounts:
        if account.platform and account.platform not in named:
            named.add(account.platform)
            place = material.answer(f"start.accounts.{account.id}.platform")
            line = forms["unnamed"].format(place=place)
            is_silent = account.platform in silent
            yield forms["silent"].format(line=line) if is_silent else line


def _list_going(material: Material) -> set[str]:
    """The places of which each account is parked or closed: that is told of the account."""
    uses: dict[str, set[Use]] = {}
    for account in material.plan.start.accounts:
        use = judge_use(material.plan, account.platform, account)
        uses.setdefault(account.platform or "", set()).add(use)
    return {place for place, found in uses.items() if place and found == {Use.CLOSING}}


def decide_places(material: Material, words: Mapping[str, Any]) -> Iterator[Decided]:
    """What is decided about each place, because of its reason and what it serves."""
    question = load_step(STEP, material.language).questions["whys"]
    for why in material.plan.goals.whys:
        verdict = judge(material, words, why)
        what = words["decided"][f"place_{verdict}"].format(place=name_place(material, why))
        because = _give_reason(material, words["decided"], why)
        yield Decided(what, because, question.seeds, STEP, is_open=verdict == _PENDING)


def _give_reason(material: Material, decided: Mapping[str, str], why: Why) -> str:
    path = f"goals.whys.{why.id}"
    reason = "" if why.reason == UNKNOWN else cut(material.answer(f"{path}.reason"), LONG_QUOTE)
    serves = "" if why.serves is Serves.UNKNOWN else material.answer(f"{path}.serves")
    form = {
        (True, True): "place_because",
        (True, False): "place_reason_only",
        (False, True): "place_serves_only",
        (False, False): "place_bare",
    }[bool(reason), bool(serves)]
    return decided[form].format(reason=reason, serves=serves)


def list_served(material: Material) -> str:
    """What the goals and places are to serve, in words, each once."""
    goals = material.plan.goals
    paths = [f"goals.goals.{goal.id}.objective" for goal in goals.goals if goal.objective]
    served = [why for why in goals.whys if why.serves not in {None, Serves.NOTHING, Serves.UNKNOWN}]
    paths += [f"goals.whys.{why.id}.serves" for why in served]
    return ", ".join(dict.fromkeys(material.answer(path) for path in paths))


def know(material: Material, path: str) -> str:
    """An answer in words; empty where there is none or nobody knows."""
    answer = material.answer(path)
    return "" if answer == find_question(path, material.language).unknown else answer
