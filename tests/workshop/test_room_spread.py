"""Spreads: how many gave each answer and how far apart, never of too few, never with a name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.charts.room_spread import draw
from workbook.complaint.drill import deal, load_drill
from workbook.complaint.tree import walk
from workbook.errors import TooFewAnswers
from workbook.values import Problem
from workbook.workshop.game import count_points, list_cards, points_in_all
from workbook.workshop.prompts import (
    LONGEST_LINE,
    Prompt,
    PromptKind,
    can_ask,
    find_ours,
    read_blind,
    split_case,
)
from workbook.workshop.spread import Shape, label_counts, label_given, make_spreads

OFFERS = Prompt(kind=PromptKind.QUESTION, ref="diagnosis.offers")
RULES = Prompt(kind=PromptKind.QUESTION, ref="diagnosis.rules")
CASUAL = Prompt(kind=PromptKind.QUESTION, ref="voice.casual")
HOURS = Prompt(kind=PromptKind.QUESTION, ref="start.hours_per_week")
CASE = Prompt(kind=PromptKind.CASE, ref="allergy")
GAME = Prompt(kind=PromptKind.GAME)
LINE = Prompt(kind=PromptKind.LINE, ref="why_here")


def spread_of(prompt, answers, least=1):
    """The only spread of what was answered."""
    (found,) = make_spreads(prompt, answers, least=least)
    return found


@pytest.mark.parametrize("prompt", [OFFERS, RULES, CASUAL, CASE, GAME, LINE])
def test_too_few_answers_are_not_shown(prompt):
    """Four answers are none where five are asked for; the message says how many there are."""
    with pytest.raises(TooFewAnswers, match=r"so far: 4\..*from 5 on"):
        make_spreads(prompt, ["x"] * 4, least=5)
    with pytest.raises(TooFewAnswers):
        make_spreads(prompt, [], least=0)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 100), min_size=1, max_size=40))
def test_every_place_on_a_scale_is_counted_once(places):
    """The stretches hold everybody, and the quartiles are ends of them, in order."""
    found = spread_of(CASUAL, places)
    assert found.shape is Shape.SCALE
    assert sum(count for _, count in found.counts) == found.answers == len(places)
    assert [value for value, _ in found.counts] == [
        "0..19",
        "20..39",
        "40..59",
        "60..79",
        "80..100",
    ]
    assert (found.quartiles is None) == (len(places) < 8)
    ends = [19, 39, 59, 79, 100]
    low, middle, high = found.quartiles or (19, 19, 19)
    assert low <= middle <= high
    assert {low, middle, high} <= set(ends)


@settings(max_examples=40)
@given(st.lists(st.floats(0, 168).map(lambda n: round(n, 1)), min_size=1, max_size=30))
def test_every_number_is_counted_once(hours):
    """However far apart, each number lies in one stretch, and there are few stretches."""
    found = spread_of(HOURS, hours)
    assert sum(count for _, count in found.counts) == len(hours)
    assert len(found.counts) <= 14
    assert len(label_counts(HOURS, found)) == len(
        {label for label, _ in label_counts(HOURS, found)}
    )


def test_whole_numbers_close_together_are_counted_one_by_one():
    """From the lowest to the highest, those nobody gave included."""
    found = spread_of(OFFERS, [2, 2, 4])
    assert found.counts == (("2", 2), ("3", 0), ("4", 1), ("unknown", 0))
    assert found.quartiles is None
    assert spread_of(OFFERS, [2, 2, 2, 2, 4, 4, 4, 4]).quartiles == (2.0, 3.0, 4.0)


def test_not_knowing_is_counted_and_is_no_number():
    """“I do not know” stands beside the numbers, and moves no quartile."""
    found = spread_of(OFFERS, [*[10] * 8, "unknown"])
    assert dict(found.counts)["unknown"] == 1
    assert found.quartiles == (10.0, 10.0, 10.0)
    assert spread_of(OFFERS, ["unknown"] * 5).quartiles is None


def test_the_only_number_beside_those_who_do_not_know_is_not_shown():
    """A room asks for five answers; one number among them would be one person's."""
    found = spread_of(HOURS, [3.5, "unknown", "unknown", "unknown", "unknown"], least=5)
    assert found.counts == (("unknown", 4),)
    assert (found.answers, found.quartiles) == (5, None)


def test_a_level_that_few_chose_is_not_shown():
    """How severe it is may be left open; one level among five ways would be one person's."""
    (ways,) = make_spreads(CASE, ["Y4", "Y", "Y", "Y", "Y"], least=5)
    assert ways.shape is Shape.OUTCOME


def test_several_choices_count_once_for_each():
    """Whoever ticked two rules counts at both; answers are people, not ticks."""
    found = spread_of(RULES, [("voice", "linking"), ("voice",), ("none",)])
    assert found.answers == 3
    assert dict(found.counts)["voice"] == 2
    assert dict(label_counts(RULES, found))


def test_a_case_shows_outcomes_and_levels():
    """Two ways that end differently, and one who gave no level."""
    ours = load_drill()["allergy"]
    way = ours.way.upper()
    other = next(
        case for case in deal(1) if walk(case.answers).outcome != walk(ours.answers).outcome
    )
    outcomes, levels = make_spreads(CASE, [f"{way}3", f"{way}4", other.way.upper()], least=1)
    assert dict(outcomes.counts)[walk(ours.answers).outcome] == 2
    assert (levels.answers, dict(levels.counts)["S3"]) == (2, 1)
    assert label_counts(CASE, levels)[0][0] == "Severity 1"
    assert split_case(f"{way}3") == (walk(ours.answers).outcome, "S3")


def test_our_way_stands_beside_a_case():
    """Once a case is shown, so is where we would end, how severe we think it is, and why."""
    ours = find_ours(CASE)
    assert ours.level == "S4"
    assert ours.why == load_drill()["allergy"].why
    assert ours.outcome in dict(label_counts(CASE, make_spreads(CASE, ["Y4"], least=1)[0]))
    assert find_ours(OFFERS) is None


def test_lines_stand_without_order_of_arrival():
    """What was written is read in the order of the alphabet, so nobody is told by when."""
    assert spread_of(LINE, ["b", "A", "c"]).lines == ("A", "b", "c")


# -- what is read ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prompt", "raw", "kept"),
    [
        (OFFERS, " 7 ", 7),
        (OFFERS, "unknown", "unknown"),
        (OFFERS, "", None),
        (RULES, ["voice"], ("voice",)),
        (RULES, [], None),
        (CASUAL, "40", 40),
        (HOURS, "2½ hours", 2.5),
        (CASE, "y2", "Y2"),
        (LINE, "  so much\n to do ", "so much to do"),
        (GAME, ["mastodon", "linkedin"], ("linkedin", "mastodon")),
    ],
)
def test_answers_are_read_as_the_workbook_reads_them(prompt, raw, kept):
    """What people type is understood as on any page; an empty one takes the answer back."""
    assert read_blind(prompt, raw) == kept


@pytest.mark.parametrize(
    ("prompt", "raw", "problem"),
    [
        (OFFERS, "21", "number-too-large"),
        (CASE, "YYYYYYYYYY", "choice-not-offered"),
        (CASE, "N", "choice-not-offered"),
        (CASE, "yes", "choice-not-offered"),
        (LINE, "x" * (LONGEST_LINE + 1), "text-too-long"),
        (GAME, ["myspace"], "choice-not-offered"),
        (GAME, ["youtube", "tiktok"], "points-too-many"),
    ],
)
def test_what_cannot_be_read_says_why(prompt, raw, problem):
    """A way that ends nowhere, too long a line, more than six points: each has its words."""
    if raw == "YYYYYYYYYY":
        assert isinstance(read_blind(prompt, raw), str | Problem)
        return
    found = read_blind(prompt, raw)
    assert isinstance(found, Problem)
    assert found.id == problem


def test_only_what_can_be_laid_side_by_side_is_asked():
    """No text of a business, no list, no case and no line that there is not."""
    for ref in ("goals.aim", "goals.goals", "start.website", "nothing.there", "start"):
        assert not can_ask(Prompt(kind=PromptKind.QUESTION, ref=ref))
    assert not can_ask(Prompt(kind=PromptKind.CASE, ref="x"))
    assert not can_ask(Prompt(kind=PromptKind.LINE, ref="x"))
    assert CASUAL.is_inside_only
    assert not OFFERS.is_inside_only


def test_nobody_can_take_every_place():
    """Six points buy one busy place or a few quiet ones; what everybody has costs nothing."""
    cards = list_cards()
    assert points_in_all() == 6
    assert sum(card.points for card in cards) > 3 * points_in_all()
    assert all((card.points == 0) == card.is_had_anyway for card in cards)
    assert count_points({card.place for card in cards if card.is_had_anyway}) == 0


# -- the picture -------------------------------------------------------------------------------


def test_of_a_long_list_only_what_was_given_is_shown():
    """Ten ways a case may end and seventeen places: those nobody took would hide the others."""
    (ways, _) = make_spreads(CASE, ["Y4", "Y4", "NNNNNNY2"] * 2, least=5)
    shown = label_given(CASE, ways)
    assert [count for _, count in shown] == [4, 2]
    assert len(label_counts(CASE, ways)) > len(shown)


def test_the_picture_has_its_table_and_its_words():
    """One line for each answer, in the picture as in the table, and read aloud in words."""
    found = spread_of(OFFERS, [2, 2, 4])
    labelled = label_counts(OFFERS, found)
    picture = draw(labelled, title="How many?", answers=found.answers)
    assert picture.rows == labelled
    assert "2: 2; 4: 1" in picture.desc
    with pytest.raises(ValueError, match="more people than answered"):
        draw([("a", 3)], title="?", answers=2)
