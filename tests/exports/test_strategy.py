"""What stands in the strategy and on the one page."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.exports.sample_plans import (
    HOSTILE,
    IN_FULL,
    LAST,
    TODAY,
    make_blocked,
    make_finished,
    make_very_long,
    make_waiting,
)
from tests.storage.any_plan import PLANS
from workbook.calling import read_demo
from workbook.checks import Severity
from workbook.content import load_words
from workbook.exports import Paper
from workbook.exports.documents import (
    Switches,
    build_document,
    collect,
    gather,
    load_documents,
    one_page,
    strategy,
    write_document,
)
from workbook.exports.report import Bullets, Callout, Figure, Heading, KeyValues, Table, join
from workbook.plan import Plan, step_names

SEEDS = {*(f"A{n}" for n in range(1, 10)), "B1", "B2", "B3", "back-on-track"}


def read(plan, name="strategy", **switches):
    """The words of a document of a plan."""
    material = gather(plan, TODAY, switches=Switches(**{"length": "full"} | switches))
    return build_document(name, material).text()


def read_headings(plan, **switches):
    """The headings of the strategy of a plan."""
    material = gather(plan, TODAY, switches=Switches(**{"length": "full"} | switches))
    return [heading.text for _, heading in build_document("strategy", material).headings()]


def read_word(raw):
    """All words of a Word file: paragraphs and the cells of tables."""
    from docx import Document

    document = Document(BytesIO(raw))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return document, "\n".join([*(p.text for p in document.paragraphs), *cells])


# -- in brief ----------------------------------------------------------------------------------


def test_the_strategy_begins_in_brief():
    """Why, the goal with its numbers and date, places, what is dropped, hours, who, next look."""
    report = build_document("strategy", gather(make_finished(), TODAY, switches=IN_FULL))
    assert report.blocks[0] == Heading(1, "In brief", "brief")
    brief = report.blocks[1]
    assert isinstance(brief, KeyValues)
    said = {term: "".join(run.text for run in value) for term, value in brief.pairs}
    assert said["Why"] == "Enough bathroom jobs that we need no small repairs at the weekend."
    assert said["Goal"] == (
        "From 6 to 16 enquiries a month by 31 July 2027: More people in town ask us for a bathroom"
    )
    assert said["First place"] == "Facebook, 3 h 45 min a week"
    assert said["Other accounts"] == "X: win it back"
    assert said["Next look"] == "1 February 2027"
    assert "What it brings is not tracked" in said["What misses the mark"]
    assert said["First mend"].endswith(".")
    assert {"Time", "Who does it"} <= set(said)


def test_a_finished_plan_is_no_draft():
    """With every decision made nothing marks the document, and it says so."""
    report = build_document("strategy", gather(make_finished(), TODAY, switches=IN_FULL))
    assert report.header_note == ""
    assert "Every decision this plan needs is made." in report.text()


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["strategy", "one_page"])
def test_open_decisions_head_every_page_of_a_draft(name):
    """The head of the first page and of the others counts the decisions that are open."""
    material = gather(make_blocked(), TODAY, switches=IN_FULL)
    count = sum(f.severity is Severity.BLOCK for f in material.findings)
    assert count == 2
    assert build_document(name, material).header_note == "Draft: 2 decisions open"
    document, _ = read_word(write_document(name, "docx", material))
    section = document.sections[0]
    for header in (section.header, section.first_page_header):
        assert "Draft: 2 decisions open" in "".join(p.text for p in header.paragraphs)


def test_the_open_decisions_of_the_short_strategy_are_those_that_its_head_counts():
    """They stand in a table of their own, as many as the head says; other advice follows."""
    material = gather(make_blocked(), TODAY)
    report = build_document("strategy", material)
    decisions, advice = (
        [row[0] for table in report.walk() if isinstance(table, Table) and table.caption == caption
         for row in table.rows]
        for caption in material.wording["open"]["short_captions"].values()
    )  # fmt: skip
    open_ones = [f for f in material.findings if f.severity is Severity.BLOCK]
    assert report.header_note == f"Draft: {len(decisions)} decisions open"
    assert [row.partition(" And ")[0] for row in decisions] == [f.what for f in open_ones]
    assert advice
    assert not set(advice) & set(decisions)


def test_one_open_decision_is_counted_in_the_singular():
    """One decision is “1 decision”."""
    plan = make_finished()
    start = plan.start.model_copy(update={"hours_per_week": None})
    material = gather(plan.model_copy(update={"start": start}), TODAY, switches=IN_FULL)
    assert build_document("strategy", material).header_note == "Draft: 1 decision open"


# -- the parts ---------------------------------------------------------------------------------


def test_the_diagnosis_shows_picture_table_signs_and_mends():
    """The way in with its mends, all causes as a picture and as a table, earlier rounds too."""
    report = build_document("strategy", gather(make_finished(), TODAY, switches=IN_FULL))
    figure = next(block for block in report.walk() if isinstance(block, Figure))
    assert len(figure.table.rows) == 10
    text = report.text()
    assert "1. What it brings is not tracked: 3 of 3 signs found" in text
    assert "You cannot look up how many went on to your contact page." in text
    assert "Mend it: In half an hour: ask whoever" in text
    assert "What has changed since 16 October 2026" in text


def test_a_place_that_serves_nothing_is_left_out_with_its_reason():
    """“Then not this one” stands beside the place, and among the decisions with its reason."""
    text = read(make_finished())
    assert "Everybody is there.\tNothing so far\tThen not this one" in text
    assert "X: then not this one" in text
    assert "Why there: “Everybody is there.” It serves: Nothing so far." in text


def test_a_goal_is_told_in_full():
    """Number, formula, stage, now, target, date, source, reader, review, what if, and chance."""
    text = read(make_finished())
    for words in (
        "Goal 1: More people in town ask us for a bathroom",
        "Number: Enquiries from social media, each month",
        "Worked out as: ",
        "What it shows: What changed for you",
        "Now: 6 enquiries a month",
        "Target: 16 enquiries a month",
        "By: 31 July 2027",
        "Read from: A tally beside the phone",
        "Read by: the office manager",
        "Looked at: Every month",
        "If it is missed: Look whether people reach the page at all",
        "If nothing changes, the next month will most likely bring 2 to 11.",
    ):
        assert words in text, words


def test_no_social_media_for_now_is_a_complete_plan():
    """What instead, who, until when, each account, how to tell, and what would bring it back."""
    text, headings = read(make_waiting()), read_headings(make_waiting())
    assert "No social media for now, and this instead" in headings
    assert not any(heading.startswith("Goal 1") for heading in headings)
    for words in (
        "Phone ten past clients each month",
        "Look at it again: 30 June 2027",
        "Who sees to it: Still open",
        "Facebook exampleplumbing\tLeave one last line",
        "exampleplumbing\tWin it back",
        "How you tell that it works",
        "What would bring you back to it",
        "Facebook: it rests for now",
    ):
        assert words in text, words
    assert (
        build_document("strategy", gather(make_waiting(), TODAY, switches=IN_FULL)).header_note
        == ""
    )


def test_every_finding_is_told_once_with_its_grounds():
    """What is open: what, because, what to do, how sure, what would change it, and the source."""
    material = gather(make_finished(), TODAY, switches=IN_FULL)
    report = build_document("strategy", material)
    text = report.text()
    assert material.findings
    for finding in material.findings:
        do = finding.do.replace("In half an hour this week", "In half an hour")
        for words in (finding.what, do, finding.sure, finding.change):
            told = finding.id.startswith("cause-") and words == finding.what
            assert told or words in text, (finding.id, words)
    titles = [block.title for block in report.walk() if isinstance(block, Callout)]
    assert len(titles) == len(set(titles))


def test_findings_of_one_kind_stand_together():
    """200 lost accounts make one finding with a list, not 200 boxes."""
    report = build_document("strategy", gather(make_very_long(), TODAY, switches=IN_FULL))
    boxes = [block for block in report.walk() if isinstance(block, Callout)]
    assert len(boxes) < 30
    assert any("And 199 more like it." in box.title for box in boxes)


def test_things_to_do_have_dates():
    """What is open, a mend a week, the looks at numbers and the day of the goal, by date.

    What does not fit into the days of the action list comes later, and is at the end.
    """
    material = gather(make_finished(), TODAY, switches=IN_FULL)
    report = build_document("strategy", material)
    rows = [b.rows for b in report.walk() if isinstance(b, Table) and "with dates" in b.caption]
    dates = [row[0] for row in rows[0]]
    known = [day for day in dates if day != "Later"]
    assert dates[: len(known)] == sorted(known)
    open_things = {(t.due or "Later", t.text, t.why) for t in material.todos if not t.is_listed}
    assert open_things
    assert open_things <= set(rows[0])
    said = [f"{row[0]} {row[1]}" for row in rows[0]]
    for words in (
        "2027-01-22 In half an hour: ask whoever",
        "2027-02-01 Look at the number: Enquiries",
        "2027-04-15 Answer the questions on what misses the mark again",
        "2027-07-31 Compare the number with the target",
    ):
        assert any(line.startswith(words) for line in said), words


def test_own_thresholds_stand_beside_ours():
    """A number the business chose itself is shown beside our default."""
    plan = make_finished().model_copy(update={"own_defaults": {"start.quiet_days": 45.0}})
    own = "An account is quiet after\t45 days, which is yours. Our default: 30 days\t"
    ours = "An account is dormant after\t90 days\t"
    assert own in read(plan)
    assert ours not in read(plan)
    assert {own, ours} <= {part for part in (own, ours) if part in read(plan, numbers=True)}


def test_sources_are_listed_and_referred_to_by_number():
    """A source stands once, with its address, and findings name its number."""
    text = read(make_finished())
    assert text.count("https://www.doi.gov/employees/dmguide/website-and-social-media-basics") == 1
    assert "Sources: 1" in text


def test_the_sheet_holds_all_that_belongs_on_one_page():
    """Why, goal, people, places and what stops, three lines of voice, mix, hours, measure, look."""
    report = build_document("one_page", gather(make_finished(), TODAY))
    (points,) = [dict(block.pairs) for block in report.blocks if isinstance(block, KeyValues)]
    assert [*points] == [
        *("Why", "Goal", "People we want", "Measured by", "First place", "Other accounts"),
        *("We sound", "What misses the mark", "Time", "Who does it", "We talk", "Complaints"),
        "Next look",
    ]
    told = join(points["Goal"])
    assert told.startswith("From 6 to 16 enquiries a month by 31 July 2027")


# -- switches ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("switch", "usual", "heading"),
    [
        ("reasons", True, "What is decided, and why"),
        ("sources", True, "Sources"),
        ("numbers", False, "Numbers this plan goes by"),
        ("open_findings", True, "What is still open"),
        ("questions", False, "Every question and answer"),
        ("empty", False, "Every question and answer"),
    ],
)
def test_a_switch_puts_its_part_in_and_leaves_it_out(switch, usual, heading):
    """Each part is there when it is wanted, and not when it is not."""
    assert Switches.model_fields[switch].default is usual
    assert heading in read_headings(make_finished(), **{switch: True})
    assert heading not in read_headings(make_finished(), **{switch: False})


def test_questions_are_shown_as_they_were_asked():
    """With their wording, an answer stands behind its question."""
    assert "Who reads it?: the office manager" in read(make_finished(), questions=True)
    assert "Who reads it?" not in read(make_finished())


def test_empty_items_are_shown_when_they_are_wanted():
    """What is not said stands there as not said."""
    plan = make_blocked()
    assert "By: Not said yet" in read(plan, empty=True)
    assert "By: Not said yet" not in read(plan)


def test_reasons_can_be_left_out():
    """Without reasons it says what to do, not because of what."""
    text = read(make_finished(), reasons=False)
    assert "How sure this is" not in text
    assert "What to do: " in text
    assert "Left out on request: reasons." in text


def test_the_short_strategy_keeps_the_main_parts():
    """In brief, the way in, the goals, what is open and what to do; less than half the words."""
    headings = read_headings(make_finished(), length="short")
    assert headings[0] == "In brief"
    assert "What to do, and when" in headings
    assert any(heading.startswith("Goal 1") for heading in headings)
    assert headings[-3:-1] == ["What this short version leaves out", "Sources"]
    assert len(read(make_finished(), length="short")) < len(read(make_finished())) / 2


def test_what_is_left_out_for_length_is_told_with_where_it_stands():
    """Each part with details has its line, and no name in it is left to be filled in."""
    material = gather(make_finished(), TODAY)
    told = read(make_finished(), length="short")
    listed = told[told.index("What this short version leaves out") :]
    parts = [part for part in collect(material) if any(s.is_detail for s in part.body)]
    assert len(parts) > 8
    for part in parts:
        assert f"{part.title}. " in listed
    assert "{" not in listed


@pytest.mark.thorough
@pytest.mark.parametrize("paper", Paper)
def test_the_short_strategy_of_the_example_has_8_to_15_pages(paper):
    """As many as practitioners ask for, on either paper."""
    material = gather(read_demo(TODAY).plan, TODAY)
    raw = write_document("strategy", "pdf", material, paper=paper)
    assert 8 <= len(PdfReader(BytesIO(raw)).pages) <= 15


# -- hard cases --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["strategy", "one_page"])
def test_an_empty_plan_says_what_is_missing(name):
    """Nothing answered: the document names each part that is to be answered."""
    text = read(Plan(), name)
    assert "no question is answered yet" in text
    assert "Say who you are and what you have (about 10 minutes)" in text
    assert "Say why, and set one to three goals" in text


ADDED = [{"id": "new1"}]
JUST_ADDED = Plan.model_validate(
    {"start": {"accounts": ADDED}, "goals": {"whys": ADDED, "goals": ADDED}}
)


@pytest.mark.parametrize(
    "switches",
    [
        Switches(empty=True, questions=True),
        pytest.param(Switches(), marks=pytest.mark.thorough),
        pytest.param(Switches(reasons=False), marks=pytest.mark.thorough),
    ],
    ids=["empty", "usual", "without-reasons"],
)
def test_every_document_is_made_of_entries_in_which_nothing_is_said(switches):
    """An account, a place and a goal that were only just added stop no document."""
    material = gather(JUST_ADDED, TODAY, switches=switches)
    for name in load_documents():
        assert write_document(name, "docx", material)


def test_entries_in_which_nothing_is_said_yet_take_no_room():
    """An account, a place and a goal that were only just added: no empty tables or lists."""
    report = build_document("strategy", gather(JUST_ADDED, TODAY, switches=IN_FULL))
    assert all(block.pairs for block in report.walk() if isinstance(block, KeyValues))
    assert all(
        table.caption != "The accounts there are"
        for table in report.walk()
        if isinstance(table, Table)
    )


def test_an_answer_that_could_not_be_read_is_no_answer():
    """What was typed but not understood is left out and opens no document up."""
    material = gather(
        make_finished(), TODAY, switches=IN_FULL, unclear={"goals.goals.goal1.due": "soonish"}
    )
    assert "soonish" not in build_document("strategy", material).text()


@pytest.mark.thorough
def test_long_and_hostile_answers_are_kept_whole_as_text():
    """Every word of 20,000 characters is in the Word file, and markup is only text."""
    raw = write_document("strategy", "docx", gather(make_very_long(), TODAY, switches=IN_FULL))
    _, text = read_word(raw)
    for name in ("sells", "clients", "account", "aim", "why0", "why3", "wish1", "miss1"):
        assert f"{name}, {LAST}" in text
    assert HOSTILE.split(" |")[0] in text
    page = write_document(
        "strategy", "html", gather(make_very_long(), TODAY, switches=IN_FULL)
    ).decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.thorough
def test_200_accounts_and_long_reasons_stay_a_table():
    """A long text is cut in its row and follows in full; the contents do not list accounts."""
    report = build_document("strategy", gather(make_very_long(), TODAY, switches=IN_FULL))
    tables = [block for block in report.walk() if isinstance(block, Table)]
    accounts = next(table for table in tables if table.caption == "The accounts there are")
    assert len(accounts.rows) == 200
    assert accounts.rows[-1][-1].endswith("(in full below)")
    assert len(report.headings()) < 60


@pytest.mark.thorough
def test_a_name_that_turns_direction_turns_nothing_else():
    """Marks of direction in a name do not reach the words beside it."""
    report = build_document("strategy", gather(make_very_long(), TODAY, switches=IN_FULL))
    for line in (report.subtitle, report.footer_note):
        assert "\u202b" not in line


def test_the_word_file_has_real_headings_and_captions():
    """Headings, captions and repeated table heads are Word's own, so that Word can use them."""
    raw = write_document("strategy", "docx", gather(make_finished(), TODAY, switches=IN_FULL))
    document, text = read_word(raw)
    styles = {p.style.name for p in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Caption"} <= {name.title() for name in styles}
    assert all("w:tblHeader" in table._tbl.xml for table in document.tables)
    assert "Then not this one" in text


# -- the reasons -------------------------------------------------------------------------------


def test_every_reason_is_met_by_a_line_of_the_strategy():
    """Nine reasons, three failures and the way back: met by lines that really stand there."""
    material = gather(make_finished(), TODAY, switches=IN_FULL)
    text = build_document("strategy", material).text()
    met = strategy.seeds_met(material)
    assert set(met) == SEEDS
    for line in strategy.list_lines(material):
        assert line.text in text
    for seed, words in load_words("reasons.toml").items():
        steps = set(words["steps"]) & set(step_names())
        assert steps <= met[seed], seed


def test_reasons_that_nothing_speaks_of_are_not_met():
    """Where no step says anything about posts and talk, the strategy meets no reason for them."""
    silent = {"diagnosis": Plan().diagnosis, "mix": Plan().mix}
    plan = make_finished().model_copy(update=silent)
    met = set(strategy.seeds_met(gather(plan, TODAY, switches=IN_FULL)))
    assert not {"A2", "A3", "B3"} & met
    assert {"A1", "B1"} <= met


# -- the one page ------------------------------------------------------------------------------


def test_the_one_page_carries_what_counts():
    """Why, goal, places, what is dropped, measures, hours and the next steps."""
    text = read(make_finished(), "one_page")
    for words in (
        "Why: Enough bathroom jobs",
        "From 6 to 16 enquiries a month by 31 July 2027: More people",
        "Measured by: Enquiries from social media, each month; read by the office manager",
        "First place: Facebook",
        "Next steps",
    ):
        assert words in text, words


def test_next_steps_come_by_date_and_proposals_are_called_so():
    """What nobody chose a day for stands among the rest, in its place."""
    report = build_document("one_page", gather(make_waiting(), TODAY))
    (steps,) = [block for block in report.blocks if isinstance(block, Bullets)]
    named = [join(item).partition(": ")[0] for item in steps.items]
    days = [datetime.strptime(day.removesuffix(" (proposed)"), "%d %B %Y") for day in named]  # noqa: DTZ007 - days alone
    assert days == sorted(days)
    assert "5 February 2027" in named
    assert any(day.endswith("(proposed)") for day in named)


def test_no_line_of_the_sheet_ends_inside_a_number():
    """A number stands with what it counts, or not at all."""
    said = "It takes long. The plan needs 3 h 24 min, and no more."
    shown = {one_page.cut_whole(said, most) for most in range(20, 54)}
    assert said in {one_page.cut_whole(said, 54), *shown}
    assert "It takes long. The plan needs …" in shown
    assert not [each for each in shown if each.endswith(("3 …", "h …", "24 …"))]


def test_without_social_media_nothing_is_planned_for_it():
    """No step serves posts, no hours are what posts leave over, and posting is what stops."""
    for name in ("one_page", "ninety_days"):
        text = read(make_waiting(), name)
        assert "Show this post to one customer" not in text
        assert "page about bathrooms on Facebook" not in text
        assert "What posts and answers leave over" not in text
    assert "Posting stops on every account for now." in read(make_waiting(), "case")


@pytest.mark.thorough
def test_the_one_page_stays_short_however_much_is_said():
    """20,000 characters in every answer still make a sheet, not a book."""
    assert len(read(make_very_long(), "one_page")) < 3500


@pytest.mark.thorough
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=PLANS, day=st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_any_plan_becomes_every_document(plan, day):
    """Whatever anybody answers, on whatever day, each document is made, and read to its end."""
    material = gather(plan, day, switches=Switches(questions=True, empty=True, length="full"))
    for name in load_documents():
        assert write_document(name, "markdown", material)
        assert write_document(name, "html", material)
