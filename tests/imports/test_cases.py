"""Cases from logs, help desks and review sites: each once, with what the source can tell."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from workbook.imports.cases import join_cases, read_cases
from workbook.imports.channels import name_channel
from workbook.imports.problems import explain_all, name_rows

SAMPLES = Path(__file__).parents[1] / "samples" / "imports"
LONDON, NEW_YORK = "Europe/London", "America/New_York"
HEAD = (
    "Id,Status,Via,Tags,Created at,Solved at,Satisfaction Score,Replies,First reply time in minutes"
)


def _sample(name, zone=LONDON):
    return read_cases((SAMPLES / name).read_bytes(), name, zone)


def _zendesk(*rows, zone=LONDON, **more):
    return read_cases("\n".join([HEAD, *rows]).encode(), "tickets.csv", zone, **more)


# -- times -------------------------------------------------------------------------------------


def test_times_without_a_zone_are_taken_in_the_one_given():
    """The same file is five hours apart for an account in London and one in New York."""
    london, new_york = _sample("zendesk_tickets.csv"), _sample("zendesk_tickets.csv", NEW_YORK)
    assert london.records[0].seen_at == datetime(2026, 9, 1, 8, tzinfo=UTC)
    assert new_york.records[0].seen_at == london.records[0].seen_at + timedelta(hours=5)
    assert (london.zone, new_york.zone) == (LONDON, NEW_YORK)


@pytest.mark.parametrize("name", ["zendesk_metrics.json", "google_reviews.json"])
def test_times_with_a_zone_need_none(name):
    """A file that names its zone is read the same everywhere, and no zone is said to be ours."""
    assert _sample(name) == _sample(name, NEW_YORK)
    assert _sample(name).zone == ""


def test_minutes_of_a_help_desk_are_real_minutes():
    """A reply 120 minutes after a message in the night of the clocks is two hours later."""
    (case,) = _zendesk("1,Solved,Web,,2026-03-29 00:30,,,1,120").records
    assert case.replied_at - case.seen_at == timedelta(hours=2)


def test_a_zone_nobody_knows_is_told():
    """A name that is none gets a message, and nothing is read."""
    found = read_cases(b"x", "given.csv", "Europe/Atlantis")
    assert [problem.id for problem in found.problems] == ["zone-unknown"]


def test_dates_in_two_ways_are_asked_for_and_then_read():
    """With the answer the file is read; without it nothing is guessed."""
    row = "1,Solved,Web,,03/04/2026 09:00,,,1,30"
    assert [problem.id for problem in _zendesk(row).problems] == ["dates-ambiguous"]
    assert _zendesk(row, day_first=True).records[0].seen_at.month == 4
    assert _zendesk(row, day_first=False).records[0].seen_at.month == 3


def test_cells_without_a_time_are_named():
    """A date that cannot be read costs its cell, and the row is named."""
    found = _zendesk("1,Solved,Web,,2026-05-08 09:00,soon,,1,5", "2,Solved,Web,,never,,,1,5")
    assert len(found.records) == 1
    assert found.records[0].resolved_at is None
    assert found.left_out == (("no-day", 1),)
    assert "row 3" in explain_all(found.problems)[0]
    assert "row 2" in explain_all(found.problems)[1]


# -- what became of it -------------------------------------------------------------------------


def test_zendesk_tells_what_became_of_a_ticket():
    """Reopened is not settled, merged is no case of its own, good and bad are ratings."""
    found = _zendesk(
        "1,Open,Facebook,,2026-05-08 09:00,2026-05-09 09:00,Good with comment,0,",
        "2,Closed,Twitter,old closed_by_merge,2026-05-08 10:00,2026-05-09 09:00,,1,5",
        "3,Closed,Mail,,2026-05-08 11:00,2026-05-09 09:00,Bad,2,",
        "4,Closed,Web,,2026-05-08 12:00,2026-05-09 09:00,Offered,2,15",
    )
    reopened, mailed, web = found.records
    assert (reopened.resolved_at, reopened.is_answered, reopened.is_satisfied) == (
        None,
        False,
        True,
    )
    assert (mailed.channel, mailed.is_answered, mailed.is_satisfied) == ("email", True, False)
    assert (mailed.replied_at, web.is_satisfied) == (None, None)
    assert web.replied_at == web.seen_at + timedelta(minutes=15)
    assert found.left_out == (("merged", 1),)


def test_waiting_for_the_customer_is_read_where_it_is_counted():
    """Zendesk counts it in business minutes, in its table and in its interface."""
    assert _sample("zendesk_tickets.csv").records[0].waiting_minutes == 0
    assert _sample("zendesk_metrics.json").records[0].waiting_minutes == 737


def test_freshdesk_leaves_out_spam():
    """Four of ten tickets can be spam; they are counted, and no cases."""
    text = (
        "Ticket ID,Status,Source,Type,Created time,Initial response time,Resolved time,Tags\n"
        "1,Open,Email,Spam,2026-05-08 09:00:00,,,\n"
        "2,Resolved,Phone,,2026-05-08 09:00:00,,2026-05-08 10:00:00,\n"
    )
    found = read_cases(text.encode(), "tickets.csv", LONDON)
    assert [(case.channel, case.is_answered) for case in found.records] == [("phone", False)]
    assert found.left_out == (("spam", 1),)


@pytest.mark.parametrize("wrap", [lambda v: v, lambda v: {"data": {"meta": {}, "payload": v}}])
def test_chatwoot_is_read_as_its_interface_gives_it(wrap):
    """The list alone, or wrapped as it comes; 0 means never."""
    item = {"id": 1, "inbox_id": 2, "status": "open", "created_at": 1788253200,
            "first_reply_created_at": 0, "last_activity_at": 1788264000,
            "meta": {"channel": "Channel::WebWidget"}}  # fmt: skip
    (case,) = read_cases(json.dumps(wrap([item])).encode(), "c.json", LONDON).records
    assert (case.channel, case.is_answered, case.resolved_at) == ("website", False, None)


def test_reviews_bring_stars_and_no_rating_of_the_handling():
    """Stars are for the business; how a complaint was handled is another question."""
    five, two = _sample("google_reviews.json").records
    assert (five.stars, five.is_answered, two.stars, two.is_answered) == (5, True, 2, False)
    assert five.is_satisfied is None
    assert _sample("facebook_ratings.json").records[0].is_answered is None


def test_trustpilot_is_read_from_a_spreadsheet():
    """The same columns in Excel, with days as Excel keeps them."""
    book = openpyxl.Workbook()
    book.active.append(["Review ID", "Review Created (UTC)", "Review Stars", "Company Response",
                        "Business Reply Date (UTC)"])  # fmt: skip
    seen, replied = datetime(2026, 1, 2, 10), datetime(2026, 1, 3, 9)  # noqa: DTZ001 - no zones in Excel
    book.active.append(["r1", seen, 2, "Thank you", replied])
    told = io.BytesIO()
    book.save(told)
    (case,) = read_cases(told.getvalue(), "reviews.xlsx", NEW_YORK).records
    assert (case.stars, case.seen_at) == (2, seen.replace(tzinfo=UTC))
    assert case.replied_at == replied.replace(tzinfo=UTC)


# -- each once ---------------------------------------------------------------------------------


def _review(account, number, reply=""):
    answer = {"reviewReply": {"comment": "x", "updateTime": reply}} if reply else {}
    return {"name": f"accounts/{account}/locations/2/reviews/{number}", "starRating": "ONE",
            "createTime": "2026-01-01T10:00:00Z", **answer}  # fmt: skip


def test_a_review_under_two_accounts_counts_once():
    """Takeout repeats reviews in several files; the one that knows the answer is kept."""
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w") as archive:
        for account in (1, 2):
            reply = "2026-01-02T10:00:00Z" if account == 2 else ""
            pages = {"reviews": [_review(account, 1, reply), _review(account, 2)]}
            archive.writestr(f"account-{account}/reviews.json", json.dumps(pages))
    found = read_cases(told.getvalue(), "takeout.zip", LONDON)
    assert [case.is_answered for case in found.records].count(True) == 1
    assert len(found.records) == 2
    assert found.left_out == (("twice", 2),)


def test_tickets_without_a_number_stay_apart():
    """Where the column of numbers was left out or is empty, no ticket hides another."""
    found = _zendesk(*[",Solved,Web,,2026-05-08 09:00,,,1,5"] * 3)
    assert len(found.records) == 3


def test_several_files_become_one():
    """Files are joined, each case once, with everything that was noticed in any of them."""
    one, other = _sample("zendesk_tickets.csv"), _sample("google_reviews.json")
    joined = join_cases([one, one, other, read_cases(b"", "empty.csv", LONDON)])
    assert len(joined.records) == 3
    assert joined.left_out == (("twice", 1),)
    assert joined.notes == ("zendesk-waiting", "google-edited")
    assert [problem.id for problem in joined.problems] == ["file-empty"]
    assert joined.zone == LONDON


# -- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("Facebook", ("facebook", "")), ("Channel::FacebookPage", ("facebook", "")),
        ("Twitter Direct Message", ("x", "")), ("  E-MAIL ", ("", "email")),
        ("Google Business Profile", ("google_business", "")), ("Fax", ("", "fax")), ("", ("", "")),
    ],
)  # fmt: skip
def test_channels_are_known_by_what_help_desks_call_them(word, place):
    """Platforms by their id, other channels by a word, unknown ones as they are."""
    assert name_channel(word) == place


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([4], "row 4"), ([4, 9], "rows 4 and 9"), ([4, 9, 12], "rows 4, 9 and 12"),
        (range(2, 35), "rows 2, 3, 4 and 30 more"),
    ],
)  # fmt: skip
def test_the_first_few_rows_are_named(rows, words):
    """Nobody reads a list of a hundred rows."""
    assert name_rows(rows) == words
