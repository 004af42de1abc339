"""The rules for staff as a business has them: ready-made, in its own words, or left out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.platforms import load_platforms
from workbook.steps.conduct.answers import Approval, Choice, Country, Form, Use
from workbook.tone.vocabulary import read_lines
from workbook.values import UNKNOWN, Frozen
from workbook.wording import write_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from workbook.plan import Plan

STEP = "conduct"
CLAUSES = "steps/conduct/clauses.toml"
LIST = f"{STEP}.clauses"
INSIDE = "privacy"
"""The rule about what stays inside."""
UNSHOWN = "mix.not_ours"
"""The answer with what is of interest and not the business's to show."""
_LONGEST_TAG = 40


class Clause(Frozen):
    """One of the sixteen sections, as the workbook brings it."""

    id: str
    label: str
    group: str
    text: str
    brief: str
    rationale: str
    jurisdiction: tuple[Country, ...]
    severity: str
    editable: bool
    sources: tuple[str, ...]
    also: dict[Country, str]
    also_brief: dict[Country, str]


class Rule(Frozen):
    """A section as it reads in one plan."""

    clause: Clause
    use: Use
    text: str
    """What is in force: ready-made with its blanks filled, or the business's own words."""
    ready: str
    """The ready-made wording with its blanks filled."""
    path: str
    """Where the plan keeps what the business made of it."""
    listed: tuple[str, ...] = ()
    """What the business said is not its own to show, on the page of being social."""


@cache
def load_clauses(language: str = BASE_LANGUAGE) -> dict[str, Clause]:
    """The sixteen sections by their id, in their order."""
    shapes = load_words(CLAUSES)["clauses"]
    words = load_words(CLAUSES, language)["clauses"]
    return {name: _make(name, shape, words[name]) for name, shape in shapes.items()}


def _make(name: str, shape: Mapping[str, Any], words: Mapping[str, Any]) -> Clause:
    """A section: what it says in a language, and what it is whatever the language."""
    kept = {key: shape[key] for key in ("group", "jurisdiction", "severity", "editable", "sources")}
    said = {key: words[key] for key in ("label", "text", "brief", "rationale")}
    also = {key: words.get(key, {}) for key in ("also", "also_brief")}
    return Clause(id=name, **also, **kept, **said)


def choose_form(plan: Plan) -> Form:
    """How long the rules are: as chosen; else one page where only a few people work."""
    if plan.conduct.form is not None:
        return plan.conduct.form
    people = plan.start.people
    few = default_of(plan, f"{STEP}.few_people")
    return Form.SIXTEEN if people is not None and people >= few else Form.ONE_PAGE


def list_countries(plan: Plan) -> tuple[Country, ...]:
    """The countries whose rules apply; all of them as long as nobody said."""
    return plan.conduct.countries or tuple(Country)


def find_choice(plan: Plan, clause: str) -> Choice | None:
    """What the business made of a section, where it did something with it."""
    named = [c for c in plan.conduct.clauses if (c.clause or c.id) == clause]
    return named[0] if named else None


def list_rules(
    plan: Plan, today: date, language: str = BASE_LANGUAGE, *, form: Form | None = None
) -> tuple[Rule, ...]:
    """All sections as they read in a plan, in the form it uses; those that are left out too.

    Args:
        plan: The plan.
        today: The day that stands in the rules as that of this version.
        language: The language of the words.
        form: Another form than the one the plan uses.
    """
    chosen = form or choose_form(plan)
    values = _fill(plan, today, language)
    found = []
    for clause in load_clauses(language).values():
        ready = _write(plan, clause, chosen, values, language)
        if ready:
            found.append(_choose(plan, clause, ready))
    return tuple(found)


def write_notice(plan: Plan, today: date, language: str = BASE_LANGUAGE) -> str:
    """Lines for the privacy notice on pages at networks; empty outside Europe [C14][C15]."""
    if not {Country.EU, Country.UK} & set(plan.conduct.countries):
        return ""
    words, known = load_words(CLAUSES, language)["notice"], load_platforms(language)
    there = dict.fromkeys(a.platform for a in plan.start.accounts if a.platform in known)
    places = ", ".join(known[name].name for name in there if name) or words["places"]
    contact = _fill(plan, today, language)["data_contact"]
    return str(words["text"].format(places=places, data_contact=contact))


def _choose(plan: Plan, clause: Clause, ready: str) -> Rule:
    choice = find_choice(plan, clause.id)
    use = choice.use if choice and choice.use else Use.READY
    own = choice.text if choice and clause.editable and use is Use.OWN else None
    if use is Use.OWN and own in (None, "", ready):
        use = Use.READY
    entry = choice.id if choice else clause.id
    listed = () if use is Use.OUT else _list_unshown(plan, clause, own or ready)
    path = f"{LIST}.{entry}"
    return Rule(clause=clause, use=use, text=own or ready, ready=ready, path=path, listed=listed)


def _list_unshown(plan: Plan, clause: Clause, text: str) -> tuple[str, ...]:
    """What is not to be shown, for the rule about what stays inside; not what that says already."""
    if clause.id != INSIDE:
        return ()
    said = text.casefold()
    return tuple(line for line in read_lines(plan.mix.not_ours) if line.casefold() not in said)


def write_listed(rule: Rule, language: str = BASE_LANGUAGE) -> str:
    """The list below a rule as a sentence; empty where there is none."""
    words = load_words(CLAUSES, language)["words"]
    things = "; ".join(line.rstrip(".") for line in rule.listed)
    return str(words["listed"]).format(things=things) if things else ""


def _write(plan: Plan, clause: Clause, form: Form, values: Mapping[str, str], language: str) -> str:
    """The ready-made wording in a form; empty where the form has no such section."""
    countries = list_countries(plan)
    if form is Form.ONE_PAGE:
        short = dict.fromkeys(clause.also_brief[c] for c in countries if c in clause.also_brief)
        return _tidy(" ".join([clause.brief, *short]).format(**values))
    only_in = load_words(CLAUSES, language)["countries"]
    more = [
        only_in[country].format(text=clause.also[country])
        for country in countries
        if country in clause.also
    ]
    return _tidy("\n\n".join([clause.text, *more]).format(**values))


def _tidy(text: str) -> str:
    """The text without what empty blanks leave behind, each sentence with a capital."""
    text = re.sub(r"\.{2,}", ".", re.sub(r" {2,}", " ", text)).strip()
    return _START.sub(lambda match: match[0][:-1] + match[0][-1].upper(), text)


_START = re.compile(r"(?:^|[.?] |\n)[a-z](?=[a-z]* )")
"""The first letter of a sentence, where it may be the article of a role that was filled in."""


def _fill(plan: Plan, today: date, language: str) -> dict[str, str]:
    """What stands in the braces of the sections."""
    words, spoken = load_words(CLAUSES, language), name_spoken(language)
    conduct, blanks, articles = plan.conduct, words["blanks"], words["words"]["articles"]
    who = (_know(plan.start.who) or "").partition(",")[0]
    given = {
        "business": plan.start.name,
        "speakers": _join(conduct.speakers, articles) or who,
        "owner": _know(conduct.owner) or who,
        **{n: _know(getattr(conduct, n)) for n in _NAMED},
        "review": write_day(conduct.review, spoken) if conduct.review else None,
        "tag": _make_tag(plan.start.name, words["words"]["employee"]),
    }
    values = {name: _lower(given[name], articles) or blank for name, blank in blanks.items()}
    values["today"] = write_day(today, spoken)
    approval = words["approval"].get(_name_approval(plan), "")
    values["approval"] = approval.format(approver=values["approver"])
    alone = plan.start.people == 1 and not given["deputy"]
    standing_in = "" if alone else words["standing_in"]["known"]
    values["standing_in"] = standing_in.format(deputy=values["deputy"])
    values["buttons"] = _list_buttons(plan, words["words"])
    return values


def name_spoken(language: str) -> str:
    """The language the rules themselves are in: English, until a translation has their text."""
    texts = (load_words(CLAUSES, each)["clauses"] for each in (BASE_LANGUAGE, language))
    ours, theirs = ([clause["text"] for clause in each.values()] for each in texts)
    return BASE_LANGUAGE if ours == theirs else language


_NAMED = ("approver", "pauser", "deputy", "data_contact", "privacy_notice")


def _lower(text: str | None, articles: Sequence[str]) -> str:
    """A role as it stands within a sentence: “the owner”, but “Anna”."""
    first, space, rest = (text or "").partition(" ")
    return f"{first.lower()}{space}{rest}" if first in articles else text or ""


def _know(value: object) -> str | None:
    return None if value in (None, UNKNOWN) else str(value)


def _join(text: str | None, articles: Sequence[str] = ()) -> str | None:
    """Lines as one sentence."""
    lines = [_lower(line.strip(" ,;"), articles) for line in (text or "").splitlines()]
    return ", ".join(line for line in lines if line).rstrip(".") or None


def _name_approval(plan: Plan) -> str:
    approval = plan.conduct.approval
    return approval.value if approval not in (None, Approval.UNKNOWN) else ""


def _make_tag(name: str | None, form: str) -> str | None:
    """A tag that names the business as the employer, such as ExamplePlumbingEmployee."""
    words = re.findall(r"\w+", name or "")
    bare = "".join(word[:1].upper() + word[1:] for word in words)
    return form.format(name=bare[:_LONGEST_TAG]) if bare else None


def _list_buttons(plan: Plan, words: Mapping[str, str]) -> str:
    """Where the button is for each tool, as one sentence."""
    found = [
        words["button"].format(
            tool=pause.tool, button=_join(_know(pause.button)) or words["button_open"]
        )
        for pause in plan.conduct.pauses
        if pause.tool
    ]
    return " " + words["buttons"].format(buttons="; ".join(found)) if found else ""
