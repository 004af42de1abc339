"""Posts of several files, each once: by number, by text and day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from workbook.imports.problems import explain_all
from workbook.imports.social import gather_posts
from workbook.mix.posts import Post, join_posts

SAMPLES = Path(__file__).parents[1] / "samples" / "imports"
TODAY = date(2027, 1, 15)
MONDAY, TUESDAY = date(2026, 9, 7), date(2026, 9, 8)


def _gather(*names, pasted="", **more):
    files = [(name, (SAMPLES / name).read_bytes()) for name in names]
    return gather_posts(files, pasted, today=TODAY, **more)


def _post(text, day=MONDAY, number="", platform="x"):
    return Post(text, day=day, number=number, platform=platform)


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ([_post("Hi", number="1")], [_post("Hi!", number="1")], 1),
        ([_post("Hi", number="1")], [_post("Hi", number="2")], 2),
        ([_post("Hi", number="1")], [_post("Hi", number="1", platform="facebook")], 2),
        ([_post("Hi")], [_post(" hi ")], 1),
        ([_post("Hi")], [_post("Hi", TUESDAY)], 2),
        ([_post("Hi")], [_post("Hi", None)], 1),
        ([_post("Hi", number="1")], [_post("Hi", None, platform="")], 1),
        ([_post("Hi")], [_post("Hi", platform="facebook")], 2),
        ([_post("Hi"), _post("Hi")], [_post("Hi")], 2),
        ([_post("Hi")], [_post("Hi"), _post("Hi")], 2),
        ([_post("Hi"), _post("Hi")], [_post("Hi"), _post("Hi")], 2),
    ],
    ids=["number", "two numbers", "two places", "text", "two days", "no day", "pasted",
         "other place", "more before", "more after", "as often"],
)  # fmt: skip
def test_two_exports_that_overlap_count_once(first, second, kept):
    """The same post in both is one; a short thank-you that stands twice in one file is two."""
    joined = join_posts([first, second])
    assert len(joined.posts) == kept
    assert joined.twice == len(first) + len(second) - kept


def test_the_same_file_again_adds_nothing():
    """Chosen twice, or an archive beside an export of the same account."""
    once = _gather("x_content.csv")
    assert _gather("x_content.csv", "x_content.csv").posts == once.posts
    assert len(_gather("x_content.csv", "x_archive.js").posts) == len(once.posts)


@pytest.mark.parametrize(
    ("name", "day", "is_reply"),
    [
        ("bluesky_feed.json", date(2026, 9, 1), True),
        ("instagram_comments.json", date(2026, 9, 1), True),
        ("linkedin_comments.csv", date(2026, 9, 1), True),
        ("linkedin_shares.csv", date(2026, 9, 1), None),
        ("mastodon_statuses.json", date(2026, 9, 1), True),
        ("meta_instagram_posts.csv", None, None),
        ("reddit_comments.csv", date(2026, 1, 15), True),
        ("reddit_posts.csv", date(2026, 1, 1), None),
        ("threads_archive.json", date(2026, 9, 1), None),
        ("tiktok_content.csv", date(2026, 9, 6), None),
        ("x_classic.csv", date(2022, 1, 30), False),
        ("x_content.csv", date(2026, 8, 30), False),
        ("youtube_comments.csv", date(2026, 3, 14), True),
        ("youtube_videos.csv", date(2026, 9, 27), None),
    ],
)
def test_each_export_tells_what_it_knows(name, day, is_reply):
    """The day, and whether replies are in it; where a file cannot tell, nothing is guessed."""
    post = _gather(name).posts[0]
    assert (post.day, post.is_reply) == (day, is_reply)


def test_a_date_that_can_be_read_two_ways_is_asked_for():
    """01/09 is left open until somebody says which comes first."""
    unread = _gather("meta_facebook_posts.csv")
    assert [problem.id for problem in unread.problems] == ["dates-ambiguous"]
    assert "09/01/2026" in explain_all(unread.problems)[0]
    assert _gather("meta_facebook_posts.csv", day_first=False).posts[0].day == date(2026, 9, 1)


def test_a_number_that_excel_spoiled_is_taken_from_the_address():
    """1.22158E+17 is no number of a post."""
    text = "Post ID,Page ID,Publish time,Permalink,Title,Description\n1.22E+17,1,2026-09-01 06:08,"
    text += "https://www.facebook.com/1/posts/122100000000000001,,Hello there\n"
    post = gather_posts([("f.csv", text.encode())], today=TODAY).posts[0]
    assert post.number == "122100000000000001"


def test_an_inbox_tells_what_was_answered():
    """A file of a help desk is no posts, and answers the two questions that posts cannot."""
    found = _gather("x_content.csv", "chatwoot_conversations.json")
    assert found.posts
    assert found.inbox is not None
    assert found.inbox.received >= found.inbox.answered


def test_a_table_of_ones_own_keeps_its_days():
    """Text and date are enough, in any order, and as JSON too."""
    table = gather_posts([("a.csv", b"Date,Text\n2026-09-07,Hello there you\n")], today=TODAY)
    document = gather_posts(
        [("a.json", b'[{"date": "2026-09-07", "text": "Hello there"}]')], today=TODAY
    )
    assert table.posts[0].day == document.posts[0].day == MONDAY


def test_nothing_given_is_nothing_found():
    """No file, no text: no posts, no problem; a file of figures says so."""
    assert gather_posts([], "", today=TODAY).posts == ()
    assert _gather("x_overview.csv").problems
