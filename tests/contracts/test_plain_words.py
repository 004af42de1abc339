"""Words on screen: easy to read, no jargon without its meaning, one word for one thing, spelt."""

from __future__ import annotations

import re

import pytest

from tests.contracts import reading
from tests.contracts.grouping import by_folder, hold_for_each
from tests.contracts.test_words import CODE, PAGES, QUOTED_ELSEWHERE, SAID
from workbook.content import load_words
from workbook.discovery import read_text, read_toml
from workbook.interface.glossary import choose_terms, find_terms, list_terms
from workbook.plan import step_names

PLAIN = 60
"""Flesch reading ease of plain English."""
TRADES = {"plumber", "café", "accountant", "charity"}
JARGON = re.compile(
    r"(?<![\w-])(canonical|csv|dormant|engagement( rate)?|handles?|hashtags?|html|impressions?|"
    r"intervals?|json(-ld)?|metadata|open graph|qr|referrers?|two-factor|utm_\w+|tagged links?|"
    r"bounce rate|click-through|conversion rate|touchpoints?|call to action|roi|crm|seo|sla|gdpr|"
    r"target group|value proposition|stakeholders?|b2b|b2c|algorithms?|shadow ?ban|ugc|"
    r"thought leader\w*|growth hack\w*|viral|synerg\w+|best practices?|actionable)(?![\w-])",
    re.IGNORECASE,
)
"""Words that a plumber need not know: each is explained where it is said, or not said."""
ONE_WORD = {
    "e-mail": r"emails?",
    "website": r"web sites?",
    "enquiry": r"inquir(y|ies)",
    "advert": r"ads?",
    "home page": r"homepages?",
    "spreadsheet": r"spread sheets?",
    "time zone": r"timezones?",
    "sign-up": r"signups?",
    "behaviour": r"behaviors?",
    "colour": r"colou?rs?(?<!colour)(?<!colours)",
    "judgement": r"judgments?",
    "organisation": r"(?-i:organizations?)",
    "judge, recognise and the like": r"(?-i:(recogni|organi|apologi|summari|prioriti|optimi)z\w+)",
}
"""How we call a thing, and how we do not."""
PATTERNS = {"steps/conduct/overbroad.toml", "exports/vale.toml"}
"""What others write, to be found."""


def is_english(path):
    """Whether a file of words is not one of a translation."""
    return not path.startswith("translations/")


ENGLISH = [path for path in SAID if is_english(path)]


def _said(path):
    for key, text in reading.list_texts(read_toml(path)):
        bare = re.sub(r"`[^`]*`|“[^”]*”|\{[^}]*\}", "", text)
        if " " in bare.strip():
            yield key, bare


@pytest.mark.parametrize("place", reading.PLACES)
def test_words_are_easy_to_read(place):
    """All questions, hints, reasons and findings of a step together, and each kind alone."""
    figures = reading.measure(place)
    assert {kind: figure for kind, figure in figures.items() if figure < PLAIN} == {}


SHOWN_ON = {
    "audit/": ("linking",),
    "evidence/survey/": ("audience", "platform_fit"),
    "fit/words": ("audience", "platform_fit"),
    "checks/vanity": ("goals",),
    "checks/across/larger_plan": ("integration",),
    "charts/": ("measurement",),
    "imports/visits": ("measurement",),
    "imports/words": ("complaints", "measurement", "mix"),
    "measurement/": ("measurement",),
    "actions/": ("integration",),
}
"""Words that several pages share, with the steps on whose pages they are said."""
FOR_PROGRAMS = (
    "cli", "commands/", "errors", "fit/request", "complaint/case", "imports/columns",
    "exports/vale",
    "steps/conduct/overbroad", "serving/bundle", "evidence/sources", "translations/",
)  # fmt: skip
"""What whoever types commands is told, and what other programs write."""


def _explained(names):
    terms = load_words("interface/glossary.toml")["terms"]
    return {form for name in names for form in terms[name]["forms"]}


def _jargon_in(files):
    text = "\n".join(text for path in files for _, text in _said(path))
    return {match[0].lower() for match in JARGON.finditer(text)}


@pytest.mark.parametrize("step", step_names())
def test_jargon_is_explained_where_it_is_said(step):
    """A word of the trade on the page of a step stands in its glossary with what it means."""
    shared = tuple(start for start, steps in SHOWN_ON.items() if step in steps)
    files = [p for p in SAID if p.startswith((f"steps/{step}/", *shared)) and p not in PATTERNS]
    assert sorted(_jargon_in(files) - _explained(list_terms(step, "en"))) == []


def test_jargon_is_in_the_glossary_wherever_it_is_said():
    """Interface, checks, benches, rooms and documents say no word that the glossary leaves out."""
    files = [path for path in SAID if not path.startswith(FOR_PROGRAMS)]
    assert len(files) > 150
    assert (
        sorted(_jargon_in(files) - _explained(load_words("interface/glossary.toml")["terms"])) == []
    )


def test_a_word_of_every_day_is_explained_only_as_one_of_the_trade():
    """The counter of a shop, an open day and logging in are not explained as what counts visits."""
    assert "counter" in choose_terms("What your counter shows", "measurement", "en")
    assert choose_terms("Across the counter, at events, log in", "mix", "en") == ()
    assert "log" not in list_terms("accounts", "en")


def test_glossary_is_whole():
    """Each term says in a sentence what it means, finds itself, and is on some page."""
    terms = load_words("interface/glossary.toml")["terms"]
    shown = {name for step in step_names() for name in list_terms(step, "en")}
    for name, term in terms.items():
        assert term["means"].endswith(".")
        assert find_terms(term["forms"][0].upper(), "en") == (name,)
        assert set(term.get("on", ())) <= set(step_names())
    assert shown == set(terms)


@hold_for_each("path", by_folder(p for p in ENGLISH if p not in PATTERNS | QUOTED_ELSEWHERE))
def test_one_thing_has_one_word(path):
    """A thing is called the same wherever it is named; what others call it may be quoted."""
    if path.startswith(("imports/", "measurement/", "evidence/", "audit/types", "platforms/")):
        return
    for key, text in _said(path):
        for ours, theirs in ONE_WORD.items():
            found = re.search(rf"(?<![\w.@#-])({theirs})(?![\w-])", text, re.IGNORECASE)
            assert not found, (ours, key, text)


@pytest.mark.parametrize("step", step_names())
def test_examples_are_of_four_trades(step):
    """A plumber, a café, an accountant and a charity find one like themselves in every step."""
    good = read_toml(f"steps/{step}/examples.toml")["good"]
    assert TRADES - {example["trade"] for example in good} == set()


@pytest.mark.thorough
def test_words_are_spelt_right():
    """Every word stands in a dictionary of English or in our own list of further ones."""
    texts = [(path, text) for path in reading.TO_SPELL for _, text in _said(path)]
    texts += [(path, CODE.sub(" ", read_text(path))) for path in PAGES if is_english(path)]
    assert reading.find_misspelt(texts) == {}


@pytest.mark.thorough
def test_a_fault_in_spelling_is_seen():
    """A wrong word is found, a word of ours and one of British spelling are not."""
    found = reading.find_misspelt(
        [("a", "We recieve your enquiry about Instagram\u2019s colours.")]
    )
    assert found == {"recieve": "a"}
