"""A choice of places in sentences: what, why, how sure, what would change it, and how good."""

from __future__ import annotations

import pytest

from workbook.discovery import read_toml
from workbook.evidence.clients import Counted, Question
from workbook.evidence.profiles import Profile
from workbook.evidence.survey import place_ids
from workbook.fit.audiences import Audience, Kind
from workbook.fit.changes import Lever
from workbook.fit.choice import Wish, choose
from workbook.fit.numbers import OURS
from workbook.fit.quality import list_quality
from workbook.fit.suitability import Criterion
from workbook.fit.wording import list_notes, load_fit_words, tell_changes, write_recommendation

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
    assert "Of Owners and Students" in because
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
