"""Agendas: they stretch to the time there is, and everything in them can be asked and shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.discovery import find_files, read_toml
from workbook.errors import AgendaTooShort
from workbook.plan import step_names
from workbook.workshop.agenda import list_to_bring, load_agendas, load_parts, title_agenda
from workbook.workshop.prompts import can_ask, title_prompt

AGENDAS = load_agendas()
PARTS = load_parts()


def test_three_lengths_ship():
    """Half a day, three hours and one hour, each with the minutes its name says."""
    assert {name: each.minutes for name, each in AGENDAS.items()} == {
        "half_day": 210,
        "three_hours": 180,
        "one_hour": 60,
    }
    assert all(title_agenda(each) for each in AGENDAS.values())


@settings(max_examples=25)
@given(st.sampled_from(list(AGENDAS.values())), st.integers(0, 600))
def test_a_stretched_agenda_fills_its_time(agenda, more):
    """Whatever the length: it adds up, breaks stay whole, and no part falls below its least."""
    minutes = agenda.shortest + more
    stretched = agenda.stretch(minutes)
    assert stretched.minutes == minutes
    for slot, was in zip(stretched.slots, agenda.slots, strict=True):
        assert slot.part == was.part
        assert slot.minutes >= was.least
        if PARTS[slot.part].is_break:
            assert slot.minutes == was.minutes


@settings(max_examples=20)
@given(st.sampled_from(list(AGENDAS.values())), st.integers(0, 300))
def test_parts_keep_their_proportion(agenda, more):
    """Of two parts that may shrink further, the longer one stays at least as long."""
    stretched = agenda.stretch(agenda.minutes + more)
    free = [
        (was.minutes, slot.minutes)
        for was, slot in zip(agenda.slots, stretched.slots, strict=True)
        if not PARTS[slot.part].is_break
    ]
    for was, is_now in free:
        exact = was * sum(now for _, now in free) / sum(before for before, _ in free)
        assert abs(is_now - exact) < 1


def test_as_it_is_an_agenda_stays_as_it_is():
    """Its own length changes nothing."""
    for agenda in AGENDAS.values():
        assert agenda.stretch(agenda.minutes) == agenda


def test_too_few_minutes_are_refused_with_the_fewest():
    """Whoever has too little time is told how much it takes at least."""
    agenda = AGENDAS["half_day"]
    with pytest.raises(AgendaTooShort, match=str(agenda.shortest)):
        agenda.stretch(agenda.shortest - 1)


def test_one_part_follows_another():
    """From before the first to after the last, each once."""
    agenda, order, at = AGENDAS["half_day"], [], ""
    while (slot := agenda.following(at)) is not None:
        order.append(slot)
        at = slot.part
    assert tuple(order) == agenda.slots


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_a_part_can_be_held(part):
    """It has words and notes, its page and steps are there, and what it asks can be asked."""
    assert part.title
    assert part.text
    assert part.notes.say
    assert part.notes.watch
    assert part.notes.end
    assert set(part.steps) <= set(step_names())
    assert all(can_ask(prompt) and title_prompt(prompt) for prompt in part.prompts)


def test_pages_of_parts_are_notebooks(request):
    """A part that happens on a page names one that there is."""
    pages = {each.stem for each in (request.config.rootpath / "notebooks").glob("*.ipynb")}
    assert {part.page for part in PARTS.values()} <= {*pages, ""}


def test_the_paper_has_the_same_minutes():
    """When the network fails, the agenda on the blank worksheets is the one on the screen."""
    paper = read_toml("exports/documents/workshop.toml")["agenda"]["parts"]
    for place, name in enumerate(["half_day", "three_hours", "one_hour"]):
        kept = {part: each["minutes"][place] for part, each in paper.items()}
        ours = {slot.part: slot.minutes for slot in AGENDAS[name].slots}
        assert {part: minutes for part, minutes in kept.items() if minutes} == ours
    assert len(find_files("workshop/agendas", ".toml")) == 3


def test_what_to_bring_is_told_once():
    """The preparation link lists what the steps of an agenda ask to have ready."""
    things = list_to_bring(AGENDAS["half_day"])
    assert len(things) == len(set(things)) >= 5
    assert set(list_to_bring(AGENDAS["one_hour"])) < set(things)
