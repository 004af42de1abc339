"""What the workbook says about rules for staff: who is named, what is left out or too wide."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contracts.conftest import made_up  # noqa: F401 - a fixture
from tests.exports.sample_plans import IN_FULL, make_finished
from tests.interface.conftest import store, visit_page  # noqa: F401 - fixtures
from workbook.checks import Severity, measure_progress, run
from workbook.content import load_step, load_words
from workbook.evidence import load_sources, write_source
from workbook.exports.documents import Switches, build_document, gather
from workbook.interface.escaping import escape_text
from workbook.plan import Plan, annotation_of, replace_answer
from workbook.steps.conduct.answers import Country, Form, Use
from workbook.steps.conduct.clauses import (
    choose_form,
    list_rules,
    load_clauses,
    write_listed,
    write_notice,
)
from workbook.steps.conduct.editor_policy import is_foreign
from workbook.steps.conduct.linting import TAGS, has_savings, lint, load_rules, narrow
from workbook.storage.plan_file import write_plan_file
from workbook.values import Problem, read

TODAY = date(2027, 1, 15)
NOTE = "General information, not legal advice; check with a lawyer in your country."
TRIED = tomllib.loads(
    Path(__file__).with_name("conduct_sentences.toml").read_text(encoding="utf-8")
)
RULES = load_rules()


def _plan(conduct=(), **start):
    return Plan.model_validate({"start": start, "conduct": dict(conduct)})


def _found(conduct=(), **start):
    return {f.id: f for f in run(_plan(conduct, **start), TODAY)}


def _own(text, clause="respect", **more):
    return {**more, "clauses": [{"id": clause, "clause": clause, "use": "own", "text": text}]}


def _out(clause, **more):
    return {**more, "clauses": [{"id": clause, "clause": clause, "use": "out"}]}


def _texts(plan, **more):
    return {rule.clause.id: rule.text for rule in list_rules(plan, TODAY, **more)}


def _mend(plan, finding):
    for path, raw in finding.offers[0].answers:
        plan = replace_answer(plan, path, read(annotation_of(path), raw))
    return plan


# -- the sixteen sections -----------------------------------------------------------------------


def test_there_are_sixteen_sections_each_with_its_reason():
    """Sixteen sections in four groups, each with a text, a reason, and sources that exist."""
    clauses = load_clauses()
    assert len(clauses) == 16
    groups = load_words("steps/conduct/clauses.toml")["groups"]
    assert {clause.group for clause in clauses.values()} == set(groups)
    for clause in clauses.values():
        assert clause.text.endswith(("}", "."))
        assert len(clause.text.split()) > 20
        assert clause.rationale.endswith(".")
        assert set(clause.sources) <= set(load_sources())
        assert clause.severity in {"", "note", "warn"}
        assert clause.severity != "warn" or clause.jurisdiction


def test_every_subject_has_its_section():
    """What a policy has to cover is covered, from who it is for to when it is looked at again."""
    assert list(load_clauses()) == [
        "purpose", "speaking", "disclosure", "privacy", "respect", "copyright", "customers",
        "reviews", "security", "machines", "mistakes", "pause", "politics", "rights", "breach",
        "upkeep",
    ]  # fmt: skip


def test_sections_ready_made_forbid_no_more_than_they_need_to():
    """The linter finds nothing in our own wording, in either form, for any country."""
    for form in Form:
        for country in Country:
            plan = _plan({"countries": [country], "approval": "delicate"}, name="Example Café")
            for name, text in _texts(plan, form=form).items():
                hits = [hit for hit in lint(text) if hit.rule != TAGS]
                assert hits == [], name


def test_gaps_are_filled_from_the_plan():
    """Names, day, buttons and the tag of the business stand where the braces were."""
    conduct = {
        "countries": ["us"], "speakers": "The owner\nThe office manager", "approval": "delicate",
        "approver": "Anna", "owner": "The owner", "review": "2027-12-01", "pauser": "The owner",
        "deputy": "Ben",
        "pauses": [{"id": "ps01", "tool": "Facebook", "button": "Planner, choose all, delete."}],
    }  # fmt: skip
    texts = _texts(_plan(conduct, name="Example Plumbing & Sons"), form=Form.SIXTEEN)
    assert "For the business speak: the owner, the office manager." in texts["speaking"]
    assert "are first looked at by Anna." in texts["speaking"]
    assert "#ExamplePlumbingSonsEmployee" in texts["disclosure"]
    assert "can be paused by the owner. Standing in: Ben." in texts["pause"]
    assert texts["pause"].endswith("Where to pause: Facebook: Planner, choose all, delete.")
    assert "by 1 December 2027" in texts["upkeep"]
    assert "15 January 2027" in texts["upkeep"]
    every = " ".join(texts.values())
    assert "{" not in every
    assert ".." not in every
    assert "____" not in every


def test_gaps_that_nobody_filled_can_be_filled_by_hand():
    """A name that is not answered is a line to write on, and says what belongs there."""
    texts = _texts(Plan(), form=Form.SIXTEEN)
    assert "________ (name of who can pause everything)" in texts["pause"]
    assert "________ (names of those who may speak)" in texts["speaking"]


def test_whoever_looks_after_social_media_speaks_unless_others_are_named():
    """The plan already knows who it is."""
    plan = _plan({"pauser": "Anna"}, who="The office manager, on Tuesdays", people=1)
    texts = _texts(plan)
    assert "For the business speak: the office manager." in texts["speaking"]
    assert "Standing in" not in texts["pause"]


def test_country_adds_what_holds_there():
    """The review rule for the United States, the notice on data of visitors for Europe."""
    us = _texts(_plan({"countries": ["us"]}), form=Form.SIXTEEN)
    eu = _texts(
        _plan({"countries": ["eu"], "data_contact": "Anna", "privacy_notice": "example.com/p"}),
        form=Form.SIXTEEN,
    )
    assert "21 October 2024" in us["reviews"]
    assert "16 CFR 465" in us["reviews"]
    assert "answers together with the network" not in us["privacy"]
    assert "16 CFR 465" not in eu["reviews"]
    assert "answers together with the network" in eu["privacy"]
    assert "(https://example.com/p)" in eu["privacy"]
    assert "answered by Anna" in eu["privacy"]
    short = _texts(_plan({"countries": ["uk", "eu"]}), form=Form.ONE_PAGE)["privacy"]
    assert short.count("Questions about data") == 1


def test_notice_for_visitors_can_be_copied(visit_page):  # noqa: F811 - the fixture
    """Where people in Europe are among them: lines with the places and who answers, to copy."""
    conduct = {"countries": ["eu"], "data_contact": "office@example.com"}
    accounts = [{"id": "ac01", "platform": "facebook"}, {"id": "ac02", "platform": "other"}]
    browser = visit_page("conduct", _plan(conduct, accounts=accounts))
    browser.page.show("conduct/visitors")
    text = write_notice(_plan(conduct, accounts=accounts), TODAY)
    assert "When you visit Facebook, the network" in text
    assert "turn to office@example.com." in text
    assert escape_text(text) in browser.html()
    browser.answer("conduct.data_contact", "Anna")
    assert "turn to Anna." in browser.html()
    assert text in _strategy(conduct, accounts=accounts)
    assert "our pages on networks" in write_notice(_plan(conduct), TODAY)
    assert write_notice(_plan({"countries": ["us"]}), TODAY) == ""


def test_nobody_asked_means_every_country():
    """As long as nobody said where, the rules hold what any of the countries asks for."""
    texts = _texts(Plan(), form=Form.SIXTEEN)
    assert "16 CFR 465" in texts["reviews"]
    assert "In the European Union" in texts["privacy"]


@pytest.mark.parametrize(
    ("people", "chosen", "form"),
    [
        (None, None, "one_page"), (1, None, "one_page"), (9, None, "one_page"),
        (10, None, "sixteen"), (3, "sixteen", "sixteen"), (40, "one_page", "one_page"),
    ],
)  # fmt: skip
def test_few_people_get_one_page(people, chosen, form):
    """Fewer than ten people: one page, unless they chose otherwise."""
    assert choose_form(_plan({"form": chosen}, people=people)) == form


def test_number_of_people_can_be_changed():
    """A business may set the number from which it writes more down."""
    plan = _plan(people=6).model_copy(update={"own_defaults": {"conduct.few_people": 5}})
    assert choose_form(plan) is Form.SIXTEEN


def test_one_page_fits_a_page():
    """The one page holds no more than 450 words, with every name filled in."""
    conduct = {"countries": ["us", "eu"], "speakers": "The owner", "approval": "everything"}
    texts = _texts(_plan(conduct, people=3), form=Form.ONE_PAGE)
    assert 10 <= len(texts) <= 14
    assert sum(len(text.split()) for text in texts.values()) <= 450


def test_own_words_left_out_and_ready():
    """A rule in own words says them; one that is left out says so; an empty one stays ours."""
    clauses = [
        {"id": "respect", "clause": "respect", "use": "own", "text": "Be kind."},
        {"id": "politics", "clause": "politics", "use": "out"},
        {"id": "copyright", "clause": "copyright", "use": "own"},
        {"id": "k3f9", "clause": "mistakes", "use": "own", "text": "Ring the owner."},
        {"id": "upkeep", "clause": "upkeep", "use": "own", "text": "Nobody may read this."},
    ]
    rules = {
        r.clause.id: r for r in list_rules(_plan({"clauses": clauses}), TODAY, form=Form.SIXTEEN)
    }
    assert (rules["respect"].use, rules["respect"].text) == (Use.OWN, "Be kind.")
    assert rules["politics"].use is Use.OUT
    assert (rules["copyright"].use, rules["copyright"].text) == (
        Use.READY, rules["copyright"].ready,
    )  # fmt: skip
    assert rules["mistakes"].text == "Ring the owner."
    assert rules["mistakes"].path == "conduct.clauses.k3f9"
    assert rules["upkeep"].text == rules["upkeep"].ready
    assert rules["purpose"].use is Use.READY


def test_what_is_not_ours_to_show_goes_to_staff():
    """The list stands with the rule on what stays inside, whoever wrote that; not when it is out.

    A line that the own wording has already is not said twice.
    """
    mix = {"not_ours": "The staff party.\nGuests at their tables"}

    def listed(**conduct):
        plan = Plan.model_validate({"conduct": conduct, "mix": mix})
        return {r.clause.id: write_listed(r) for r in list_rules(plan, TODAY) if r.listed}

    words = "These are of interest, and not ours to show: The staff party; Guests at their tables."
    assert listed() == {"privacy": words}
    own = listed(**_own("We post no guests at their tables.", "privacy"))
    assert own == {"privacy": "These are of interest, and not ours to show: The staff party."}
    assert listed(**_out("privacy")) == {}


@pytest.mark.parametrize("form", ["one_page", "sixteen"])
def test_list_of_what_is_not_ours_stands_in_documents(form):
    """In both forms of the rules, without the names of people."""
    mix = {
        "not_ours": "The bathroom of Jo Canary",
        "contacts": [{"id": "co01", "name": "Jo Canary"}],
    }
    plan = Plan.model_validate({"conduct": {"form": form, "speakers": "The owner"}, "mix": mix})
    text = build_document("strategy", gather(plan, TODAY, switches=IN_FULL)).text()
    assert "not ours to show: The bathroom of somebody." in text


def test_list_of_what_is_not_ours_stands_on_the_page(visit_page):  # noqa: F811 - the fixture
    """With where it was written and the way there; markup stays text."""
    mix = {"not_ours": "The <b>staff</b> party"}
    plan = Plan.model_validate({"start": {"people": 3}, "mix": mix})
    html = visit_page("conduct", plan, at="conduct/rules-page").html()
    assert "The &lt;b&gt;staff&lt;/b&gt; party" in html
    assert "You wrote this list on the page on being social" in html
    assert "07_being_social.ipynb#at=mix.not_ours" in html


def test_braces_in_an_answer_stay_as_they_are():
    """What a business types is no gap to be filled."""
    texts = _texts(_plan({"speakers": "{owner} {0} {{x}}"}, name="{business}"))
    assert "{owner} {0} {{x}}" in texts["speaking"]


# -- what is too wide ----------------------------------------------------------------------------


def _miss(part):
    """The over-broad sentences of a set that no rule of their kind sees, and how many there are."""
    broad = [(k, s) for k, v in TRIED[part].items() if k != "innocent" for s in v["broad"]]
    return [s for kind, s in broad if kind not in {hit.rule for hit in lint(s)}], len(broad)


def _accuse(part):
    return [s for s in TRIED[part]["innocent"] if lint(s)], len(TRIED[part]["innocent"])


@pytest.mark.parametrize("part", ["tuned", "fresh", "widened"])
def test_usual_wordings_are_seen_and_harmless_ones_left_alone(part):
    """Every over-broad sentence of the sets the rules were written with, and no harmless one."""
    assert _miss(part)[0] == []
    assert _accuse(part)[0] == []


def test_sentences_never_seen_before():
    """Of sentences that no rule was written for, most are seen and no harmless one is.

    The bench tells these figures to its visitors.
    """
    missed, count = _miss("last")
    accused, harmless = _accuse("last")
    told = load_words("steps/conduct/bench.toml")["policy"]["missed"]
    assert f"trial of {count} sentences" in told
    assert f"it found {count - len(missed)}," in told
    assert f"none of {harmless} harmless" in told
    assert accused == []


def test_there_are_enough_sentences():
    """Each rule was tried on some, and at least thirty each are over-broad and harmless."""
    assert sum(_miss(part)[1] for part in TRIED) >= 30
    assert sum(_accuse(part)[1] for part in TRIED) >= 30
    assert set(RULES) == {kind for kind in TRIED["tuned"] if kind != "innocent"}


@pytest.mark.parametrize("rule", [r for r in RULES if r != TAGS])
def test_narrower_wording_is_narrow(rule):
    """What is offered instead is not itself too wide."""
    assert lint(RULES[rule].narrower) == ()


def test_entries_of_a_list_are_read_with_the_line_above_it():
    """“Employees must not:” holds for each entry, marked or not, until the list ends."""
    text = (
        "Employees must not:\n- discuss their pay\n2) talk to the press\npost about wages\n\n"
        "discuss pay"
    )
    found = [(hit.rule, hit.sentence, hit.listed) for hit in lint(text)]
    assert found == [
        ("pay", "discuss their pay", True),
        ("media", "talk to the press", True),
        ("pay", "post about wages", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Employees must not\ndiscuss their pay.",
        "EMPLOYEES MUST NOT DISCUSS THEIR PAY",
        "Employees mustn't discuss their pay",
        "Employees mustn\u2019t discuss\u00a0their pay",
        "Be kind. Employees must not discuss their pay! Be on time.",
        "Do not discuss your salary 😀 שלום",
    ],
)
def test_ban_is_seen_however_it_is_typed(text):
    """Line breaks, capitals, apostrophes, hard spaces and foreign letters change nothing."""
    assert [hit.rule for hit in lint(text)] == ["pay"]


def test_place_in_the_text_is_that_of_the_sentence():
    """What is quoted is what stands there, letter for letter."""
    text = "İstanbul. Don't  discuss your pay. “All information is confidential.”"
    hits = lint(text)
    assert [text[hit.start : hit.end] for hit in hits] == [hit.sentence for hit in hits]
    assert {hit.rule for hit in hits} == {"pay", "everything"}


def test_narrower_wording_takes_the_place():
    """A sentence is exchanged, an entry of a list taken out, a tag replaced by a clear one."""
    text = (
        "Be kind.\nStaff must not:\n- discuss their pay\n- insult customers\n\n"
        "All information about the company is confidential. Mark posts with #spon or #ee."
    )
    new = narrow(text, lint(text))
    assert "discuss their pay" not in new
    assert "- insult customers" in new
    assert "All information" not in new
    assert "Mark posts with #ad or #ad." in new
    assert new.count(RULES["pay"].narrower) == 1
    assert new.startswith("Be kind.\nStaff must not:\n- insult customers")
    assert lint(new) == ()


@pytest.mark.parametrize("mark", ["- ", "", "1. "])
@pytest.mark.parametrize("after", ["", "\n\nBe kind."])
def test_line_above_a_list_goes_with_its_last_entry(mark, after):
    """“Staff must not:” never stands above a sentence that says what staff may do."""
    text = f"First.\n\nStaff must not:\n{mark}discuss their pay\n{mark}talk to the press{after}"
    new = narrow(text, lint(text))
    assert "must not:" not in new
    assert new.startswith("First.\n\n")
    assert ("Be kind." in new) is bool(after)
    some = text.replace("discuss their pay", "insult customers")
    assert f"Staff must not:\n{mark}insult customers" in narrow(some, lint(some))


@given(
    st.lists(
        st.sampled_from(
            [
                *(s for part in TRIED.values() for k, v in part.items()
                  for s in (v if k == "innocent" else v["broad"])),
                "Staff must not:", "- talk to the press", "\n\n", "\n", "#spon", "{x}", "  ", "א",
            ]
        ),
        max_size=12,
    ),
    st.sampled_from([" ", "\n", "\n\n- "]),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_narrowing_always_narrows(pieces, between):
    """Whatever stands together, the narrowed text is free of what was pointed at."""
    text = between.join(pieces)
    hits = lint(text)
    for hit in hits:
        assert text[hit.start : hit.end] == hit.sentence
    new = narrow(text, hits)
    assert not {hit.rule for hit in hits} & {hit.rule for hit in lint(new)}
    assert hits or narrow(text, ()).split() == text.split()


@pytest.mark.thorough
@pytest.mark.parametrize(
    "text", ["", " \n\t", "x" * 300_000, "- a\n" * 50_000, "\n" * 300_000, "must not " * 30_000]
)
def test_strange_text_is_read_quickly(text):
    """Nothing, one endless word, a million lines: an answer, and soon."""
    begin = perf_counter()
    assert lint(text) == ()
    assert perf_counter() - begin < 3


@pytest.mark.thorough
def test_work_grows_with_the_length_alone():
    """Ten times the text takes about ten times as long, whatever it says."""
    bad = "do not post talk about any pay rise or our name the media positive in a bad way "
    sizes = [bad * 300, bad * 3000]
    spent = []
    for text in sizes:
        marked = "".join(f"{at} {line}" for at, line in enumerate(text.split(" about ")))
        begin = perf_counter()
        lint(marked)
        spent.append(perf_counter() - begin)
    assert spent[1] < 40 * spent[0] + 0.2


def test_statement_of_rights_is_recognised():
    """A savings statement is seen, ours too."""
    assert has_savings("Nothing in this policy limits your right to talk about pay.")
    assert has_savings(load_clauses()["rights"].brief)
    assert not has_savings("Be kind to customers.")


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        (
            "Die Beschäftigten dürfen über ihren Lohn nicht sprechen und keine Bilder posten. " * 3,
            True,
        ),
        ("You must not post pictures of customers on the page of the shop. " * 3, False),
        ("Pausen", False),
    ],
)
def test_other_languages_are_told_apart(text, foreign):
    """A text that is not English is called so, as nothing would be found in it."""
    common = load_words("steps/conduct/bench.toml")["policy"]["common_words"]
    assert is_foreign(text, common) is foreign


# -- findings ------------------------------------------------------------------------------------


def test_nobody_may_pause():
    """That nobody can stop planned posts is said, with the person it could be."""
    finding = _found({"pauser": "unknown"}, who="Anna")["nobody-pauses"]
    assert finding.severity is Severity.WARN
    assert finding.offers[0].answers == (("conduct.pauser", "Anna"),)
    assert "Nobody so far" in finding.because
    assert _found({"pauser": None})["nobody-pauses"].offers == ()
    assert "nobody-pauses" not in _found({"pauser": "Anna"})


@pytest.mark.parametrize(
    ("review", "found"),
    [
        (None, "review-open"), ("2027-01-14", "review-past"), ("2027-01-15", None),
        ("2028-01-15", None), ("2028-01-16", "review-far"),
    ],
)  # fmt: skip
def test_day_to_look_again(review, found):
    """Within the next year: neither missing, nor over, nor too far away; one click sets it."""
    names = {"review-open", "review-past", "review-far"}
    plan = _plan({"review": review})
    findings = {f.id: f for f in run(plan, TODAY)}
    assert names & set(findings) == ({found} if found else set())
    if found:
        mended = _mend(plan, findings[found])
        assert mended.conduct.review == TODAY + timedelta(days=365)
        assert not names & {f.id for f in run(mended, TODAY)}


def test_day_that_cannot_be_read_is_not_called_missing():
    """What was typed is mended at its question, not reported as never given."""
    found = run(Plan(), TODAY, unclear={"conduct.review": "some day"})
    assert "review-open" not in {f.id for f in found}


def test_year_has_an_end_on_the_last_day_there_is():
    """In the last years that a plan can be about, no day is offered that it cannot hold."""
    for today in (date(2100, 12, 31), date(2100, 12, 1)):
        for finding in run(Plan(), today):
            for path, raw in (a for offer in finding.offers for a in offer.answers):
                assert not isinstance(read(annotation_of(path), raw), Problem)


def test_disclosure_is_needed_in_the_united_states():
    """Left out there, it is missed; left out elsewhere, only if staff do post."""
    assert "disclosure-left-out" in _found(_out("disclosure", countries=["us", "eu"]))
    assert "disclosure-left-out" not in _found(_out("disclosure", countries=["eu"]))
    found = _found(_out("disclosure", countries=["eu"], habits=["staff_posts"]))
    assert "ties-unsaid" in found
    assert "ties-unsaid" not in _found({"countries": ["eu"], "habits": ["staff_posts"]})


@pytest.mark.parametrize(
    ("clause", "country", "found"),
    [
        ("rights", "us", "law-left-out"), ("reviews", "us", "law-left-out"),
        ("privacy", "eu", "law-left-out"), ("rights", "uk", None),
        ("security", "us", "good-sense-left-out"), ("politics", "us", None),
    ],
)  # fmt: skip
def test_what_is_left_out_weighs_by_country(clause, country, found):
    """What the law of a country of theirs stands behind weighs more than good sense."""
    names = {"law-left-out", "good-sense-left-out", "disclosure-left-out"}
    assert names & set(_found(_out(clause, countries=[country]))) == ({found} if found else set())


@pytest.mark.parametrize(
    ("people", "form", "found"),
    [(3, "sixteen", {"policy-long"}), (9, "one_page", set()), (10, "one_page", {"policy-short"}),
     (12, "sixteen", set()), (None, "sixteen", set()), (3, None, set()), (30, None, set())],
)  # fmt: skip
def test_length_fits_the_number_of_people(people, form, found):
    """Sixteen sections for three people are too many, one page for thirty too little."""
    assert {"policy-long", "policy-short"} & set(_found({"form": form}, people=people)) == found


def test_alone_there_is_nobody_to_look_first():
    """One person, and a second pair of eyes: whose?"""
    assert "approver-alone" in _found({"approval": "everything", "approver": "Ben"}, people=1)
    assert "approver-alone" not in _found({"approval": "nobody"}, people=1)
    assert "nobody-looks" not in _found({"approval": "nobody"}, people=1)
    assert "nobody-looks" in _found({"approval": "nobody"}, people=2)


def test_approver_is_somebody_else():
    """Whoever alone may write cannot be the one who looks at it."""
    conduct = {"approval": "delicate", "speakers": "The owner.", "approver": "the  owner"}
    assert "approver-posts" in _found(conduct)
    assert "approver-posts" not in _found({**conduct, "speakers": "The owner\nAnna"})
    assert "approver-open" in _found({**conduct, "approver": "unknown"})


def test_visitors_from_europe_are_told():
    """Somebody answers for their data, and each profile leads to the privacy notice."""
    names = {"data-contact-open", "privacy-not-linked"}
    good = {"data_contact": "Anna", "privacy_notice": "example.com/p", "notice_linked": "yes"}
    assert names <= set(_found({"countries": ["eu"]}))
    assert not names & set(_found({"countries": ["eu"], **good}))
    assert not names & set(_found({"countries": ["us"]}))
    found = _found({"countries": ["uk"], **good, "notice_linked": "no"})["privacy-not-linked"]
    assert found.path == "conduct.notice_linked"
    missing = {**good, "privacy_notice": "unknown"}
    assert _found({"countries": ["eu"], **missing})["privacy-not-linked"].path.endswith("notice")


@pytest.mark.parametrize(
    ("habit", "finding"),
    [
        ("staff_reviews", "staff-reviews"), ("rewards", "reviews-rewarded"),
        ("happy_only", "reviews-happy-only"), ("hiding", "reviews-hidden"),
        ("bought", "followers-bought"),
    ],
)  # fmt: skip
def test_what_cheats_readers_is_named(habit, finding):
    """Each habit around reviews has its finding; how sure it is depends on the country."""
    us, uk = ({"habits": [habit], "countries": [c]} for c in ("us", "uk"))
    assert finding in _found(us)
    if finding != "reviews-happy-only":
        assert "21 October 2024" in _found(us)[finding].sure
        assert "21 October 2024" not in _found(uk)[finding].sure
    assert finding not in _found({"habits": ["none"]})


@pytest.mark.parametrize("rule", RULES)
def test_own_wording_is_narrowed_with_one_click(rule):
    """What is too wide in a rule of their own is found, and gone after the offer."""
    plan = _plan(_own("Be kind.\n" + "\n".join(TRIED["tuned"][rule]["broad"]), "respect"))
    found = [f for f in run(plan, TODAY) if f.path == "conduct.clauses.respect.text"]
    assert found
    for finding in found:
        plan = _mend(plan, finding)
    left = {f.id for f in run(plan, TODAY) if f.path == "conduct.clauses.respect.text"}
    assert not left & {f.id for f in found}
    assert plan.conduct.clauses[0].text.startswith("Be kind.")


def test_how_sure_depends_on_the_country():
    """The law behind over-broad rules is that of the United States, and dated."""
    text = "Employees must not discuss their pay."
    us = _found(_own(text, countries=["us"]))["forbids-pay"]
    uk = _found(_own(text, countries=["uk"]))["forbids-pay"]
    assert "January 2026" in us.sure
    assert "Have it checked" in us.sure
    assert "another may hold" in uk.sure


def test_rules_that_are_not_used_are_not_looked_at():
    """Own words that were put aside, or belong to a rule that is left out, yield nothing."""
    for use in ("ready", "out"):
        conduct = {"clauses": [{"id": "respect", "use": use, "text": "Do not discuss your pay."}]}
        assert "forbids-pay" not in _found(conduct)
    words = _own("Do not discuss your pay.", "purpose")
    assert "forbids-pay" not in _found(words, people=4)
    assert "forbids-pay" in _found(words, people=40)


def test_no_social_media_needs_no_rules():
    """While social media waits, nothing is found and nothing stands in documents."""
    conduct = _own("Do not discuss your pay.", countries=["us"], habits=["bought"])
    plan = Plan.model_validate({"conduct": conduct, "goals": {"decision": "not_now"}})
    assert [f.id for f in run(plan, TODAY) if f.step == "conduct"] == []
    assert (
        "rules for staff"
        not in build_document("strategy", gather(plan, TODAY, switches=IN_FULL)).text()
    )


def test_long_list_of_own_rules_is_checked_in_time():
    """Sixteen own rules as long as they may be are checked within two seconds."""
    text = ("Employees meet on Monday and must not be late to talk about plans. " * 310)[:20_000]
    conduct = {
        "clauses": [{"id": c, "clause": c, "use": "own", "text": text} for c in load_clauses()]
    }
    plan = _plan(conduct)
    begin = perf_counter()
    run(plan, TODAY)
    assert perf_counter() - begin < 2


@pytest.mark.parametrize(
    "plan", [{"start": {"route": "short"}}, {"goals": {"decision": "not_now"}}]
)
def test_rules_for_staff_can_wait(plan):
    """On the short way, and without social media for now, no rule for staff is missing."""
    assert measure_progress(Plan.model_validate(plan), load_step("conduct")).needed == 0


# -- documents ------------------------------------------------------------------------------------


def _strategy(conduct, switches=(), **start):
    material = gather(
        _plan(conduct, **start), TODAY, switches=Switches(length="full", **dict(switches))
    )
    return build_document("strategy", material).text()


@pytest.mark.parametrize("form", Form)
def test_rules_stand_in_the_strategy_with_the_note(form):
    """The rules in their form, with the note, the buttons, and why each is there."""
    conduct = {
        "form": form, "countries": ["us"], "pauser": "Anna",
        "pauses": [{"id": "ps01", "tool": "Facebook", "button": "Planner, delete"}],
        **_own("Be kind to each other.", "respect"),
    }  # fmt: skip
    text = _strategy(conduct)
    assert NOTE in text
    for name, rule in _texts(_plan(conduct)).items():
        for line in filter(None, rule.split("\n")):
            assert line in text, name
    assert "Facebook\tPlanner, delete" in text
    assert "(in the business\u2019s own words)" in text
    assert "good sense, no law we know of" in text
    assert "Have it checked." in text
    assert load_clauses()["disclosure"].rationale in text


def test_rules_that_are_left_out_are_named():
    """A reader sees what the business did without."""
    text = _strategy(_out("respect"))
    assert "Left out by the business: Respect." in text
    everything = [{"id": c, "clause": c, "use": "out"} for c in load_clauses()]
    assert "left out all of these rules" in _strategy({"clauses": everything})


def test_strategy_without_reasons_keeps_the_rules():
    """Without reasons the rules and the note stay, and the reasons go."""
    text = _strategy({"countries": ["us"]}, {"reasons": False})
    assert NOTE in text
    assert load_clauses()["disclosure"].rationale not in text


def test_day_to_look_again_is_a_thing_to_do():
    """It stands among the dated things, unless it is over."""
    assert "2027-12-01\tRead the rules for staff again" in _strategy({"review": "2027-12-01"})
    assert "Read the rules for staff again" not in _strategy({"review": "2026-12-01"})


# -- the page --------------------------------------------------------------------------------------


def _open(visit_page, conduct=(), at="conduct/rules-page", **start):  # noqa: F811 - the fixture
    browser = visit_page("conduct", _plan(conduct, **start))
    browser.page.show(at)
    return browser


def _shown(browser):
    plan = browser.page.there.plan
    return [s.id for s in browser.page.screens if s.id.startswith("conduct/") and s.is_shown(plan)]


def test_page_shows_the_rules_in_their_form(visit_page):  # noqa: F811 - the fixture
    """One page for a few people; the sixteen are one click away, and so is the way back."""
    browser = _open(visit_page, people=4)
    assert "conduct/rules-page" in _shown(browser)
    assert "conduct/rules-people" not in _shown(browser)
    browser.press("Show all sixteen sections")
    assert browser.page.there.plan.conduct.form is Form.SIXTEEN
    assert browser.page.screen.id == "conduct/rules-people"
    assert len([s for s in _shown(browser) if s.startswith("conduct/rules-")]) == 4
    browser.press("Back to one page")
    assert browser.page.screen.id == "conduct/rules-page"


def test_every_screen_with_rules_has_the_note(visit_page):  # noqa: F811 - the fixture
    """The note stands on each screen of the step, and below what the bench found."""
    browser = _open(visit_page, {"countries": ["eu"]})
    for screen in browser.page.screens:
        if screen.id.startswith("conduct/") and screen.id != "conduct/policy":
            browser.page.show(screen.id)
            assert NOTE in browser.html(), screen.id


def test_rule_is_changed_left_out_and_put_back(visit_page):  # noqa: F811 - the fixture
    """Change fills in our wording; what becomes of a rule is kept, and its words are never lost."""
    browser = _open(visit_page, people=4)
    told = browser.press("Change: Respect")
    path = "conduct.clauses.respect"
    choice = browser.page.there.plan.conduct.clauses[0]
    assert (choice.clause, choice.use) == ("respect", Use.OWN)
    assert choice.text == load_clauses()["respect"].brief
    assert next(m for m in told if m["kind"] == "screen")["focus"] == f"{path}.text"
    browser.answer(f"{path}.text", "Be kind.")
    told = browser.press("Leave out: Respect")
    assert told[-1] == {"kind": "result", "buffers": None, "mark": "conduct/rules-page-respect"}
    browser.press("Put back: Respect")
    assert browser.page.there.plan.conduct.clauses[0].use is Use.READY
    browser.press("Change: Respect")
    assert browser.page.there.plan.conduct.clauses[0].text == "Be kind."
    browser.say("undo")
    assert browser.page.there.plan.conduct.clauses[0].use is Use.READY


def test_field_stays_while_it_is_emptied(visit_page):  # noqa: F811 - the fixture
    """Whoever empties a rule to write it anew keeps the field."""
    browser = _open(visit_page, _own("Be kind."), people=4)
    browser.answer("conduct.clauses.respect.text", "")
    assert "conduct.clauses.respect.text" in browser.page.fields


def test_finding_stands_at_its_rule_and_its_offer_mends_it(visit_page):  # noqa: F811 - the fixture
    """What is too wide is said below the words, and one click puts narrower ones in place."""
    browser = _open(visit_page, _own("Employees must not discuss their pay."), people=4)
    assert "This forbids more than it needs to" in browser.html()
    browser.press("Use the narrower wording")
    assert browser.page.there.plan.conduct.clauses[0].text == RULES["pay"].narrower
    assert "This forbids more than it needs to" not in browser.html()


@pytest.mark.parametrize(
    ("people", "screen"), [(4, "conduct/rules-page"), (14, "conduct/rules-people")]
)
def test_link_to_a_rule_opens_its_screen(visit_page, people, screen):  # noqa: F811 - the fixture
    """The way from a finding to a rule leads to the screen that shows it in its form."""
    at = "conduct.clauses.security.use"
    browser = _open(visit_page, _out("security"), at=at, people=people)
    assert browser.page.screen.id == screen
    browser.page.show("conduct.clauses.k3f9.use")
    assert browser.page.screen.id.startswith("conduct/rules-")


def test_markup_in_own_words_shows_as_text(visit_page):  # noqa: F811 - the fixture
    """Nothing typed becomes an element, on the page or on the bench."""
    browser = _open(visit_page, _own("<b>x</b>"), name="<script>alert(1)</script>")
    browser.press("Take our wording: Respect")
    browser.page.show("conduct/policy")
    browser.say(
        "try", path="conduct/policy/policy", raw="<img> must not discuss their pay", buffers=()
    )
    browser.press("Look at it")
    assert "<script>" not in browser.html()
    assert "&lt;img&gt; must not discuss" in browser.html()


def test_screens_speak_another_language(visit_page, made_up):  # noqa: F811 - the fixture
    """Every screen of the step follows the language, save what the business typed itself."""
    browser = visit_page("conduct", make_finished(), language=made_up)
    typed = json.dumps(make_finished().model_dump(mode="json"), ensure_ascii=False)
    known = set(re.findall(r"[A-Za-z]{3,}", typed)) | {"ExamplePlumbing"}
    known |= {word for key in load_sources() for word in re.findall("[A-Za-z]{3,}", _line(key))}
    for screen in browser.page.screens:
        if screen.id.startswith("conduct/"):
            browser.page.show(screen.id)
            text = re.sub(r"<[^>]*>|&#?\w+;", " ", browser.html())
            assert set(re.findall(r"[A-Za-z]{3,}", text)) <= known, screen.id


def _line(key):
    return escape_text(write_source(key))


POLICY = "Employees must not discuss their pay. Nobody may speak to the media. Be kind."


def test_bench_shows_what_is_too_wide_and_keeps_nothing(visit_page):  # noqa: F811 - the fixture
    """Sentence, reason, narrower wording and a text to take; no trace in plan or message."""
    browser = _open(visit_page, at="conduct/policy")
    before = write_plan_file(browser.page.there.file)
    browser.say("try", path="conduct/policy/policy", raw=POLICY, buffers=())
    told = browser.press("Look at it")
    html = browser.html()
    assert "2 sentences could be narrower" in html
    assert "<q>Employees must not discuss their pay.</q>" in html
    assert RULES["pay"].narrower in html
    assert "Nowhere does it say" in html
    assert "Stericycle" in html
    assert NOTE in html
    assert all("discuss their pay" not in str(message) for message in told)
    given = browser.press("Take the text with the narrower wording")[-1]
    taken = given["buffers"][0].decode()
    assert lint(taken) == ()
    assert taken.endswith("Be kind.")
    assert write_plan_file(browser.page.there.file) == before


def test_bench_says_when_it_sees_nothing(visit_page):  # noqa: F811 - the fixture
    """Nothing found is no praise: it says what it cannot know."""
    browser = _open(visit_page, at="conduct/policy")
    browser.say("try", path="conduct/policy/policy", raw="Be kind to customers.", buffers=())
    browser.press("Look at it")
    assert "does not make it lawful" in browser.html()
    assert "Take the text" not in browser.html()


@pytest.mark.thorough
def test_bench_answers_a_huge_text_soon(visit_page):  # noqa: F811 - the fixture
    """Hundreds of pages are looked at in seconds, and not all of it is shown."""
    browser = _open(visit_page, at="conduct/policy")
    text = "".join(
        f"{n}. Employees must not discuss pay {n}. Be on time. \n" for n in range(20_000)
    )
    browser.say("try", path="conduct/policy/policy", raw=text, buffers=())
    begin = perf_counter()
    browser.press("Look at it")
    assert perf_counter() - begin < 5
    assert "Shown are the first 5 of" in browser.html()
    assert len(browser.html()) < 60_000
