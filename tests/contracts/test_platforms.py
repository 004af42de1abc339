"""Every place keeps the same promises: each fact has a source and a day, and no gap is filled."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from workbook.discovery import read_toml
from workbook.evidence import load_sources
from workbook.fit.effort import load_efforts
from workbook.fit.places import list_facts, load_place_words, sheet_rows, write_checked
from workbook.measurement.channels import find_category
from workbook.platforms import load_platforms
from workbook.platforms.sheet import FIGURES, Links, Presence, default, is_old, weigh_path
from workbook.wording import write_day

PLACES = {
    "facebook", "instagram", "youtube", "tiktok", "linkedin", "x", "pinterest", "snapchat",
    "reddit", "whatsapp", "threads", "bluesky", "mastodon", "nextdoor", "google_business",
    "discord", "telegram", "own",
}  # fmt: skip
READ = date(2026, 11, 21)
"""The first day on which pages without a date of their own were read."""
LATER = date(2028, 1, 1)
MONTHS = read_toml("wording.toml")["months"]
EVERY = pytest.mark.parametrize("place", load_platforms().values(), ids=lambda place: place.id)


def _list_told(place):
    return [*place.sheet.list_told(), *place.facts.items()]


def _read_date(text):
    """The first day that a source's date can mean."""
    found = re.fullmatch(r"(?:(?:(\d+) )?([A-Z]\w+) )?(\d{4})", text)
    assert found, text
    day, month, year = found.groups()
    return date(int(year), MONTHS.index(month) + 1 if month else 1, int(day or 1))


def test_all_eighteen_places_are_there():
    """The places of the sheet, no more and no fewer, each known to the hours as well."""
    assert set(load_platforms()) == PLACES
    assert set(load_efforts()) == PLACES


@EVERY
def test_facts_have_sources_and_days(place):
    """Each source is known; a fact is as old as what its source shows, or as its reading."""
    sources = load_sources()
    for name, told in _list_told(place):
        assert set(told.sources) <= set(sources), name
        assert not told.also or told.source, name
        if not told.source:
            assert told.checked_on >= READ, name
            continue
        shown = sources[told.source].date
        if not shown:
            assert told.checked_on >= READ, name
        elif re.search(r"[A-Z]", shown):
            assert told.checked_on == _read_date(shown), name
        else:
            assert told.checked_on.year == int(shown), name
        assert told.checked_on <= date(2026, 11, 22), name


@EVERY
def test_forms_are_those_the_hours_know(place):
    """What a place lives on can be reckoned in minutes, and our cadence makes some of it."""
    kinds = set(read_toml("fit/effort.toml")["minutes"])
    assert set(place.forms) <= kinds
    assert len(set(place.forms)) == len(place.forms)
    assert set(load_efforts()[place.id].posts) <= kinds
    assert set(load_efforts()[place.id].posts) & set(place.forms)


@EVERY
def test_figures_are_known_by_name_and_positive(place):
    """A place has no figure that nothing shows, and none of nought."""
    assert set(place.facts) <= set(FIGURES)
    for name, fact in place.facts.items():
        assert fact.value > 0, name
        assert fact.value == int(fact.value), name
        assert fact.source, name
        assert place.fact(name) == fact.value
    visible, whole = place.fact("visible_limit"), place.fact("post_limit")
    assert visible is None or visible < whole
    assert place.fact("window_hours") is None or place.messages is Presence.YES
    assert place.fact("links_max") is None or place.sheet.profile_link.value is not Presence.NO


@EVERY
def test_findings_on_how_often_to_post_are_kept_side_by_side(place):
    """Each finding names its source, and the least is not more than the most."""
    for key, told in place.sheet.cadence.items():
        assert told.source == key
        assert told.low > 0
        least, most = told.a_week
        assert most is None or least <= most


@EVERY
def test_tagged_links_are_filed_as_the_sheet_says(place):
    """Google's list has our source where the sheet says it does."""
    tagging = place.sheet.tagging
    assert re.fullmatch(r"[a-z]+", tagging.value)
    assert find_category(tagging.value).lower() == tagging.list


def test_no_two_places_share_a_source():
    """From a tagged visit it can be told which place it came from."""
    used = [place.sheet.tagging.value for place in load_platforms().values()]
    assert len(used) == len(set(used))


@EVERY
def test_way_to_the_website_follows_from_the_facts(place):
    """The value of the way is reckoned from what is known, and unknown where that is."""
    value = place.path_value
    assert (value is None) is (place.links is Links.UNKNOWN)
    assert value == weigh_path(place.links, place.sheet.profile_link.value)


@EVERY
def test_each_fact_is_a_sentence_with_its_source_and_day(place):
    """Everything is shown in words, and nothing that is unknown passes for known."""
    words = load_place_words()
    shown = list_facts(place)
    told = [name.partition(".")[0] for name, _ in _list_told(place)]
    missing = [] if place.cadence else ["cadence"]
    assert sorted(fact.name for fact in shown) == sorted([*told, *missing, "ours"])
    for fact in shown:
        assert fact.label
        assert re.fullmatch(r"[A-Z\d“].*[.”]", fact.text), fact.text
        assert not re.search(r"[{}_]|  |None|\bnan\b", fact.text), fact.text
        if fact.is_known:
            assert "not found" not in fact.text.lower(), fact.text
            assert fact.is_own is (fact.source_line == words["source"]["own"])
        else:
            assert "not found" in fact.text.lower(), fact.text
            assert fact.source_line == words["source"]["unknown"]


@EVERY
def test_what_no_source_tells_is_said_to_be_unknown(place):
    """An answer without a source is unknown, or ours where the place is our own."""
    sheet = place.sheet
    for told in (sheet.links, sheet.profile_link, sheet.messages, sheet.comments, sheet.reviews):
        if place.id != "own":
            assert (told.value == Presence.UNKNOWN) is (not told.sources)


@EVERY
def test_old_facts_are_flagged(place):
    """On a day long after, every fact says how old it is; on its own day none does."""
    flag = f"more than {default('fact_days'):g} days ago"
    for fact in list_facts(place):
        assert flag in write_checked(fact, LATER)
        assert flag not in write_checked(fact, fact.checked_on)
        assert write_day(fact.checked_on) in write_checked(fact, LATER)
        edge = fact.checked_on + timedelta(days=default("fact_days"))
        assert not is_old(fact.checked_on, edge)
        assert is_old(fact.checked_on, edge + timedelta(days=1))


def test_one_table_has_all_places():
    """Each place has its row, in the order of lists, without an empty cell."""
    table = sheet_rows("en", LATER)
    assert [row[0] for row in table.rows] == [p.name for p in load_platforms().values()]
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert all(cell.strip() == cell and cell for row in table.rows for cell in row)
    assert all("look again" in row[-1] for row in table.rows[:-1])


@EVERY
def test_facts_speak_another_language(made_up, place):
    """Everything said about a place can be translated, what its own file tells as well."""
    shown = " ".join(f"{fact.label} {fact.text}" for fact in list_facts(place, made_up))
    days = " ".join(write_checked(fact, LATER, made_up) for fact in list_facts(place, made_up))
    kept = {place.sheet.tagging.value}
    assert set(re.findall(r"[A-Za-z]{3,}", f"{shown} {days}")) <= kept


def test_table_speaks_another_language(made_up):
    """So can the table of all places, save their names."""
    table = sheet_rows(made_up, LATER)
    said = [table.title, table.lead, *table.columns, *(c for row in table.rows for c in row[1:])]
    assert re.findall(r"[A-Za-z]{3,}", " ".join(said)) == []
