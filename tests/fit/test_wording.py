"""A choice of places in sentences: what, why, how sure, what would change it, and how good."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from workbook.discovery import read_toml
from workbook.evidence.clients import Counted, Question
from workbook.evidence.profiles import Profile
from workbook.evidence.survey import place_ids
from workbook.fit.audiences import Audience, Kind
from workbook.fit.changes import Lever, find_changes
from workbook.fit.choice import Remark, Wish, choose
from workbook.fit.numbers import OURS
from workbook.fit.quality import list_quality
from workbook.fit.suitability import Criterion
from workbook.fit.wording import (
    list_notes,
    load_fit_words,
    name_country,
    tell_changes,
    write_hours,
    write_recommendation,
)

ADULTS = Audience(Profile("US"), 100, name="Neighbours")


def answered(asked=12, **counts):
    """The neighbours, so many of whom said which places they use."""
    return Audience(Profile("US"), 100, clients=(Counted(Question.USE, asked, counts),), name="N")


NOTHING = dict.fromkeys(Criterion, 0.0)
WISHES = {
    "survey": Wish((ADULTS,), 6, people=1),
    "clients": Wish((answered(LinkedIn=9, Facebook=4),), 9),
    "businesses": Wish((Audience(Profile("US"), 100, Kind.BUSINESSES),), 6),
    "atlantis": Wish((Audience(Profile("Atlantis"), 100),), 6),
    "no hours": Wish((ADULTS,), 0),
    "few hours": Wish((ADULTS,), 1),
    "nobody": Wish((), 6),
    "none allowed": Wish(
        (ADULTS,), 9, people=1, numbers=OURS.put("platform_fit.places_for_one", 0)
    ),
    "none suits": Wish((answered(X=9),), 9, criteria={"X": NOTHING}),
}


@pytest.mark.parametrize("wish", WISHES.values(), ids=list(WISHES))
def test_every_recommendation_says_what_why_how_sure_and_what_would_change_it(wish):
    """None of the four is empty or has a gap, whatever is known; and so are the notes."""
    choice = choose(wish)
    told = write_recommendation(choice)
    for text in (*told, *(note.text for note in (*list_notes(choice), *tell_changes(choice)))):
        assert text.endswith(".")
        assert not any(mark in text for mark in ("{", "}", "None", "  ", "..", "nan"))
    assert bool(choice.best.places) is (not told.what.startswith("No place"))


def test_from_a_survey_it_is_provisional_and_names_whom_it_is_about():
    """The group, its reach with both ends, the rule of one place, and what clients would do."""
    told = write_recommendation(choose(WISHES["survey"]))
    assert "This is provisional, and no place is the main one yet." in told.what
    assert "Of Neighbours, 71 in 100" in told.because
    assert "One person does this" in told.because
    assert "a survey of adults, not of your customers" in told.sure
    assert told.change.endswith(
        "What 10 clients say takes the place of the survey, and may turn it round."
    )


def test_from_clients_it_names_the_main_place_and_how_many_said_so():
    """Who was asked, that they are clients who were won, and nothing of a survey."""
    told = write_recommendation(choose(WISHES["clients"]))
    assert "Your main place is LinkedIn." in told.what
    assert "9 of 12 clients named LinkedIn." in told.because
    assert "clients you won, not those you missed" in told.sure
    assert "survey" not in told.what + told.sure


def test_ties_are_named():
    """What cannot be told from the best set is named with it."""
    choice = choose(Wish((answered(LinkedIn=6, Facebook=6),), 4.5, people=1))
    assert choice.options[1].is_tied
    other = choice.options[1].places[0]
    assert f"It cannot be told from {other}" in write_recommendation(choice).sure
    assert "could not be told from it" in write_recommendation(choose(WISHES["survey"])).sure


def test_it_is_not_called_sure_while_the_places_are_to_be_looked_at():
    """What nobody found out about a place yet could turn the order, and is said to."""
    audience = Audience(Profile("US", {"gender": ("Women",)}), 100)
    known = {name: dict.fromkeys(Criterion, 0.5) for name in place_ids()}
    told = load_fit_words()["recommendation"]["not_known"]
    for criteria, is_told in (({}, True), (known, False)):
        choice = choose(Wish(audiences=(audience,), hours=6, criteria=criteria))
        assert (told in write_recommendation(choice).sure) is is_told


def test_two_groups_of_clients_are_told_apart():
    """Where they said different things, each is named."""
    groups = tuple(
        Audience(Profile("US"), 50, clients=(Counted(Question.USE, 12, {"X": hits}),), name=name)
        for name, hits in (("Owners", 9), ("Students", 5))
    )
    because = write_recommendation(choose(Wish(groups, 9))).because
    assert "Of clients like yours in Owners and Students, " in because
    assert "9 of 12 clients of Owners named X." in because
    assert "5 of 12 clients of Students named X." in because


def test_the_number_of_clients_to_ask_is_the_business_s_own():
    """Nowhere does it say ten where the business wants fifteen."""
    wish = Wish((answered(12, X=9),), 6, numbers=OURS.put("audience.clients_least", 15))
    choice = choose(wish)
    assert choice.is_provisional
    texts = [*write_recommendation(choice), *(note.text for note in list_notes(choice))]
    assert any("15 clients" in text for text in texts)
    assert not any("10 clients" in text or " ten " in text for text in texts)


def test_every_change_has_its_words():
    """No kind of change, criterion or reason is without a sentence."""
    words = load_fit_words()
    assert {lever.value for lever in Lever} <= set(words["changes"])
    for part in ("criteria", "weights"):
        assert set(words[part]) == {criterion.value for criterion in Criterion}


def test_how_well_the_figures_hold_can_be_shown():
    """Place by place and wave by wave, called what it is, with the unseen half beside it."""
    quality = list_quality()
    kept = read_toml("evidence/survey/quality.toml")["agreement"]
    assert len(quality.rows) == sum(map(len, kept["places"].values())) + 1
    assert all(len(row) == len(quality.columns) for row in quality.rows)
    assert quality.rows[-1][2:] == ("98.7", "5.4", "3.6")
    assert ("LinkedIn", "2024", "95.8", "8.8", "4.1") in quality.rows
    assert "interviews the model was fitted on" in quality.lead
    assert "96.7 %" in quality.beside
    assert "Pinterest 92 to 94 %" in quality.beside


# -- what the sentences may not say -------------------------------------------------------------

GERMANS = Audience(Profile("Germany", {"age": ("30-49",)}), 100, name="Germans")


def test_figures_on_everybody_are_called_so():
    """Half of the Germans of 30 to 49 use Instagram; the interval is that of everybody there."""
    choice = choose(Wish((GERMANS,), 6))
    told = write_recommendation(choice)
    assert "Of everybody in Germany (German-speaking population 14+), not of your group, " in (
        told.because
    )
    assert "at least once a week" in told.because
    assert "Of 30-49 alone other figures were published" in told.sure
    assert "Instagram 50 in 100 and Facebook 51 in 100. They lie outside" in told.sure
    assert "What holds for Germans alone is not known" in told.sure
    assert "14-29" not in told.sure
    assert "a survey of people from 14 on, not of your customers" in told.sure
    words = load_fit_words()["recommendation"]
    assert words["alone_best"] not in told.sure
    notes = {note.id: note.text for note in list_notes(choice)}
    assert notes["total"] == "Germans: the figures are of everybody in Germany, not of this group."
    whole = choose(Wish((Audience(Profile("Germany"), 100),), 6))
    assert "not of your group" not in write_recommendation(whole).because
    assert "total" not in {note.id for note in list_notes(whole)}


def test_surveys_that_asked_different_things_are_not_pooled_silently():
    """Ever use in one country and use every week in another are named with their groups."""
    groups = (replace(ADULTS, share=50), replace(GERMANS, share=50))
    notes = {note.id: note.text for note in list_notes(choose(Wish(groups, 6)))}
    assert "ever use (Neighbours)" in notes["measures"]
    assert "use at least once a week (Germans)" in notes["measures"]
    assert "measures" not in {note.id for note in list_notes(choose(WISHES["survey"]))}


def test_a_set_that_reaches_more_people_is_named_with_the_reason_why_it_lost():
    """Reach is one thing, what counts another; the set that reaches most is not passed over."""
    women = {"gender": ("Women",), "age": ("30-49",), "education": ("College graduate",)}
    path = {"WhatsApp": 1.0, "LinkedIn": 0.4, "Facebook": 0.8}
    criteria = {name: {Criterion.PATH: value} for name, value in path.items()}
    choice = choose(Wish((Audience(Profile("US", women), 100),), 6, criteria=criteria))
    because = write_recommendation(choice).because
    assert "No other set within your hours counts for more" in because
    assert choice.best.places == ("Facebook", "WhatsApp")
    assert "Facebook and LinkedIn would reach more people, 9" in because
    assert "LinkedIn suits you less than WhatsApp: the way to your website." in because
    alike = choose(WISHES["survey"])
    assert "more people" not in write_recommendation(alike).because


@pytest.mark.parametrize("hours", [2.5, 3.5, 6])
def test_no_reach_stands_without_its_interval(hours):
    """What would change it names each reach with both ends; no place reaches nobody by words."""
    for note in tell_changes(choose(Wish((ADULTS,), hours, people=1))):
        assert note.text.count(" in 100") == len(re.findall(r" in 100 \(\d+ to \d+\)", note.text))
        assert "no place, reaching" not in note.text
    notes = {n.id: n.text for n in tell_changes(choose(Wish((ADULTS,), 3.35, people=1)))}
    assert notes["fewer_hours"].endswith(" a week no place fits.")


def test_more_hours_name_the_nearest_set_and_the_best_within_reach_and_less_work():
    """Not only Snapchat twenty minutes away, but what two more hours bring; or fewer posts."""
    old = Audience(Profile("US", {"age": ("50-64", "65+"), "community": ("Suburban",)}), 100)
    choice = choose(Wish((old,), 3, people=1))
    notes = [(note.id, note.text, note.path) for note in tell_changes(choice)]
    more = [text for key, text, _ in notes if key == "more_hours"]
    assert more[0].startswith("With 20 min more a week: Snapchat")
    assert more[1].startswith("With 1 h 15 min more a week: Facebook")
    (less,) = [(text, path) for key, text, path in notes if key == "less_work"]
    assert less[0].startswith("Without more hours: 20 min a week less work on Snapchat")
    assert less[1] == "platform_fit.places"


def test_hours_that_are_not_known_are_asked_for_first():
    """It is the hours that are missing, and no survey that clients would take the place of."""
    cafe = Audience(Profile("United Kingdom"), 100)
    choice = choose(Wish((cafe,), 0, remarks=(Remark.of("hours_open"),)))
    first, *others = tell_changes(choice)
    assert (first.id, first.path) == ("tell_hours", "start.hours_per_week")
    assert write_recommendation(choice).change.startswith("Tell us your hours")
    assert not any("survey" in note.text for note in others)


def test_what_comes_on_top_of_the_hours_is_said_once():
    """Website, newsletter and business profile take hours of their own."""
    texts = [n.text for n in list_notes(choose(WISHES["survey"])) if n.id == "base"]
    assert len(texts) == 1
    assert "on top of the hours of a set" in texts[0]
    assert "2 h 34 min" in texts[0]


def test_clients_are_spoken_of_as_clients():
    """Twelve who were won say where they spend time; that is no share of all shops."""
    said = Counted(Question.TIME, 12, {"LinkedIn": 8})
    shops = Audience(Profile("US"), 100, Kind.BUSINESSES, clients=(said,), name="Shops")
    choice = choose(Wish((shops,), 6))
    because = write_recommendation(choice).because
    assert because.startswith("Of clients like yours in Shops, ")
    assert "spend time on it" in because
    assert "since" not in {note.id for note in list_notes(choice)}


@pytest.mark.parametrize(
    ("hours", "text"),
    [(0, "0 hours"), (1, "1 hour"), (5.8333, "5 h 50 min"), (0.333, "20 min"), (1.999, "2 hours")],
)
def test_hours_are_written_as_people_say_them(hours, text):
    """Hours and minutes, not hundredths of an hour."""
    assert write_hours(hours) == text


@pytest.mark.parametrize(
    ("country", "text"),
    [("de", "Germany"), ("USA", "the United States"), ("United Kingdom", "the United Kingdom"),
     (" Italy ", "Italy")],
)  # fmt: skip
def test_a_country_stands_in_a_sentence_with_its_article(country, text):
    """The United Kingdom, and Italy."""
    assert name_country(country) == text


@pytest.mark.parametrize(("country", "words"), [("", "Name the country"), ("Atlantis", "written")])
def test_a_country_that_is_missing_or_unknown_is_named_as_the_cause(country, words):
    """Not the people are unknown, but where they are."""
    told = write_recommendation(choose(Wish((Audience(Profile(country), 100),), 6)))
    assert words in told.because
    assert "these people" not in told.because


def test_an_exception_names_the_set_that_counts_most_and_the_one_that_reaches_most():
    """Two places under a signed exception: the best by what counts, and the widest beside it."""
    criteria = {
        name: {Criterion.GOAL: 1.0, Criterion.CONTENT: 1.0} for name in ("LinkedIn", "Facebook")
    }
    choice = choose(Wish((ADULTS,), 9, people=1, criteria=criteria))
    changes = {c.lever: c for c in find_changes(choice)}
    freed = choose(replace(choice.wish, exception="They share one video."))
    most, widest = changes[Lever.EXCEPTION], changes[Lever.EXCEPTION_REACH]
    assert most.places == freed.best.places
    assert widest.reach >= most.reach + 1
    assert widest.places in {option.places for option in freed.options}
    notes = {note.id: note.text for note in tell_changes(choice)}
    assert notes["exception"].startswith("If you sign an exception to the one place, ")
    assert "would reach most people, " in notes["exception_reach"]


def test_many_groups_are_not_all_named_in_one_sentence():
    """Of eight groups five are named, and how many more there are."""
    ages = ("18-29", "30-49", "50-64", "65+")
    profiles = [
        Profile("US", {"age": (a,), "gender": (g,)}) for a in ages for g in ("Women", "Men")
    ]
    groups = [Audience(p, 12.5, name=f"G{n}") for n, p in enumerate(profiles, 1)]
    because = write_recommendation(choose(Wish(tuple(groups), 6))).because
    assert because.startswith("Of G1, G2, G3, G4, G5 and 3 more, ")
