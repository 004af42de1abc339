"""Whom a business wants, what its clients said, and how sure all of it is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.sample_plans import IN_FULL
from workbook.checks import run
from workbook.content import load_step
from workbook.evidence.clients import Counted, Question
from workbook.evidence.shares import Method
from workbook.exports.documents import build_document, gather
from workbook.exports.report import Figure, Table, read_lines
from workbook.fit.audiences import list_places
from workbook.imports.clients import read_typed
from workbook.plan import Plan, annotation_of, replace_answer
from workbook.steps.audience.counting import find_same, make_answers, make_counts
from workbook.steps.audience.editor_asking import write_messages
from workbook.steps.audience.overview import survey, write_percent
from workbook.steps.audience.report import contribute
from workbook.values import Problem, read

TODAY = date(2027, 1, 15)
OWNERS = {"id": "own1", "name": "Owners", "buyers": "people", "share": 100, "country": "US"}
USE = {"id": "use1", "question": "use", "asked": 14, "counts": [["facebook", 11], ["nextdoor", 5]]}


def _plan(**audience):
    return Plan.model_validate({"goals": {"decision": "use"}, "audience": audience})


def _found(plan):
    return {finding.id: finding for finding in run(plan, TODAY) if finding.id in MINE}


MINE = {*load_step("audience").findings, "entry-gone"}


# -- checks -------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 100), min_size=2, max_size=5))
@settings(max_examples=8, deadline=None)
def test_shares_that_do_not_add_up_are_offered_in_proportion(shares):
    """What is offered makes just 100, keeps the order, and ends the finding."""
    groups = [{**OWNERS, "id": f"gro{n}", "share": share} for n, share in enumerate(shares)]
    plan = _plan(groups=groups)
    finding = _found(plan).get("shares-off")
    assert (finding is None) == (abs(sum(shares) - 100) <= 0.5)
    if finding is None:
        return
    for path, raw in finding.offers[0].answers:
        plan = replace_answer(plan, path, read(annotation_of(path), raw))
    offered = [group.share for group in plan.audience.groups]
    assert sum(offered) == pytest.approx(100)
    assert "shares-off" not in _found(plan)
    ranked = sorted(range(len(shares)), key=lambda at: (shares[at], offered[at]))
    assert [offered[at] for at in ranked] == sorted(offered)


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("Germany", "Germany: we have shares of the whole population, and none of your group."),
        ("Norway", "Norway: we have single shares only, and no interval for them."),
        ("Australia", "Australia: we have no figures."),
        ("United States", None),
        ("usa", None),
    ],
)
def test_a_country_says_which_figures_there_are(country, said):
    """Outside the United States a plain sentence says totals, a few points, or nothing."""
    found = _found(_plan(groups=[{**OWNERS, "country": country}])).get("country-figures")
    assert (found.what if found else None) == said


def test_ten_answers_end_what_is_provisional():
    """Nine clients are too few and ten are enough, but not if they were asked how they came."""
    for question, asked, few in (("use", 9, True), ("time", 10, False), ("found", 30, True)):
        tally = {"id": "cou1", "question": question, "asked": asked, "counts": [["facebook", 6]]}
        found = _found(_plan(groups=[OWNERS], tallies=[tally]))
        assert ("few-asked" in found) is few, question
    two = [{**USE, "asked": 5, "counts": []}, {**USE, "id": "use2", "asked": 5, "counts": []}]
    assert "few-asked" not in _found(_plan(groups=[OWNERS], tallies=two))


def test_organisations_need_answers_of_their_own():
    """A survey chooses nothing for them; answers about another group do not help."""
    shops = {**OWNERS, "id": "shp1", "name": "Shops", "buyers": "businesses", "share": 40}
    groups = [{**OWNERS, "share": 60}, shops]
    found = _found(_plan(groups=groups, tallies=[{**USE, "group": "own1"}]))
    assert found["businesses-without-clients"].what == "For “Shops” the survey chooses nothing."
    assert "few-asked" not in found
    assert "businesses-without-clients" not in _found(_plan(groups=groups, tallies=[USE]))


def test_an_impossible_count_is_told_and_left_out():
    """More than were asked, no number asked, a nought, no question: none of them is reckoned."""
    wrong = [
        {**USE, "id": "cou1", "asked": 10},
        {**USE, "id": "cou2", "asked": None},
        {**USE, "id": "cou3", "asked": 0},
        {**USE, "id": "cou4", "question": None},
    ]
    plan = _plan(groups=[OWNERS], tallies=wrong)
    assert {"more-than-asked", "asked-missing", "question-missing"} <= set(_found(plan))
    assert "11 named Facebook, and only 10 were asked." in _found(plan)["more-than-asked"].what
    assert survey(plan).groups[0].known.audience.clients == ()


def test_colleagues_are_no_clients():
    """Colleagues without clients are pointed out, and never become a share of clients."""
    plan = _plan(groups=[OWNERS], peers_asked=8, peers=[["linkedin", 7]])
    assert "peers-for-clients" in _found(plan)
    overview = survey(plan)
    assert overview.groups[0].known.views == {}
    assert list(overview.list_peers()) == [("LinkedIn", "7 of 8", "88 % (55 to 99)")]
    assert "peers-for-clients" not in _found(_plan(groups=[OWNERS], tallies=[USE], peers_asked=8))


def test_an_answer_may_not_name_what_is_gone():
    """A count of a group that was removed is found, and left open with one click."""
    plan = _plan(groups=[OWNERS], tallies=[{**USE, "group": "gone"}])
    finding = _found(plan)["entry-gone"]
    assert finding.what == "“Which group do these clients belong to?” names a group that is gone."
    ((path, raw),) = finding.offers[0].answers
    plan = replace_answer(plan, path, read(annotation_of(path), raw))
    assert "entry-gone" not in _found(plan)


def test_an_entry_just_added_is_left_alone():
    """Nothing is said of a group or a figure of which nothing has been answered yet."""
    found = _found(
        _plan(groups=[{"id": "new1"}], figures=[{"id": "new2"}], tallies=[{"id": "t001"}])
    )
    assert set(found) <= {"few-asked"}


def test_what_waits_is_not_urged():
    """Without social media for now, nobody is asked for groups or clients."""
    plan = Plan.model_validate({"goals": {"decision": "not_now"}, "audience": {"groups": [OWNERS]}})
    assert not set(_found(plan)) & {"groups-missing", "few-asked"}


# -- what is known ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def known():
    """Three groups: one of the survey, one elsewhere, one nowhere."""
    groups = [
        {**OWNERS, "ages": ["50-64", "65+"], "community": ["Suburban"], "share": 50},
        {**OWNERS, "id": "day1", "name": "Guests", "country": "Deutschland", "share": 30},
        {**OWNERS, "id": "far1", "name": "Far away", "country": "Atlantis", "share": 20},
    ]
    figure = {"id": "fig1", "platform": "instagram", "percent": 46, "asked": 1200, "group": "day1"}
    tallies = [{**USE, "group": "own1"}, {**USE, "id": "fnd1", "question": "found"}]
    figures = [{**figure, "source": "A survey {x} <b>"}]
    return survey(_plan(groups=groups, tallies=tallies, figures=figures))


def test_no_figure_stands_bare(known):
    """Each share has its interval and the number of a source that says who was asked and when."""
    for group in known.groups:
        _, rows = known.list_rows(group)
        for _, *cells, sources in rows:
            assert all(
                re.match(r"^(\u2013|(over |under )?\d+ % \(\d+ to \d+\).*)$", c) for c in cells
            )
            assert re.match(r"^(\d, )*(\d|your count)$", sources)
    assert any("5 February 2025 to 18 June 2025" in text for text in known.list_sources())
    assert any("1 February 2024 to 10 June 2024" in text for text in known.list_sources())


def test_survey_clients_and_both_stand_side_by_side(known):
    """Only the survey's own question is put together with it; other counts stand alone."""
    owners = known.groups[0]
    facebook = next(place for place in owners.places if place.place == "Facebook")
    assert facebook.survey.percent < facebook.both.percent < facebook.own.percent
    nextdoor = next(place for place in owners.places if place.place == "Nextdoor")
    assert (nextdoor.survey, nextdoor.both) == (None, None)
    assert [counted.question for counted in owners.list_counts()] == [Question.FOUND]
    assert "Nextdoor" in known.write_rest(owners)[0]


def test_daily_use_stands_beside_ever_use(known):
    """Where it is known, and said of whom it is where it is not of this group."""
    columns, rows = known.list_rows(known.groups[0])
    at = columns.index("Every day")
    told = {row[0]: row[at] for row in rows}
    assert told["Facebook"].startswith("52 %")
    assert told["Instagram"] == "\u2013"


def test_each_group_says_which_figures_it_has(known):
    """Reckoned for the group, totals and own figures, or none at all; adults, not customers."""
    owners, guests, far = known.groups
    assert "reckoned from it for people like them" in " ".join(known.write_figures(owners))
    assert "adults, not your customers" in " ".join(known.write_figures(owners))
    told = " ".join(known.write_figures(guests))
    assert "shares of everybody in the country" in told
    assert "figures of your own" in told
    assert guests.shares["Instagram"].method is Method.OWN
    assert known.list_rows(guests)[1][0][1] == "72 % (69 to 74), who use at least once a week"
    said = "There are no figures on these people, since no table here has their country (Atlantis)."
    assert known.write_figures(far)[0].startswith(said)
    assert far.places == ()


def test_single_shares_are_shown_apart():
    """A share without the number asked is told, has no interval and is no row of the table."""
    norway = survey(_plan(groups=[{**OWNERS, "country": "Norway"}]))
    assert norway.groups[0].places == ()
    assert "Published without the number of people asked" in " ".join(
        norway.write_rest(norway.groups[0])
    )


def test_few_interviews_are_said_to_be_few():
    """A narrow group rests on people like it, and the page says how many were asked."""
    narrow = {**OWNERS, "ages": ["18-29"], "sexes": ["Women"], "education": ["HS or less"],
              "income": ["$100K+"], "community": ["Rural"]}  # fmt: skip
    found = survey(_plan(groups=[narrow]))
    told = found.write_figures(found.groups[0])
    assert any(re.search(r"^(Only|Few) .*\b\d+ (of|at)", text) for text in told)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ((0, 0, 0.2), "0 % (0 to 1)"),
        ((0.3, 0, 0.9), "under 1 % (0 to 1)"),
        ((99.8, 99.6, 99.9), "over 99 % (99 to 100)"),
        ((100, 100, 100), "100 % (100 to 100)"),
        ((45.4, 37.7, 52.2), "45 % (38 to 52)"),
    ],
)
def test_a_share_is_no_surer_than_it_is(share, text):
    """Whole percents never turn a little into nothing, nor nearly all into all."""
    assert write_percent(*share) == text


# -- counts into the plan -----------------------------------------------------------------------


def test_a_count_goes_in_by_the_ids_of_places():
    """Places of no name here are one “another place”, each client counted once."""
    together = {frozenset({"LINE", "BeReal"}): 2, frozenset({"Facebook"}): 3, frozenset(): 1}
    counted = Counted(Question.USE, 6, {"LINE": 2, "BeReal": 2, "Facebook": 3}, together)
    counts = make_counts(counted)
    assert dict(counts.counts) == {"facebook": 3, "other": 2}
    assert set(counts.other) == {"LINE", "BeReal"}
    unknown = make_counts(Counted(Question.USE, 6, {"LINE": 2, "BeReal": 2, "Facebook": 3}))
    assert dict(unknown.counts) == {"facebook": 3}
    assert set(unknown.left) == {"LINE", "BeReal"}


def test_only_the_numbers_go_into_the_plan():
    """Question, number asked, counts, group and day; and it reads back as it was counted."""
    text = "Anna Quokka: Facebook, insta\nBob Quokka: none\nQuokka GmbH: tik tok"
    counted = read_typed(text, question=Question.TIME).counted[0]
    plan = _plan(groups=[OWNERS])
    for path, raw in make_answers(make_counts(counted), "cou1", "own1", TODAY).answers:
        value = read(annotation_of(path), raw)
        assert not isinstance(value, Problem)
        plan = replace_answer(plan, path, value)
    tally = plan.audience.tallies[0]
    assert (tally.question, tally.asked, tally.group, tally.asked_on) == ("time", 3, "own1", TODAY)
    assert dict(tally.counts) == {"facebook": 1, "instagram": 1, "tiktok": 1}
    assert "uokka" not in plan.model_dump_json()
    assert find_same(plan, make_counts(counted), "own1") == tally
    assert find_same(plan, make_counts(counted), None) is None


def test_how_clients_came_may_be_by_no_place_at_all():
    """A friend counts among those asked, and “none” by everybody is an answer too."""
    found = read_typed("a friend\nInstagram\na leaflet", question=Question.FOUND)
    (counted,) = found.counted
    assert (counted.question, counted.asked) == (Question.FOUND, 3)
    assert counted.counts == {"Instagram": 1}
    (nobody,) = read_typed("none\nnone").counted
    assert (nobody.asked, nobody.counts) == (2, {})


# -- the question to clients --------------------------------------------------------------------


def test_the_question_is_worded_as_it_is_counted():
    """Each message asks the three questions, thanks, names every place, and offers nothing."""
    plan = Plan.model_validate({"start": {"name": "Example & Sons {x}"}})
    messages = write_messages(plan, "en")
    assert [message["id"] for message in messages] == ["mail", "text", "counter"]
    for message in messages:
        text = message["text"].lower()
        for asked in ("do you ever use", "where do you spend time?", "how did you find us?"):
            assert asked in text
        assert "thank you" in text
        assert not re.search(r"voucher|prize|discount|win |reward|gift", text)
        assert all(place.lower() in text for place in list_places())
    assert "Example & Sons {x}" in messages[0]["text"]


def test_the_sheet_for_the_counter_can_be_pasted_back():
    """Filled in with numbers, the list at its end is counted like any other."""
    sheet = write_messages(Plan(), "en")[2]["text"].partition("Clients asked:")[2]
    filled = "Clients asked: 12" + "\n".join(
        f"{line} 3" if line else "" for line in sheet.split("\n")
    )
    read_back = read_typed(filled, question=Question.USE)
    assert read_back.problems == ()
    assert read_back.counted[0].asked == 12
    assert set(read_back.counted[0].counts) == set(list_places())


# -- documents ----------------------------------------------------------------------------------


def test_the_strategy_tells_who_where_and_how_sure():
    """Groups, a picture with its numbers, clients, colleagues apart, who was asked and when."""
    plan = _plan(groups=[OWNERS], tallies=[USE], peers_asked=8, peers=[["linkedin", 6]])
    material = gather(plan, TODAY, switches=IN_FULL)
    part = contribute(material)
    blocks = [statement.block for statement in part.body]
    figure = next(block for block in blocks if isinstance(block, Figure))
    assert {row[0] for row in figure.table.rows} >= {"Facebook", "Nextdoor", "LinkedIn"}
    assert sum(isinstance(block, Table) for block in blocks) == 2
    text = build_document("strategy", material).text()
    for said in (
        "Colleagues, for referrals only: LinkedIn 6 of 8 (75 % (41 to 94)).",
        "Facebook 79 % (53 to 94)",
        "5 February 2025 to 18 June 2025",
        "adults, not your customers",
        "Those you asked are clients you won.",
        "Pew Research Center bears no responsibility",
    ):
        assert said in text, said
    assert part.needless == ("diagnosis.clients_there",)
    assert "Owners (100 %)" in build_document("one_page", material).text()


def test_documents_say_nothing_where_nothing_is_said():
    """Without groups, or while social media waits, there is no part about people."""
    waiting = Plan.model_validate(
        {"goals": {"decision": "not_now"}, "audience": {"groups": [OWNERS]}}
    )
    for plan in (Plan(), waiting):
        part = contribute(gather(plan, TODAY))
        assert part.body == ()
        assert part.points == ()
    nobody = contribute(gather(_plan(groups=[{**OWNERS, "country": "Atlantis"}]), TODAY))
    assert not any(isinstance(s.block, Figure) for s in nobody.body)


def _lines(**audience):
    """The part about people in a document, as lines."""
    body = contribute(gather(_plan(**audience), TODAY)).body
    return [line for statement in body for line in read_lines(statement.block)]


def test_a_count_with_one_wrong_number_is_to_be_mended():
    """It is left out whole; the document and the page say so, and not that nobody was asked."""
    wrong = {**USE, "asked": 12, "counts": [["facebook", 13], ["instagram", 8]]}
    plan = _plan(groups=[OWNERS], tallies=[wrong])
    mend = "A count of 12 clients has a number above 12: mend it."
    material = gather(plan, TODAY)
    text = build_document("strategy", material).text()
    assert mend in text
    assert "No client has been asked yet" not in text
    overview = survey(plan)
    (told,) = overview.write_asked(overview.groups[0], 10)
    assert told.startswith(mend)
    nobody = survey(_plan(groups=[OWNERS], tallies=[{"id": "new1"}]))
    assert "none of these clients has been asked" in nobody.write_asked(nobody.groups[0], 10)[0]


GROUPS = [
    {**OWNERS, "ages": ["18-29"], "share": 20},
    {**OWNERS, "id": "frm1", "name": "Firms", "buyers": "businesses", "share": 60},
    {**OWNERS, "id": "lds1", "name": "Leeds", "country": "United Kingdom", "share": 25},
]


def test_each_group_is_named_with_the_figures_there_are():
    """Published for just these people, background, or none at all: told of the group it is of."""
    lines = _lines(groups=GROUPS)
    owners, firms, leeds = (
        next(line for line in lines if line.startswith(f"{name}: ") and "figure" not in line[:9])
        for name in ("Owners", "Firms", "Leeds")
    )
    assert "published these shares for just these people" in owners
    assert "published these shares" not in firms
    assert "background" in firms
    assert "no table here has their country (United Kingdom)" in leeds


def test_a_survey_behind_organisations_is_headed_as_background():
    """The column in the document, that of the page, and the key of the picture say so."""
    plan = _plan(groups=GROUPS)
    body = contribute(gather(plan, TODAY)).body
    table = next(s.block.table for s in body if isinstance(s.block, Figure))
    assert "Firms: survey, background only" in [column.title for column in table.columns]
    overview = survey(plan)
    firms = overview.groups[1]
    assert overview.list_rows(firms)[0][1] == "Survey: ever use it, as background only"
    assert "Survey, as background only" in firms.draw().svg()
    assert "background" not in overview.groups[0].draw().svg()


def test_a_column_says_what_was_asked_where_that_differs():
    """Use once a week is not held against ever using it without a word."""
    groups = [OWNERS, {**OWNERS, "id": "ger1", "name": "Germans", "country": "Germany"}]
    body = contribute(gather(_plan(groups=groups), TODAY)).body
    table = next(s.block.table for s in body if isinstance(s.block, Figure))
    titles = [column.title for column in table.columns]
    assert titles[1:] == ["Owners: survey", "Germans: survey (use at least once a week)"]


def test_the_column_of_clients_says_what_they_were_asked():
    """Where they spend time does not stand beside “ever use” without a word."""
    body = contribute(gather(_plan(groups=[OWNERS], tallies=[{**USE, "question": "time"}]), TODAY))
    table = next(s.block.table for s in body.body if isinstance(s.block, Figure))
    assert "Your clients: spend time there" in [column.title for column in table.columns]


def test_shares_put_in_proportion_are_explained_where_they_stand():
    """Both numbers stand with each group, and the sum that was not 100."""
    lines = _lines(groups=GROUPS)
    assert any("25 % of your business, counted as 23.8 %" in line for line in lines)
    assert any("The shares add up to 105 %" in line for line in lines)
    whole = _lines(groups=[OWNERS])
    assert any("100 % of your business" in line for line in whole)
    assert not any("counted as" in line for line in whole)


def test_without_a_country_the_country_is_asked_for():
    """No figure can be looked up, so what is missing is named."""
    overview = survey(_plan(groups=[{**OWNERS, "country": None}]))
    assert "Name the country" in overview.write_figures(overview.groups[0])[0]


def test_the_terms_of_a_survey_stand_where_its_figures_do():
    """While social media waits no figure stands in the document, and so no terms."""
    terms = "Pew Research Center bears no responsibility"
    for decision, told in (("use", True), ("not_now", False)):
        plan = Plan.model_validate(
            {"goals": {"decision": decision}, "audience": {"groups": [OWNERS]}}
        )
        assert (terms in build_document("strategy", gather(plan, TODAY)).text()) is told
