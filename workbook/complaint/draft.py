"""The drafted reply: a form filled from the plan and the case, with marked gaps for the rest.

The pattern is public, then private, then closed in public [Q17]: thank, name the topic, take the
feeling seriously and not the claim, one thing that is done, where it goes on, and by when.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.complaint.entries import load_entries
from workbook.complaint.personal import find_personal
from workbook.complaint.reply import Setting
from workbook.complaint.rules import write_moment
from workbook.complaint.severity import Level
from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.steps.complaints.answers import Channel
from workbook.values import UNKNOWN, clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from workbook.complaint.tree import Outcome
    from workbook.plan import Plan

WORDS = "complaint/templates.toml"
HOLDING = "holding"
"""The draft that is one approved line and nothing else."""
_LONGEST_PART = 200
_DIRECT = {
    "facebook": Channel.MESSENGER,
    "instagram": Channel.INSTAGRAM,
    "whatsapp": Channel.WHATSAPP,
}
"""On these networks a private message is the channel itself."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted reply: the form it follows, its text, and the parts that it must have."""

    template: str
    text: str
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote: where, in which words, and under which name, as far as it is known."""

    platform: str = ""
    text: str = ""
    name: str = ""
    topic: str = ""
    is_review: bool = False


def list_templates(language: str = BASE_LANGUAGE) -> dict[str, str]:
    """The titles of all drafts by their ids."""
    return {name: form["title"] for name, form in load_words(WORDS, language)["drafts"].items()}


def choose_template(
    outcome: Outcome, written: Written, *, needs_answer: bool, level: Level = Level.S1
) -> str:
    """The id of the draft for an outcome; empty where nothing is answered.

    When a case spreads or is grave, an outcome that is answered gets the holding line: nothing
    is admitted or promised before the people for that level have seen it.
    """
    if outcome.id == "legal" and find_personal(written.text):
        return "privacy"
    if is_held(outcome, level):
        return HOLDING
    if written.is_review and outcome.review:
        return outcome.review
    return outcome.asked if needs_answer and outcome.asked else outcome.template


def is_held(outcome: Outcome, level: Level) -> bool:
    """Whether the approved line comes before any other answer."""
    return level in (Level.S3, Level.S4) and outcome.scored and bool(outcome.template)


def write_draft(
    plan: Plan,
    template: str,
    written: Written,
    due: datetime | None = None,
    language: str = BASE_LANGUAGE,
) -> Draft | None:
    """The draft for a case; None where there is none, or where no holding line is approved.

    Args:
        plan: Gives the private place, the holding line and how a reply is signed.
        template: The id of the draft.
        written: What somebody wrote.
        due: By when the person hears again, in the business's own time.
        language: The language of the draft.
    """
    words = load_words(WORDS, language)
    form = load_entries(WORDS, "drafts", ("needs",), language).get(template)
    line = plan.complaints.holding_line
    if form is None or (template == HOLDING and line in (None, UNKNOWN, "")):
        return None
    gaps: Mapping[str, str] = words["gaps"]
    known = {
        "name": _shorten(written.name),
        "topic": _shorten(written.topic),
        "deadline": write_moment(due, language) if due else "",
        "sign": plan.complaints.initials or "",
        "private": _write_private(plan, words, written.platform),
        "line": clean_text(line or ""),
    }
    filled = {**gaps, **{part: value for part, value in known.items() if value}}
    text = " ".join(form["text"].format(**filled).split())
    return Draft(template, text, frozenset(form["needs"]))


def _shorten(text: str) -> str:
    return " ".join(clean_text(text).split())[:_LONGEST_PART]


def _write_private(plan: Plan, words: Mapping[str, Mapping[str, str]], platform: str) -> str:
    """Where it goes on in private: the sentence that names the plan's own place."""
    channel = plan.complaints.channel or Channel.UNKNOWN
    here = _DIRECT.get(platform) is channel
    address = plan.complaints.channel_address or words["gaps"]["address"]
    return words["private"]["here" if here else channel.value].format(address=address)


def setting_of(
    plan: Plan, draft: Draft | None, written: Written, limit: int = 0, platform: str = ""
) -> Setting:
    """What the linter knows of a reply.

    Args:
        plan: The business's own addresses and what the team may promise.
        draft: The draft the reply began with, for the parts it must have.
        written: What somebody wrote.
        limit: The most characters the network takes.
        platform: The name of the network.
    """
    ours = plan.complaints
    may_give = None if ours.put_right in (None, UNKNOWN) else ours.put_right
    line = ours.holding_line if ours.holding_line not in (None, UNKNOWN) else ""
    return Setting(
        needs=draft.needs if draft else frozenset(),
        name=written.name,
        topic=written.topic,
        said=written.text,
        limit=limit,
        platform=platform,
        allowed=tuple(each for each in (ours.channel_address, plan.start.website, line) if each),
        may_give=may_give,
        english_share=default_of(plan, "voice.english_share"),
    )
