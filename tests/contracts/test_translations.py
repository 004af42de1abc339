"""A translation lies over the English words: no leftover where it speaks, English where not."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from tests.contracts.grouping import hold_for_each, in_order
from tests.exports.sample_plans import PLANS, TODAY, make_blocked, make_waiting
from tests.interface.conftest import store, visit_page  # noqa: F401 - fixtures
from workbook import content
from workbook.checks import list_todos, run
from workbook.content import (
    explain_error,
    explain_problem,
    find_question,
    load_step,
    load_steps,
    load_words,
)
from workbook.discovery import find_files, read_toml, root
from workbook.errors import StoreFull
from workbook.evidence import load_sources, write_source
from workbook.evidence.survey import load_published, load_terms
from workbook.exports.documents import build_document, gather, load_documents
from workbook.interface.escaping import escape_text
from workbook.interface.form import tell_judging
from workbook.plan import Plan, step_names
from workbook.platforms import load_platforms
from workbook.values import Problem

ENGLISH = re.compile(r"[A-Za-z]{3,}|(?<![\d.,])\d+(?:[.,]\d+)+")
"""Words, and numbers with a point or a comma in them."""
NO_SENTENCE = re.compile(r"(?<=\t)[\d.]+$|^\d+\.\d+(?=\u2002)", re.MULTILINE)
"""A cell that the format writes as it writes numbers, and what a question of a sheet is called."""
MADE = {
    "finished": PLANS["finished"], "empty": Plan, "blocked": make_blocked, "waiting": make_waiting,
}  # fmt: skip
CHANNELS = [rule["channel"] for rule in read_toml("measurement/channels.toml")["rules"].values()]
PUBLISHERS = [source.publisher for source in load_sources().values()]
QUOTED = [*map(write_source, load_sources()), *load_terms().values(), *CHANNELS, *PUBLISHERS]
SAME = sorted({*QUOTED, *map(escape_text, QUOTED)}, key=len, reverse=True)
PLACES = {*(p.name for p in load_platforms().values()), *(r.platform for r in load_published())}
NAMES = {word for name in PLACES for word in ENGLISH.findall(name)}


def _examples():
    for place in [*(f"steps/{step}" for step in step_names()), "checks/across"]:
        words = read_toml(f"{place}/examples.toml")
        for example in [*words.get("good", ()), *words.get("finding", ())]:
            step = place.rpartition("/")[2]
            parts = {step: example["answers"]} if "answers" in example else {}
            plan = Plan.model_validate({**parts, **example.get("plan", {})})
            yield pytest.param(plan, words["today"], id=example.get("id") or example["name"])


EXAMPLES = list(_examples())


def _leftovers(text, plan):
    """English words in a text that the business did not type itself."""
    said = json.dumps(plan.model_dump(mode="json"), ensure_ascii=False).replace("\\n", " ")
    typed = set(ENGLISH.findall(said))
    typed.add((plan.start.name or "").replace(" ", ""))  # in a tag it is one word
    return sorted(set(ENGLISH.findall(text)) - typed - NAMES)


def _without_sources(text):
    """A text without sources, terms and addresses, which are the same in every language."""
    for same in SAME:
        text = text.replace(same, "")
    return re.sub(r"https?://[^\s<]+", "", text)


# -- no leftovers -------------------------------------------------------------------------------


@pytest.mark.parametrize("step", step_names())
def test_questions_are_translated(made_up, step):
    """Title, screens, questions, options and reasons of a step speak the other language."""
    words = load_step(step, made_up)
    said = [words.title, words.task, words.guidance, *words.have_ready]
    said += [t for s in words.sections for t in (s.title, s.lead)]
    for question in words.questions.values():
        for field in (question, *question.fields):
            said += [
                field.label,
                field.why,
                field.hint,
                field.subject,
                field.example,
                field.unknown,
            ]
            said += [field.find_out, *(o.hint for o in field.options)]
            said += [o.label for o in field.options]
    assert _leftovers(" ".join(said), Plan()) == []


@hold_for_each("plan,today", in_order(EXAMPLES))
def test_findings_are_translated(made_up, plan, today):
    """Every part of a finding, and what it offers, speaks the other language."""
    for finding in run(plan, today, language=made_up):
        said = [finding.what, finding.because, finding.do, finding.sure, finding.change]
        said += [offer.label for offer in finding.offers]
        assert _leftovers(" ".join(said), plan) == [], finding.id


@pytest.mark.parametrize("made", MADE)
def test_todos_are_translated(made_up, made):
    """Things to do speak the other language."""
    plan = MADE[made]()
    todos = list_todos(plan, run(plan, TODAY, language=made_up), TODAY, language=made_up)
    assert _leftovers(" ".join(f"{t.text} {t.why}" for t in todos), plan) == []


@pytest.mark.parametrize("problem", read_toml("values.toml"))
def test_problems_are_translated(made_up, problem):
    """What to mend speaks the other language."""
    question = load_step("start", made_up).questions["people"]
    values = {"limit": 1, "length": 2, "most": "3"}
    assert _leftovers(explain_problem(Problem(problem, values), question, made_up), Plan()) == []


def test_errors_are_translated(made_up):
    """What went wrong and the next step speak the other language."""
    assert _leftovers(" ".join(explain_error(StoreFull(), made_up)), Plan()) == []


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("name", load_documents())
def test_documents_are_translated(made_up, name, made):
    """A document speaks the other language, save the names of its sources."""
    plan = MADE[made]()
    text = build_document(name, gather(plan, TODAY, language=made_up)).text()
    assert _leftovers(_without_sources(NO_SENTENCE.sub("", text)), plan) == []


@pytest.mark.thorough
@pytest.mark.parametrize("made", ["finished", "empty", "waiting"])
@pytest.mark.parametrize("name", [*step_names(), "finish"])
def test_pages_are_translated(made_up, visit_page, name, made):  # noqa: F811 - the fixture
    """Each screen speaks the other language: headings, findings, buttons, and what is told."""
    plan = MADE[made]()
    browser = visit_page(name, plan, language=made_up)
    for screen in browser.page.screens:
        browser.page.show(screen.id)
        no_words = r"<svg.*?</svg>|<pre.*?</pre>"  # a picture, and lines of code to copy
        html = _without_sources(re.sub(no_words, "", browser.html(), flags=re.DOTALL))
        assert _leftovers(re.sub(r"<[^>]*>|&#?\w+;", " ", html), plan) == [], screen.id
        assert _leftovers(screen.title, plan) == []
    said = [v for v in browser.page.desk.words.values() if isinstance(v, str)]
    assert len(said) > 30
    assert _leftovers(re.sub(r"\{\w+\}", "", " ".join(said)), plan) == []


# -- numbers and days ---------------------------------------------------------------------------

WRITERS = {"write_number", "write_day", "write_value"}
FOR_PROGRAMS = {"steps/goals/reading.py", "steps/review/proposals.py", "fit/request.py"}
"""Where a number goes into an answer, or to the command line."""


def find_numbers(source):
    """The lines on which a number or a day is written without naming a language."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    named = (c for c in calls if isinstance(c.func, ast.Name) and c.func.id in WRITERS)
    return [call.lineno for call in named if len(call.args) + len(call.keywords) < 2]


@pytest.mark.thorough
def test_numbers_are_written_in_the_language_of_the_page():
    """Their marks differ, as in 1.234,5; only the command line has none of its own."""
    package = Path(str(root()))
    paths = {str(path.relative_to(package)): path for path in package.rglob("*.py")}
    looked_at = [
        name
        for name in paths
        if not name.startswith(("commands/", "documentation/")) and name not in FOR_PROGRAMS
    ]
    assert len(looked_at) > 300
    found = {name: find_numbers(paths[name].read_text(encoding="utf-8")) for name in looked_at}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert find_numbers("write_number(4)\nwrite_day(day, language)") == [1]


def test_a_page_says_where_it_judges_by_english_words(made_up):
    """Below such a question, in a page of any other language; an English one has no need to."""
    judged = load_words("interface/judging.toml")["judged_by_words"]
    for path in judged:
        assert find_question(path)
        assert tell_judging(path, "en") == ""
        assert tell_judging(path, made_up)
    assert tell_judging("start.name", made_up) == ""


@pytest.mark.parametrize("language", ["en", "es"])
def test_legal_clauses_stay_english_and_say_so(visit_page, language):  # noqa: F811 - the fixture
    """In a page of another language they are marked as what they are, days in them included."""
    browser = visit_page("voice", PLANS["finished"](), language=language)
    screen = next(s for s in browser.page.screens if s.id.startswith("conduct/rules"))
    browser.page.show(screen.id)
    html = browser.html()
    assert "for the business speak:" in html.lower()
    assert ('<div lang="en">' in html) == (language != "en")


# -- English where there is none ----------------------------------------------------------------


def test_missing_text_falls_back_to_english(monkeypatch):
    """A translation that covers one text leaves all others in English."""
    over = "translations/qqb/steps/start/step.toml"
    given = {"title": "Ihr Betrieb", "questions": {"name": {"label": "Wie heißt er?"}}}
    monkeypatch.setattr(content, "exists", lambda path: path == over)
    monkeypatch.setattr(
        content, "read_toml", lambda path: given if path == over else read_toml(path)
    )
    step, english = load_step("start", "qqb"), load_step("start")
    assert step.title == "Ihr Betrieb"
    assert step.questions["name"].label == "Wie heißt er?"
    assert step.questions["name"].why == english.questions["name"].why
    assert step.questions["people"] == english.questions["people"]
    assert step.guidance == english.guidance
    assert step.findings == english.findings


def test_language_without_a_folder_is_english():
    """A language that nobody has translated reads as English."""
    assert load_steps("qqc") == load_steps()
    assert load_words("errors.toml", "qqc") == load_words("errors.toml")


def test_there_is_something_to_translate():
    """The examples and files looked at above are all there are."""
    assert len(EXAMPLES) > 30
    assert len(find_files("interface", ".toml")) >= 3
