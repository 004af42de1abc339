"""What every step keeps to: its words, checks, examples and numbers. New steps fall under it."""

from __future__ import annotations

import re

import pytest

from tests.contracts.grouping import by_place, by_step, by_words, hold_for_each
from workbook.checks import Severity, load_checks, run
from workbook.checks.progress import is_path_asked
from workbook.content import find_question, load_markdown, load_step
from workbook.discovery import exists, find_files, find_folders, read_toml, root
from workbook.evidence import load_sources
from workbook.plan import Plan, annotation_of, replace_answer, step_names
from workbook.steps.start.answers import Route
from workbook.values import Problem, read

STEPS = step_names()
PLACES = [*(f"steps/{step}" for step in STEPS), "checks/across"]
SEEDS = {*(f"A{n}" for n in range(1, 10)), *(f"B{n}" for n in range(1, 4)), "back-on-track"}
MOST_SHORT = 25
MOST_SHORT_EARLY = 21
MOST_ON_A_SCREEN = 5


def _step_fields(step):
    """Every question of a step, those within records too."""
    for question in load_step(step).questions.values():
        yield question
        yield from question.fields


FIELDS = [question for step in STEPS for question in _step_fields(step)]
DEFAULTS = [(step, name) for step in STEPS for name in load_step(step).defaults]
BY_DEFAULT = {step: [(name, (step, name)) for name in load_step(step).defaults] for step in STEPS}
CHECKS = load_checks()


def _examples(kind):
    for place in PLACES:
        words = read_toml(f"{place}/examples.toml")
        for example in words.get(kind, ()):
            yield pytest.param(
                place, example, words["today"], id=example.get("id") or example["name"]
            )


def _plan_of(place, example):
    step = place.rpartition("/")[2]
    parts = {step: example["answers"]} if "answers" in example else {}
    return Plan.model_validate({**parts, **example.get("plan", {})})


GOOD = list(_examples("good"))
BAD = list(_examples("finding"))


def _worded(check_place):
    """The findings that the words beside some checks give, by the file of those words."""
    files = (
        [f"{check_place}/step.toml"]
        if check_place != "checks/across"
        else [
            path
            for path in find_files("checks/across", ".toml")
            if not path.endswith("examples.toml")
        ]
    )
    return {(path, name) for path in files for name in read_toml(path).get("findings", {})}


# -- the step itself ----------------------------------------------------------------------------


def test_every_folder_is_a_step():
    """Each folder of a step has its line in the plan, and there is at least one."""
    assert STEPS
    assert set(find_folders("steps")) == set(STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_step_has_its_words(step):
    """A step says what it is called, which page shows it, how long it takes and what to fetch."""
    words = load_step(step)
    assert words.title
    assert words.task
    assert re.fullmatch(r"\d\d_[a-z_]+", words.page)
    assert 0 < words.minutes <= 60
    assert words.have_ready
    assert len(words.guidance.split()) > 40
    for file in ("checks.py", "examples.toml", "defaults.toml", "guidance.md"):
        assert exists(f"steps/{step}/{file}"), file


@pytest.mark.parametrize("step", STEPS)
def test_screens_ask_each_question_once(step):
    """The screens of a step name every question, each on one screen, few at a time."""
    words = load_step(step)
    named = [name for section in words.sections for name in section.questions]
    assert sorted(named) == sorted(words.questions)
    assert len({section.id for section in words.sections}) == len(words.sections)
    for section in words.sections:
        assert section.title
        assert 1 <= len(section.questions) <= MOST_ON_A_SCREEN


# -- questions ----------------------------------------------------------------------------------


@hold_for_each("question", by_step(FIELDS))
def test_question_says_why(question):
    """A question ends with its mark, says why it is asked, and can be named in an error."""
    assert question.label.endswith("?")
    assert question.why.endswith(".")
    assert question.subject
    assert question.subject[0].islower()
    assert set(question.seeds) <= SEEDS


def _tables(words, name=""):
    """Every table in a file of words with its name, however deep."""
    yield name, words
    for key, value in words.items():
        if isinstance(value, dict):
            yield from _tables(value, key)


def _is_fault(question):
    """Whether not knowing is itself what is wrong, as the files beside the step say."""
    files = find_files(f"steps/{question.path.partition('.')[0]}", ".toml")
    found = (table for file in files for table in _tables(read_toml(file)))
    return any(
        table.get("unknown_counts") is True
        and question.path == table.get("path", f"{question.path.partition('.')[0]}.{name}")
        for name, table in found
    )


@hold_for_each("question", by_step(FIELDS))
def test_not_knowing_leads_somewhere(question):
    """“I do not know” leads to a thing to find out, or counts as what is wrong."""
    values = {option.value for option in question.options}
    if question.unknown or "unknown" in values:
        assert question.find_out or _is_fault(question)
        assert not question.find_out.endswith(".")
    assert set(question.exclusive) <= values


@hold_for_each("question", by_step(q for q in FIELDS if q.show_if))
def test_condition_names_an_answer_there_is(question):
    """A question that depends on another names one that exists, and values it can have."""
    condition = question.show_if
    other = find_question(condition.question)
    assert other.path == condition.question
    values = {option.value for option in other.options}
    named = {*condition.any_of, condition.is_, condition.is_not} - {None}
    assert named <= values
    assert named or condition.answered is not None


@hold_for_each("question", by_step(q for q in FIELDS if q.fields))
def test_list_can_grow(question):
    """A list says what one entry is, how to add one, how many fit, and what heads an entry."""
    fields = {field.id for field in question.fields}
    assert question.record
    assert question.add
    assert question.most > 0
    assert question.title_from
    assert set(question.title_from) <= fields
    if question.short:
        assert any(field.short for field in question.fields)


def _short_way(decision):
    """What the short route asks a business that decides so, entries of a list counted once."""
    start = {"route": "short", "has_accounts": "yes"}
    plan = Plan.model_validate({"start": start, "goals": {"decision": decision}})
    return [
        question.path
        for question in FIELDS
        if not question.fields
        and question.path != "start.route"
        and is_path_asked(question.path, plan)
    ]


@pytest.mark.parametrize("decision", ["use", "not_now"])
def test_short_route_is_short(decision):
    """One way through the short route asks at most 25 questions, those within lists once each.

    The steps up to the goals keep to 21, since the steps to come need the rest.
    """
    asked = _short_way(decision)
    early = [path for path in asked if path.partition(".")[0] in {"start", "diagnosis", "goals"}]
    assert 10 < len(asked) <= MOST_SHORT, asked
    assert len(early) <= MOST_SHORT_EARLY, early


# -- findings -----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES)
def test_checks_and_words_belong_together(place):
    """Each finding that is worded has a check, and each check has its words."""
    checked = {(c.words, c.id) for c in CHECKS if c.words.startswith(f"{place}/")}
    assert checked
    assert checked == _worded(place)


@hold_for_each("check", by_words(CHECKS))
def test_finding_says_what_to_do(check):
    """A finding says what, because of what, what to do, how sure that is and what changes it."""
    words = read_toml(check.words)["findings"][check.id]
    for part in ("what", "because", "do", "sure", "change"):
        assert words[part].rstrip("”}").endswith((".", "?")) or words[part].endswith("}"), part
    assert set(words.get("sources", ())) <= set(load_sources())
    assert set(words.get("seeds", ())) <= SEEDS


@hold_for_each("check", by_words(CHECKS))
def test_check_has_an_example(check):
    """Every check has an example that yields its finding."""
    place = check.words.rpartition("/")[0]
    assert check.id in {e.values[1]["id"] for e in BAD if e.values[0] == place}


@hold_for_each("place,example,today", by_place(BAD))
def test_example_yields_its_finding(place, example, today):
    """The example of a finding yields it, worded to the end, at an answer that is asked for."""
    found = [f for f in run(_plan_of(place, example), today) if f.id == example["id"]]
    assert found
    for finding in found:
        text = f"{finding.what} {finding.because} {finding.do} {finding.sure} {finding.change}"
        assert "{" not in text
        assert "  " not in text
        assert find_question(finding.path)


@hold_for_each("place,example,today", by_place([*GOOD, *BAD]))
def test_what_blocks_can_be_mended_on_the_short_route(place, example, today):
    """Whoever takes the short route is asked for everything that keeps the plan a draft."""
    plan = replace_answer(_plan_of(place, example), "start.route", Route.SHORT)
    blocked = [f for f in run(plan, today) if f.severity is Severity.BLOCK]
    assert [f.id for f in blocked if not is_path_asked(f.path, plan)] == []


@hold_for_each("place,example,today", by_place([*GOOD, *BAD]))
def test_offer_mends_its_finding(place, example, today):
    """What a finding offers can be put in place, and then the finding is gone."""
    plan = _plan_of(place, example)
    for finding in run(plan, today):
        for offer in finding.offers:
            mended = plan
            for path, raw in offer.answers:
                value = read(annotation_of(path), raw)
                assert not isinstance(value, Problem), (path, raw)
                mended = replace_answer(mended, path, value)
            left = {(f.id, f.path) for f in run(mended, today)}
            assert (finding.id, finding.path) not in left


@pytest.mark.parametrize(("place", "example", "today"), GOOD)
def test_good_example_is_not_blocked(place, example, today):
    """Nothing that its own step looks at blocks a good example, and nobody needs a real name."""
    own = {c.id for c in CHECKS if c.words.startswith(f"{place}/")}
    found = run(_plan_of(place, example), today)
    assert [f.id for f in found if f.id in own and f.severity is Severity.BLOCK] == []
    assert example["name"].startswith("Example ")


@hold_for_each("place,example,today", by_place([*GOOD, *BAD]))
def test_example_survives_saving(place, example, today):
    """An example reads back as it was written; checks see nothing but the plan."""
    plan = _plan_of(place, example)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_every_step_has_a_good_example():
    """Every step has an example of a business that did it well."""
    assert {e.values[0] for e in GOOD} >= {f"steps/{step}" for step in STEPS}


# -- numbers we chose ---------------------------------------------------------------------------


@hold_for_each("step,name", BY_DEFAULT)
def test_default_gives_its_reason(step, name):
    """A number we chose says what it is, in which unit and why; its source exists."""
    default = load_step(step).defaults[name]
    assert default.label
    assert default.unit
    assert default.reason.endswith(".")
    assert not default.source or default.source in load_sources()


def _files(folder):
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name[0] not in "_.":
            yield from _files(entry)
        elif entry.name.endswith((".py", ".toml")) and entry.name != "defaults.toml":
            yield entry.read_text(encoding="utf-8")


EVERYTHING = "\n".join(_files(root()))


@hold_for_each("step,name", BY_DEFAULT)
def test_default_is_used(step, name):
    """Every number a business may change is asked for somewhere, in a rule or beside one."""
    assert re.search(rf"[\"'](?:{step}\.|\{{\w+\}}\.)?{name}[\"']", EVERYTHING)


# -- house words --------------------------------------------------------------------------------

NOT_SAID = re.compile(
    r"!|\b(please|sorry|invalid|oops|kpis?|personas?|pillars?|funnels?|leverage|utili[sz]e)\b",
    re.IGNORECASE,
)
STRAIGHT = re.compile(r"[\"']")
NO_TEXT = {"id", "value", "value_id", "questions", "sources", "seeds", "page", "stage", "source"}


def _texts(words, key=""):
    """Every text in a file of words that a user can read."""
    if isinstance(words, dict):
        for name, value in words.items():
            if name not in NO_TEXT or isinstance(value, dict):
                yield from _texts(value, name)
    elif isinstance(words, list):
        for value in words:
            yield from _texts(value, key)
    elif isinstance(words, str):
        yield words


WORD_FILES = [
    path
    for place in PLACES
    for path in find_files(place, ".toml")
    if not path.endswith("examples.toml")
]


@pytest.mark.parametrize("path", WORD_FILES)
def test_words_keep_to_the_house_style(path):
    """No exclamation marks, no jargon, no begging, and quotation marks that are curly."""
    for text in _texts(read_toml(path)):
        assert not NOT_SAID.search(text), text
        assert not STRAIGHT.search(text), text


@pytest.mark.parametrize("step", STEPS)
def test_guidance_keeps_to_the_house_style(step):
    """The introduction of a step keeps to the same style, with curly quotation marks."""
    text = load_markdown(f"steps/{step}/guidance.md")
    assert not NOT_SAID.search(text)
    assert not STRAIGHT.search(text)
