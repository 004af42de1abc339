"""How answers are read from what people type: numbers, dates, addresses, text and choices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbook.content import load_words
from workbook.interface.fields import to_raw
from workbook.plan import Plan, hints_of, record_type
from workbook.steps.start.answers import Analytics
from workbook.values import (
    ADDRESS_LIMIT,
    AnyMinutes,
    Count,
    Day,
    Frozen,
    Handle,
    Hours,
    LongText,
    Minutes,
    Money,
    Number,
    OwnNumber,
    Percent,
    Problem,
    Text,
    TimeOfDay,
    Unknown,
    Url,
    Zone,
    clean_text,
    read,
)
from workbook.wording import decimal_mark, read_typed, write_number


def _annotations(shape, path):
    for name, hint in hints_of(shape).items():
        here = f"{path}.{name}"
        inner = record_type(hint)
        if inner is not None:
            yield here, hint
            yield from _annotations(inner, here)
        elif isinstance(hint, type) and issubclass(hint, Frozen):
            yield here, hint
            yield from _annotations(hint, here)
        else:
            yield here, hint


_KINDS = {repr(annotation): path for path, annotation in _annotations(Plan, "plan")}
ANNOTATIONS = {
    path: annotation for path, annotation in _annotations(Plan, "plan") if path in _KINDS.values()
}
"""One answer of each kind there is; answers of one kind are read alike."""
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None), max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
TYPED = st.text(
    st.sampled_from("0123456789.,-+ '½£€%eE/:#@abcm\u2212\u0663\ud800\x00"), max_size=15
)


def test_every_annotation_of_the_plan_is_looked_at():
    """The answers of every step are read below."""
    assert len(ANNOTATIONS) > 60


@pytest.mark.thorough
@pytest.mark.parametrize("path", ANNOTATIONS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=JSON | TYPED)
def test_reading_never_fails(path, raw):
    """Whatever arrives, it is an answer or a problem with words of its own, never an error."""
    value = read(ANNOTATIONS[path], raw)
    if isinstance(value, Problem):
        text = load_words("values.toml")[value.id]
        assert "{" not in text.format(subject="the answer", **value.values)


@pytest.mark.thorough
@pytest.mark.parametrize("path", ANNOTATIONS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=TYPED | st.dates().map(str) | st.integers().map(str))
def test_what_was_read_reads_the_same_again(path, raw):
    """An answer as the page shows it reads back as the same answer."""
    annotation = ANNOTATIONS[path]
    value = read(annotation, raw)
    if not isinstance(value, Problem):
        assert read(annotation, to_raw(value)) == value


# -- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("4", 4), ("2.5", 2.5), ("2,5", 2.5), (" 12 ", 12), ("0", 0), (".5", 0.5), ("007", 7),
        ("1,200", 1200), ("1.200.000", 1_200_000), ("1 200", 1200), ("1'200", 1200),
        ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("1,234,567", 1_234_567),
        ("1.200", 1.2), ("12,50", 12.5),
        ("½", 0.5), ("2½", 2.5), ("2 ½", 2.5), ("3¾", 3.75), ("¼", 0.25),
        ("£3.50", 3.5), ("€ 1.200,00", 1200), ("$1,200", 1200), ("12 %", 12),
        ("about 20", 20), ("+5", 5), ("\uff11\uff12", 12), ("\u0663", 3),
        (3, 3), (2.5, 2.5), (1e-7, 1e-7),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(typed, number):
    """Thousands, decimals, fractions, signs of money and units are understood."""
    assert read(Number, typed) == number


@pytest.mark.parametrize(
    ("annotation", "typed", "problem"),
    [
        (Number, "a few", "number-unreadable"),
        (Number, "3-4", "number-unreadable"),
        (Number, "1/2", "number-unreadable"),
        (Number, "1,2,3", "number-unreadable"),
        (Number, "1e5", "number-with-words"),
        (Number, "nan", "number-unreadable"),
        (Number, float("inf"), "number-unreadable"),
        (Number, True, "number-unreadable"),
        (Number, [1], "number-unreadable"),
        (Number, "9" * 41, "number-unreadable"),
        (Number, "9" * 30, "number-too-large"),
        (Number, "-4", "number-negative"),
        (Number, "\u22124", "number-negative"),
        (Number, "\u2013 £4", "number-negative"),
        (Number, -4, "number-negative"),
        (Number, "4 hours", "number-with-words"),
        (Number, "5k", "number-with-words"),
        (OwnNumber, "2 weeks", "number-with-words"),
        (Count, "Schere-2019!", "count-with-words"),
        (Count, "about 200", "count-with-words"),
        (Percent, "12 a month", "number-with-words"),
        (Money, "90 cents", "money-with-words"),
        (Hours, "2 hours a day", "hours-with-words"),
        (Hours, "3 days", "hours-with-words"),
        (Hours, "3-5 h", "hours-with-words"),
        (Hours, "-3 h", "number-negative"),
        (Hours, "170 h", "hours-too-many"),
        (Hours, "a few", "number-unreadable"),
        (Minutes, "2 days", "minutes-with-words"),
        (Minutes, "1 h 75 min", "minutes-with-words"),
        (Minutes, "30 h", "number-too-large"),
        (Count, "a few", "count-not-whole"),
        (Count, "-4", "number-negative"),
        (Count, "2.5", "count-not-whole"),
        (Count, "½", "count-not-whole"),
        (Percent, "101", "percent-too-large"),
        (Hours, "169", "hours-too-many"),
        (Money, "9" * 20, "number-too-large"),
    ],
)
def test_numbers_that_cannot_be_meant(annotation, typed, problem):
    """What is no number of its kind says which rule it breaks."""
    found = read(annotation, typed)
    assert isinstance(found, Problem)
    assert found.id == problem


@pytest.mark.parametrize(
    ("annotation", "typed", "number"),
    [
        (Hours, "90 min", 1.5), (Hours, "2 h", 2), (Hours, "2½ hours", 2.5), (Hours, "4 hrs", 4),
        (Hours, "1 h 30 min", 1.5), (Hours, "3h30", 3.5), (Hours, "3 hours a week", 3),
        (Hours, "3 Std. pro Woche", 3), (Hours, "about 2,5 h", 2.5), (Hours, "100 minutes", 1.67),
        (Hours, "1 hour and 15 minutes", 1.25),
        (Minutes, "1h", 60), (Minutes, "1.5 h", 90), (Minutes, "20 min", 20),
        (Minutes, "2 h 15 min", 135), (Minutes, "45 Minuten", 45), (Minutes, "20", 20),
        (AnyMinutes, "30 h", 1800),
        (Percent, "12 percent", 12), (Money, "CHF 12.50", Decimal("12.50")),
        (Money, "12,50 Euro", Decimal("12.50")),
    ],
)  # fmt: skip
def test_units_are_read_and_not_dropped(annotation, typed, number):
    """Minutes where hours are asked for are made hours, and the other way round."""
    assert read(annotation, typed) == number


def test_kinds_of_numbers():
    """Counts are whole, money has two decimals, a week has 168 hours."""
    assert read(Count, "1,200") == 1200
    assert isinstance(read(Count, "12.0"), int)
    assert read(Money, "1200.505") == Decimal("1200.50")
    assert str(read(Money, "£5")) == "5.00"
    assert read(Hours, "168") == 168
    assert read(Percent, "100 %") == 100


SPANISH = "es"


@pytest.mark.parametrize(
    ("annotation", "typed", "number"),
    [
        (Number, "1.200", 1200), (Number, "12.000", 12_000), (Number, "1.200,50", 1200.5),
        (Number, "3,5", 3.5), (Number, "3.5", 3.5), (Number, "12.50", 12.5),
        (Number, "1.200.000", 1_200_000), (Number, "0,125", 0.125), (Number, "0.125", 0.125),
        (Number, "1 200,5", 1200.5), (Number, "1,234.5", 1234.5), (Number, "1,234,567", 1_234_567),
        (Number, "2½", 2.5), (Count, "1.200", 1200), (Count, "3,500", 3500),
        (Percent, "12,500", 12.5), (Hours, "2,250 h", 2.25), (Money, "1.200 €", 1200),
        (Money, "1.200,5 euros", Decimal("1200.50")),
        (Number, "unos 1.200", 1200), (Percent, "12,5 por ciento", 12.5),
        (Hours, "4,5 horas a la semana", 4.5), (Number, 1.2, 1.2),
    ],
)  # fmt: skip
def test_numbers_as_they_are_written_in_spanish(annotation, typed, number):
    """A point sets thousands apart and a comma is before decimals; the other way where it must."""
    assert read_typed(annotation, typed, SPANISH) == number


@pytest.mark.parametrize(("annotation", "typed"), [(Number, "3,500"), (Money, "€ 12,000")])
def test_a_number_that_may_mean_two_things_is_not_guessed(annotation, typed):
    """Three thousand in Mexico, three in Spain: the page asks for another way to write it."""
    assert read_typed(annotation, typed, SPANISH) == Problem("number-ambiguous")
    assert not isinstance(read(annotation, typed), Problem)


@settings(max_examples=60, deadline=None)
@given(cents=st.integers(0, 10**11))
def test_a_number_that_was_written_reads_the_same_again(cents):
    """In the sentences of a page and in its fields, in either language."""
    for language in ("en", SPANISH):
        value = Decimal(cents) / 100
        assert read_typed(Number, write_number(float(value), language), language) == float(value)
        assert read_typed(Money, write_number(value, language), language) == value
        shown = to_raw(float(value), decimal_mark(language))
        assert read_typed(Number, shown, language) == float(value)


@settings(max_examples=60, deadline=None)
@given(thousandths=st.integers(0, 10**9))
def test_more_decimals_than_two_are_shown_without_doubt(thousandths):
    """A field never shows three decimals so that they may be taken for thousands."""
    value = thousandths / 1000
    assert read_typed(Number, to_raw(value, ","), SPANISH) == pytest.approx(value)


# -- dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "31 March 2027", "31 march 2027", "31. March 2027", "31 Mar 2027", "31 mar. 2027",
        "March 31, 2027", "mar 31 2027", " 31  March  2027 ", "2027-03-31", "31st March 2027",
        "March 31st, 2027", "31 de marzo de 2027", "31 de marzo del 2027", "31 mar 2027",
        date(2027, 3, 31),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(typed):
    """Dates with the month as a word, in either order, and the order of computers."""
    assert read(Day, typed) == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("03/04/2027", "date-ambiguous"),
        ("3.4.27", "date-ambiguous"),
        ("3-4-2027", "date-ambiguous"),
        ("next week", "date-unreadable"),
        ("March 2027", "date-unreadable"),
        ("31 February 2027", "date-unreadable"),
        ("1 March 5 2027", "date-unreadable"),
        ("31 ma 2027", "date-unreadable"),
        ("31 xyz 2027", "date-unreadable"),
        ("2027-02-30", "date-unreadable"),
        (20270331, "date-unreadable"),
        ("31 March 1999", "date-far-away"),
        ("31 March 2101", "date-far-away"),
    ],
)
def test_dates_that_could_be_mistaken(typed, problem):
    """Day and month that could be mixed up, and days that do not exist, are asked again."""
    assert read(Day, typed).id == problem


def test_a_short_month_that_fits_two_is_asked_again():
    """“ju” fits June and July, so neither is taken; “mar” is March and “may” is May."""
    assert read(Day, "1 ju 2027").id == "date-unreadable"
    assert read(Day, "1 jun 2027") == date(2027, 6, 1)
    assert read(Day, "1 may 2027") == date(2027, 5, 1)
    assert read(Day, "1.º de mayo de 2027") == date(2027, 5, 1)
    assert read(Day, "30 de septiembre de 2027") == date(2027, 9, 30)


# -- addresses, names and text ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("example.com", "https://example.com"),
        ("www.example.com/about?x=1#top", "https://www.example.com/about?x=1#top"),
        ("http://example.com", "http://example.com"),
        ("https://example.co.uk:8080/", "https://example.co.uk:8080/"),
        ("HTTPS://Example.com", "https://Example.com"),
        ("münchen.example", "https://münchen.example"),
        (" example.com ", "https://example.com"),
    ],
)
def test_addresses_as_people_write_them(typed, address):
    """A web address does not need its beginning."""
    assert read(Url, typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "our website", "example", "javascript:alert(1)", "data:text/html,x", "ftp://example.com",
        "https://", "me@example.com", "https://user:pass@example.com", "//example.com", ".com",
        "https://exa mple.com", "example.com\nfoo.com", "JavaScript://example.com/%0aalert(1)",
    ],
)  # fmt: skip
def test_what_is_no_web_address(typed):
    """Words, mail addresses, scripts and other kinds of links are no web addresses."""
    assert read(Url, typed).id == "address-unreadable"


def test_an_address_that_is_kept_can_be_read_again():
    """The beginning that is put before an address counts too, or the plan could not be saved."""
    longest = read(Url, "example.com/" + "a" * (ADDRESS_LIMIT - 20))
    assert read(Url, longest) == longest
    assert read(Url, "example.com/" + "a" * (ADDRESS_LIMIT - 19)).id == "text-too-long"


def test_names_of_accounts_are_one_word():
    """An account's name has no spaces; the sign before it stays."""
    assert read(Handle, " @acme ") == "@acme"
    assert read(Handle, "acme plumbing").id == "handle-with-spaces"


def test_text_is_tidied_and_limited():
    """A line is one line, a long text keeps its lines, and each says how long it may be."""
    assert read(Text, " one\n two ") == "one two"
    assert read(LongText, "one\r\n\r\ntwo\x00\ud800 ") == "one\n\ntwo"
    assert read(Text, "x" * 300) == "x" * 300
    assert read(Text, "x" * 301) == Problem("text-too-long", {"limit": 300, "length": 301})
    assert read(LongText, "x" * 20_000) == "x" * 20_000
    assert read(LongText, "x" * 20_001).id == "text-too-long"
    assert read(Text, {"a": 1}).id == "text-unreadable"


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(codec=None)))
def test_cleaning_twice_changes_nothing(text):
    """Clean text is clean, and can be written down as UTF-8."""
    once = clean_text(text)
    assert clean_text(once) == once
    assert once.encode().decode() == once


@pytest.mark.parametrize("raw", [None, "", "  ", "\x00", "\ud800"])
def test_nothing_typed_is_no_answer(raw):
    """An empty field is an answer not given, of whatever kind."""
    assert read(Number, raw) is None
    assert read(LongText | Unknown | None, raw) is None


def test_not_knowing_is_an_answer_where_it_is_one():
    """“I do not know” is read where the question offers it, and nowhere else."""
    assert read(Number | Unknown | None, "unknown") == "unknown"
    assert read(Number, "unknown").id == "number-unreadable"


def test_choices_are_those_offered():
    """Only what is offered can be chosen."""
    several = tuple[Analytics, ...]
    assert read(several, ["ga4", "matomo"]) == (Analytics.GA4, Analytics.MATOMO)
    assert read(several, []) == ()
    assert read(several, ["abacus"]).id == "choice-not-offered"
    assert read(Analytics | None, "abacus").id == "choice-not-offered"
    assert read(Analytics | None, {"x": 1}).id == "choice-not-offered"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("17:30", "17:30"),
        ("5.30 pm", "17:30"),
        ("5pm", "17:00"),
        ("12 am", "00:00"),
        ("12:30 p.m.", "12:30"),
        ("9", "09:00"),
        ("930", "09:30"),
        ("17h30", "17:30"),
        ("24:00", "00:00"),
        ("Noon", "12:00"),
        ("mediodía", "12:00"),
        ("5:30 p. m.", "17:30"),
        ("17:30:00", "17:30"),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(typed, kept):
    """Twelve or twenty-four hours, with a colon, a point or neither."""
    assert read(TimeOfDay, typed) == kept


@pytest.mark.parametrize(
    "typed", ["25:00", "13 pm", "9:60", "24:01", "later", "-1", "9:3", "1" * 99]
)
def test_what_is_no_time_of_day_is_a_problem(typed):
    """A time that no clock shows is told, never guessed."""
    assert read(TimeOfDay, typed) == Problem("time-unreadable")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("new_york", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_a_time_zone_is_read_by_its_city(typed, kept):
    """A large city names its time zone, however it is written."""
    assert read(Zone, typed) == kept


@pytest.mark.parametrize("typed", ["Atlantis", "../../etc/passwd", "GMT+25", "Europe/"])
def test_what_is_no_time_zone_is_a_problem(typed):
    """A place without a time zone of its name is told, and never looked up as a file."""
    assert read(Zone, typed) == Problem("zone-unreadable")
