"""What a post mainly does: by signs, by where it leads, and by what a person said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.mix.classes import Judge, judge_all, judge_of
from workbook.mix.posts import Post, digest
from workbook.mix.wording import write_reason
from workbook.plan import Plan
from workbook.steps.mix.answers import PostClass

SITE = Plan.model_validate(
    {
        "start": {"name": "Tap & Co", "website": "https://www.example.com"},
        "linking": {"services_page": "https://www.example.com/bathrooms"},
        "mix": {"corrections": [{"id": digest("Buy now."), "said": {"kind": "other"}}]},
    }
)


def _tell(text, **more):
    return Judge().judge(Post(text, **more))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("20% off everything this weekend!", "promotion"),
        ("Book your table now, link in bio", "promotion"),
        ("Tea or coffee?", "conversation"),
        ("Thank you for the lovely words, all of you.", "conversation"),
        ("How to keep bread fresh: wrap it in a cloth.", "helpful"),
        ("Meet our new apprentice.", "behind"),
        ("We\u2019re closed on Monday.", "other"),
        ("", "other"),
        ("\U0001f600 \u6c34\u7ba1\u5de5", "other"),
    ],
)
def test_a_post_is_told_by_its_signs(text, kind):
    """Each kind has signs of its own; where there is none, it is something else."""
    assert _tell(text).kind == kind


def test_the_reason_names_what_was_found():
    """Whoever doubts it sees the words it rests on."""
    reason = write_reason(_tell("20% off until Friday. Order now."))
    assert "discount in percent (“20% off”)" in reason
    assert "order now" in reason
    assert write_reason(_tell("Sunrise.")) == "No sign of any kind was found."


def test_how_to_with_a_price_does_not_sell():
    """Signs speak against a kind as well."""
    assert _tell("How to save: a filter costs £8, here's what makes it last.").kind == "helpful"


@pytest.mark.parametrize(
    ("address", "sells"),
    [
        ("https://www.example.com/shop/taps?utm_source=x", True),
        ("www.example.com/bathrooms/", True),
        ("https://example.com/blog/drips", False),
        ("https://example.org/shop", False),
        ("https://shop.example.com.evil.org/shop", False),
    ],
)
def test_a_page_of_ones_own_that_sells_is_a_sign(address, sells):
    """A link to one's own shop sells; one to an article, or to others, does not."""
    judged = judge_of(SITE).judge(Post(f"A quiet day. {address}"))
    assert (judged.kind is PostClass.PROMOTION) is sells
    assert judged.has_link


def test_words_in_an_address_are_no_signs():
    """“sale” in a link to somebody else says nothing of the post."""
    assert _tell("A quiet day. https://example.org/sale-order-now-buy").kind == "other"


def test_a_reply_talks_unless_it_sells():
    """An answer is talk, whatever is in it, save an offer."""
    assert _tell("Turn it to the right.", is_reply=True).kind == "conversation"
    assert _tell("20% off for you, order now.", is_reply=True).kind == "promotion"


def test_a_person_is_right():
    """What was put right before is told so again, in any writing of the same text."""
    judged = judge_of(SITE).judge(Post("  buy   NOW. "))
    assert judged.kind == "other"
    assert judged.is_corrected
    assert write_reason(judged) == "You said so."


def test_own_words_and_those_for_the_reader_are_counted():
    """“We”, “our” and the name of the business on one side, “you” on the other."""
    judged = judge_of(SITE).judge(
        Post("We\u2019re here. Tap & Co and our van come to you, your home.")
    )
    assert (judged.own_words, judged.your_words) == (3, 2)


def test_the_same_text_is_told_once_and_stands_twice():
    """Repeats keep their own day."""
    first, again = judge_all([Post("Hello?", "1"), Post("Hello?", "2")], Judge())
    assert (first.post.at, again.post.at) == ("1", "2")
    assert first.kind == again.kind


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_told_and_never_fails(text):
    """Whatever stands in a file has a kind, and a reason in words."""
    judged = _tell(text)
    assert judged.kind in set(PostClass)
    assert write_reason(judged)
    assert len(digest(text)) == 12


@pytest.mark.thorough
@pytest.mark.parametrize("part", ["a", "? ", "#a ", "1", "£1 ", "@a ", "ask for ", "\U0001f600"])
def test_a_post_made_to_be_slow_is_told_at_once(part):
    """What repeats itself without end takes no longer than any post of that length."""
    from time import process_time

    before = process_time()
    _tell(part * (200_000 // len(part)))
    assert process_time() - before < 1
