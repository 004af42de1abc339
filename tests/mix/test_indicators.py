"""The nine indicators: what each counts, what it is held against, and when it cannot be known."""

from __future__ import annotations

from datetime import date

import pytest

from workbook.mix import Counts, Post, audit_posts, correct
from workbook.mix.indicators import Name
from workbook.mix.wording import name_spans, write_indicator, write_share
from workbook.plan import Plan
from workbook.steps.mix.answers import PostClass

SELL, ASK, TIP = "20% off, order now.", "Tea or coffee?", "How to keep your bread: in a cloth."
POSTS = (
    *(Post(f"{SELL} {n}") for n in range(3)),
    *(Post(f"{n} {ASK}") for n in range(1)),
    *(Post(f"{TIP} {n}") for n in range(6)),
)
REPLIES = tuple(
    Post(f"@a Thank you {n}", platform="x", is_reply=True, to="someone", shares=1) for n in range(5)
)
OWN = Post("@us one more thing", platform="x", is_reply=True, to="Us")


def _audit(posts, counts=None, **plan):
    return audit_posts(posts, Plan.model_validate(plan), counts)


def _tell(audit, name):
    return audit.indicator(name)


def test_posts_that_sell_are_held_against_ones_own_limit():
    """Three of ten: over our default, within a limit of one's own."""
    found = _tell(_audit(POSTS), Name.PROMOTION)
    assert (found.hits, found.of) == (3, 10)
    assert found.is_flagged
    assert not found.limit.is_own
    own = _tell(_audit(POSTS, mix={"promotion_most": 40}), Name.PROMOTION)
    assert not own.is_flagged
    assert "own number" in write_indicator(own).limit


def test_posts_alone_cannot_tell_answers():
    """Then each says what to ask for, and none is called zero."""
    audit = _audit(POSTS)
    unknown = {each.name for each in audit.indicators if not each.is_known}
    assert unknown == {
        Name.REPLY_RATE, Name.RESPONSE_RATE, Name.UNANSWERED_AGE, Name.THANKS, Name.RECIPROCITY,
    }  # fmt: skip
    for name in unknown:
        told = write_indicator(_tell(audit, name))
        assert told.ask
        assert told.value == "Cannot be known from this"
        assert not _tell(audit, name).is_flagged


def test_replies_in_a_file_are_counted():
    """Replies among all, thank-yous for shares, comments below others' posts."""
    audit = _audit((*POSTS, Post("On X too", platform="x", is_reply=False), *REPLIES))
    rate, thanks = _tell(audit, Name.REPLY_RATE), _tell(audit, Name.THANKS)
    assert (rate.hits, rate.of) == (5, 6)
    assert rate.note == "some_places"
    assert (thanks.hits, thanks.of, thanks.note) == (5, 5, "shares_only")
    assert (_tell(audit, Name.RECIPROCITY).hits, _tell(audit, Name.RECIPROCITY).of) == (5, 11)
    assert audit.replies == 5


def test_a_reply_below_ones_own_post_is_no_favour():
    """Own accounts are known by their names in the plan."""
    start = {"accounts": [{"id": "ac01", "platform": "x", "handle": "@us"}]}
    audit = _audit((*POSTS, *REPLIES, OWN), start=start)
    assert _tell(audit, Name.RECIPROCITY).hits == 5


def test_counts_by_hand_fill_the_gaps():
    """What no file tells can be counted, and is judged then."""
    counts = Counts(
        replies=2, received=4, answered=3, praise=6, elsewhere=1, oldest_days=9,
    )  # fmt: skip
    audit = _audit(POSTS, counts)
    assert (_tell(audit, Name.REPLY_RATE).hits, _tell(audit, Name.REPLY_RATE).of) == (2, 12)
    assert _tell(audit, Name.RESPONSE_RATE).percent == 75
    assert _tell(audit, Name.UNANSWERED_AGE).days == 9
    assert _tell(audit, Name.UNANSWERED_AGE).is_flagged
    assert _tell(audit, Name.RECIPROCITY).hits == 1
    assert audit.talk == 1 + 2
    assert audit.all == 12


def test_more_answers_than_questions_are_no_more_than_all():
    """A slip in counting gives no share above the whole."""
    audit = _audit(POSTS, Counts(received=2, answered=5))
    assert _tell(audit, Name.RESPONSE_RATE).percent == 100


def test_questions_leave_offers_out():
    """“Need a plumber? Order now?” asks nothing."""
    audit = _audit([*POSTS, Post("Need a tap? 20% off, order now?")])
    assert (_tell(audit, Name.QUESTIONS).hits, _tell(audit, Name.QUESTIONS).of) == (1, 11)


def test_a_share_has_an_interval_and_a_ratio_has_none():
    """Three of ten lies between 9 and 61; thank-yous for shares are two counts."""
    told = write_indicator(_tell(_audit(POSTS), Name.PROMOTION))
    assert told.between == "At 95 % certainty, the true share lies between 9 and 61 of 100."
    thanks = write_indicator(_tell(_audit((*POSTS, *REPLIES)), Name.THANKS))
    assert thanks.between == ""
    assert thanks.value == "100 for each 100 (5 for 5)"
    assert write_share(0, 0) == "Nothing to count"


@pytest.mark.parametrize(
    ("sold", "posts", "verdict"),
    [
        (0, 1, "Within, but too few to be sure"),
        (3, 10, "Outside, but too few to be sure"),
        (0, 40, "In order"),
        (30, 40, "Look at this"),
    ],
)
def test_a_share_is_judged_only_when_its_bounds_allow_it(sold, posts, verdict):
    """As long as the limit lies within the bounds, the posts are too few."""
    texts = [f"{SELL} {n}" if n < sold else f"{TIP} {n}" for n in range(posts)]
    found = _tell(_audit([Post(text) for text in texts]), Name.PROMOTION)
    assert write_indicator(found).verdict == verdict


def test_a_single_word_is_no_verdict():
    """Neither 0 of 1 nor 1 of 1 is judged, nor one share without thanks; enough of them are."""
    for text in ("Keep your bread in a cloth.", "We are here."):
        found = _tell(_audit([Post(text)]), Name.SELF_REFERENCE)
        assert found.of == 1
        assert not found.is_flagged
        assert write_indicator(found).verdict == "Too few to judge"
        assert write_indicator(found).do == ""
    many = _tell(_audit([Post(f"We are here {n}.") for n in range(30)]), Name.SELF_REFERENCE)
    assert many.is_flagged
    reply = Post("Hello", platform="x", is_reply=True, to="someone", shares=1)
    assert (
        write_indicator(_tell(_audit([*POSTS, reply]), Name.THANKS)).verdict == "Too few to judge"
    )


def test_a_correction_counts_at_once():
    """One post put right changes the share, and only that."""
    audit = _audit(POSTS)
    mark = next(each.mark for each in audit.judged if each.kind is PostClass.PROMOTION)
    mended = correct(audit, {mark: PostClass.HELPFUL}, Plan())
    assert _tell(mended, Name.PROMOTION).hits == 2
    assert mended.kinds[PostClass.HELPFUL] == 7
    assert _tell(mended, Name.SELF_REFERENCE) == _tell(audit, Name.SELF_REFERENCE)


@pytest.mark.parametrize(
    ("days", "unit"), [(20, "week"), (200, "month"), (1000, "quarter"), (3000, "year")]
)
def test_time_is_divided_so_that_it_can_be_drawn(days, unit):
    """Weeks, months, quarters or years: never more than thirteen, and nothing is lost."""
    step = max(1, days // 40)
    first = date(2018, 3, 31).toordinal()
    posts = [Post(f"{TIP} {n}", day=date.fromordinal(first + n)) for n in range(0, days, step)]
    audit = _audit([*posts, Post("No day")])
    assert {span.unit for span in audit.spans} == {unit}
    assert len(audit.spans) <= 13
    assert sum(span.posts for span in audit.spans) == len(posts)
    names = [stretch.name for stretch in name_spans(audit.spans)]
    assert len(set(names)) >= len(names) - len(names) // 2


def test_without_dates_there_is_no_time():
    """Nothing is drawn, and nothing fails."""
    assert _audit(POSTS).spans == ()
    assert _audit(()).spans == ()
    assert all(not each.is_known for each in _audit(()).indicators)
