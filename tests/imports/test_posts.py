"""Posts from plain texts, from tables nobody knows, and from the exports of platforms."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from time import process_time

import pytest

from workbook.imports.posts import MOST_POSTS, read_posts, split_posts

SAMPLES = Path(__file__).parents[1] / "samples" / "imports"


def _sample(name):
    return read_posts((SAMPLES / name).read_bytes(), name)


def test_blank_lines_divide_posts():
    """A text without other marks holds a post in each of its blocks."""
    assert split_posts("One.\nStill one.\n\n \nTwo.\n") == ("One.\nStill one.", "Two.")


def test_rules_divide_posts_that_hold_blank_lines():
    """Where lines of --- stand between posts, a blank line is part of a post."""
    assert split_posts("One.\n\nStill one.\r\n---\r\nTwo.") == ("One.\n\nStill one.", "Two.")


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("date,caption\n1,Hello there\n2,\n3,Bye now\n", ("Hello there", "Bye now")),
        ("a;b\n12;We are open again today\n", ("We are open again today",)),
        ("x,y\nhttps://example.com,今日は休みですのでよろしく\n", ("今日は休みですのでよろしく",)),
        ('"We are open again, all of us."\n"Come in and see us."\n',
         ("We are open again, all of us.", "Come in and see us.")),
    ],
)  # fmt: skip
def test_the_column_of_texts_is_found(text, posts):
    """A table nobody knows is read by the name of a column, else by where the sentences are."""
    assert read_posts(text.encode(), "given.csv").texts == posts


def test_a_table_of_figures_holds_no_posts():
    """Numbers, addresses and single words are no posts, and the message says what to give."""
    posts = read_posts(b"day,visits,page\n2026-05-01,12,/contact\n", "given.csv")
    assert posts.texts == ()
    assert [problem.id for problem in posts.problems] == ["posts-none"]


@pytest.mark.parametrize(
    "value",
    [
        ["Hello there", "Bye now"],
        [{"text": "Hello there"}, {"Text": "Bye now", "id": 3}],
        {"posts": [{"message": "Hello there"}, {"message": "Bye now"}], "tags": ["a"]},
    ],
)
def test_lists_in_json_are_read(value):
    """A list of texts, or of objects that name their text, is enough."""
    assert read_posts(json.dumps(value).encode(), "p.json").texts == ("Hello there", "Bye now")


def test_reposts_of_others_are_left_out():
    """What was only passed on is not the business's own voice."""
    assert _sample("x_archive.js").texts[0] == "A leak check list, free: no form"
    assert not [text for text in _sample("x_archive.js").texts if text.startswith("RT @")]


def test_letters_of_archives_are_mended():
    """Meta's archives spoil every letter beyond plain English; it is put right."""
    assert _sample("instagram_comments.json").texts == ("Merci ❤",)


def test_markup_and_entities_become_text():
    """Posts of Mastodon and X read as they do on screen."""
    status = [{"content": "<p>Tea &amp; cake</p><p>at <b>four</b><br>today</p>",
               "reblogs_count": 0, "favourites_count": 0, "reblog": None}]  # fmt: skip
    texts = read_posts(json.dumps(status).encode(), "statuses.json").texts
    assert texts == ("Tea & cake\nat four\ntoday",)
    tweet = "Post id,Post text,Post Link\n1,Tea &amp; cake at four,https://x.com/e/status/1\n"
    assert read_posts(tweet.encode(), "x.csv").texts == ("Tea & cake at four",)


def test_a_daily_table_gives_each_title_once():
    """YouTube's table for every day names a video again and again."""
    text = "Date,Content,Video title,Video publish time,Views\n" + "".join(
        f'2026-09-0{n},v1,Find the stopcock,"Sep 1, 2026",5\n' for n in range(1, 6)
    )
    assert read_posts(text.encode(), "Chart data.csv").texts == ("Find the stopcock",)


def test_an_old_spreadsheet_of_linkedin_is_read():
    """LinkedIn still exports the old kind of Excel file, with a title above the header."""
    assert _sample("linkedin_posts.xls").texts == ("How we price a callout",)


def test_an_archive_is_read_as_a_whole():
    """Posts and comments of an archive come together, with nothing of other files."""
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w") as archive:
        for name in ("linkedin_shares.csv", "linkedin_comments.csv"):
            archive.writestr(f"Basic/{name}", (SAMPLES / name).read_bytes())
        archive.writestr("Basic/Connections.csv", "First Name,Last Name\nJo,Sample\n")
    texts = read_posts(told.getvalue(), "archive.zip").texts
    assert texts == ('How we price, "line by line"', "Congratulations!")


def test_too_many_posts_are_cut_and_told():
    """A file beyond the limit is read up to it, and says so."""
    posts = read_posts(("Hello.\n\n" * (MOST_POSTS + 1)).encode(), "given.txt")
    assert len(posts.texts) == MOST_POSTS
    assert [problem.id for problem in posts.problems] == ["posts-too-many"]


@pytest.mark.thorough
@pytest.mark.parametrize(
    "text", ["a" + "\n \n" * 60_000 + "b", "-" * 200_000, "a," * 100_000, '"\\"' * 60_000,
             " \t" * 100_000 + "x", "\n---" * 50_000],
    ids=["blank lines", "dashes", "commas", "quotes", "spaces", "rules"],
)  # fmt: skip
def test_a_text_made_to_be_slow_is_read_at_once(text):
    """Blank lines, dashes or commas without end take no longer than any text of that length."""
    before = process_time()
    read_posts(text.encode(), "given.txt")
    assert process_time() - before < 1
