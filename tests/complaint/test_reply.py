"""The reply linter: what makes complaints worse, and what a reply has."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.complaint.reply import LONGEST, Setting, check_reply, count_signs, is_judged
from workbook.content import load_words

GOOD = (
    "Hello Kim, thank you for telling us about the late delivery. That should not have happened, "
    "and we apologise. We will bring the parcel round ourselves. For the details, write to "
    "help@example.com. You hear from us by Monday, 17:00. AB"
)
OURS = Setting(name="Kim", topic="the late delivery", allowed=("help@example.com",))


def _ids(text, setting=OURS):
    return [fault.id for fault in check_reply(text, setting)]


def test_a_good_reply_has_no_fault():
    """Name, topic, one action and a deadline, and nobody is blamed."""
    assert check_reply(GOOD, OURS) == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("Hello Kim, thank", "Thank"), "name"),
        (("the late delivery", "this"), "topic"),
        (("We will bring the parcel round ourselves. ", ""), "action"),
        ((" You hear from us by Monday, 17:00.", ""), "deadline"),
        (("ourselves.", "ourselves. I will call the driver."), "actions"),
        (("and we apologise", "we are sorry you feel that way"), "feel"),
        (("and we apologise", "but you should have called"), "blame"),
        (("and we apologise", "but it was your fault"), "blame"),
        (("and we apologise", "and we regret any inconvenience"), "canned"),
        (("and we apologise", "it will never happen again"), "promise"),
        (("round ourselves", "and give a refund"), "gift"),
        (("AB", "Call Kim on 0151 2345 6789."), "phone"),
        (("AB", "Yours is kim@example.org."), "mail"),
        (("AB", "Your order no. 4711-882 is found."), "order"),
        (("AB", "Your treatment went well."), "health"),
        (("AB", "Post your order number here."), "asked"),
        (("AB", "[your initials]"), "gap"),
    ],
)
def test_each_rule_finds_its_fault(change, fault):
    """One thing is wrong in the reply, and its rule alone finds it."""
    text = GOOD.replace(*change)
    assert text != GOOD
    assert _ids(text) == [fault]


def test_a_fault_shows_the_words_and_what_to_do():
    """The rule, the words it found, and a way out; never a grade."""
    (fault,) = check_reply(GOOD.replace("and we apologise", "but obviously it was late"), OURS)
    assert "obviously" in fault.what
    assert fault.quote == "obviously"
    assert fault.do


@pytest.mark.parametrize(
    "start", ["Hi Kim,", "Dear Kim", "Thank you, Kim,", "@kim_84", "Kim,", "Good morning Kim,"]
)
def test_a_name_is_seen_in_the_greeting(start):
    """Where the name is not known, somebody is greeted by one."""
    unknown = Setting(needs=frozenset({"name"}))
    assert _ids(f"{start} we read this.", unknown) == []
    assert _ids("Hello, we read this.", unknown) == ["name"]
    assert _ids("Thank you for the letter.", unknown) == ["name"]


@pytest.mark.parametrize(
    "when",
    [
        "by Monday",
        "by 17:00",
        "within 2 hours",
        "tomorrow",
        "by 5 pm",
        "until 3 June",
        "in two days",
    ],
)
def test_a_deadline_is_seen_however_it_is_said(when):
    """A day, a time of day or a length of time."""
    wanted = Setting(needs=frozenset({"deadline"}))
    assert _ids(f"You hear from us {when}.", wanted) == []
    assert _ids("You hear from us soon.", wanted) == ["deadline"]


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ("We\u2019ll replace the part.", []),
        ("I am checking the till.", []),
        ("We have passed it to the workshop.", []),
        ("We will get back to you.", ["action"]),
        ("We will answer soon.", ["action"]),
        ("We are a small team.", ["action"]),
        ("We will check it and I will call the driver.", ["actions"]),
    ],
)
def test_coming_back_is_no_action(said, faults):
    """One thing that is done counts; to be back is when, and not what."""
    assert _ids(said, Setting(needs=frozenset({"action"}), may_give="replace")) == faults


def test_what_the_team_may_give_is_no_fault():
    """A refund may be promised where the plan says so."""
    text = "We will refund the deposit."
    assert _ids(text, Setting(needs=frozenset(), may_give="Refund up to 50")) == []
    assert _ids(text, Setting(needs=frozenset(), may_give="A new appointment")) == ["gift"]
    assert _ids(text, Setting(needs=frozenset(), may_give=None)) == ["gift"]


def test_a_network_has_a_limit():
    """On X a reply of 281 characters is too long, and 280 are not; wide signs count twice."""
    there = Setting(needs=frozenset(), limit=280, platform="X")
    assert _ids("a" * 280, there) == []
    assert _ids("a" * 281, there) == ["long"]
    assert _ids("水" * 141, there) == ["long"]
    assert count_signs("e\u0301") == 1


def test_the_topic_may_come_from_what_they_wrote():
    """A reply shares a telling word with the complaint, in any form of it."""
    said = Setting(needs=frozenset({"topic"}), said="My soup was cold and the waiter rude")
    assert _ids("Hello Kim, cold soups are no joke.", said) == []
    assert _ids("Hello Kim, thank you for writing.", said) == ["topic"]


def test_nothing_written_is_told():
    """An empty reply has one fault: there is none."""
    assert _ids(" \n ") == ["empty"]


@pytest.mark.parametrize("kind", ["blame", "feel", "canned", "promise", "gift"])
def test_every_phrase_of_a_list_is_found(kind):
    """Each phrase in the list of a rule is seen in a sentence."""
    for phrase in load_words("complaint/reply.toml")[kind]["words"]:
        text = f"So {phrase.replace('*', 'ed')} now."
        assert kind in _ids(text, Setting(needs=frozenset())), phrase


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text):
    """Emoji, scripts of any direction and control signs do no harm."""
    for fault in check_reply(text):
        assert fault.what
        assert "{" not in fault.do


@pytest.mark.thorough
@pytest.mark.parametrize(
    "piece", ["a", "@", "1 ", "you ", "[", "A1", "we will ", "+1-(", "é", "a.b@"]
)
def test_a_megabyte_is_looked_at_at_once(piece):
    """A huge paste is told too long and cut; it never hangs."""
    text = piece * (1_000_000 // len(piece))
    assert len(text) > LONGEST
    begin = time.process_time()
    check_reply(text, Setting(limit=280, platform="X", said=text))
    assert time.process_time() - begin < 2


SPANISH = "Hola Ana: gracias por escribir. Hoy miramos el grifo y te llamamos antes de las 17:00."


def test_a_reply_in_another_language_is_not_judged_by_english_words():
    """Of it only is told what needs no words: personal details, gaps and its length."""
    setting = Setting(name="Ana", topic="the tap", limit=40, platform="X", english_share=15)
    assert not is_judged(SPANISH, setting, "es")
    found = {fault.id for fault in check_reply(f"{SPANISH} ana@example.com", setting, "es")}
    assert found == {"mail", "long"}


def test_an_english_reply_is_judged_in_a_page_of_any_language():
    """The page may speak Spanish while the business writes in English."""
    text = "We are sorry that you feel that way. It is your own fault, as we said to you."
    setting = Setting(english_share=15)
    assert is_judged(text, setting, "es")
    ours, theirs = (check_reply(text, setting, language) for language in ("en", "es"))
    assert [fault.id for fault in ours] == [fault.id for fault in theirs] != []
