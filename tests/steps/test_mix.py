"""Topics of what customers ask, two weeks of topics and people, and what they come to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.sample_plans import IN_FULL, TODAY, make_finished, make_waiting
from workbook.budget.fortnight import OWN, reckon
from workbook.checks import run
from workbook.exports.documents import Material, Switches, gather, strategy
from workbook.exports.documents._contribution import read_statements
from workbook.paths import is_asked_for
from workbook.plan import Plan
from workbook.steps.mix import report
from workbook.steps.mix.answers import Move, Week
from workbook.steps.mix.building import (
    count_posts,
    count_waiting,
    make_topics,
    make_weeks,
    sort_weeks,
)
from workbook.steps.mix.naming import leave_out_names
from workbook.steps.mix.telling import list_rows, list_sums

ASKED = {
    "asked_counter": "- May the dog come in?\nIs the soup vegan?\nmay the dog come in?",
    "asked_phone": "Do you deliver?",
    "asked_mail": "May I bring a cake?",
}


def _plan(**mix):
    return Plan.model_validate({"mix": mix})


def _with_topics(**mix):
    plan = _plan(**ASKED, **mix)
    return plan.model_copy(
        update={"mix": plan.mix.model_copy(update={"topics": make_topics(plan)})}
    )


def test_topics_are_what_people_asked_word_for_word():
    """From the three lists in turn, each once, with where it was asked; nothing is added."""
    topics = make_topics(_plan(**ASKED))
    assert [(topic.asked, topic.where) for topic in topics] == [
        ("May the dog come in?", "counter"), ("Do you deliver?", "phone"),
        ("May I bring a cake?", "mail"), ("Is the soup vegan?", "counter"),
    ]  # fmt: skip
    assert all(topic.says is None and topic.proof is None for topic in topics)


def test_topics_are_made_once():
    """A second press adds only what is new, and no more than ten in all."""
    assert make_topics(_with_topics()) == ()
    many = "\n".join(f"Question {n}?" for n in range(40))
    assert len(make_topics(_plan(asked_counter=many))) == 10


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_any_list_of_questions_makes_topics_that_can_be_kept(text):
    """Whatever is noted, the topics read back as they were made."""
    topics = make_topics(_plan(asked_counter=text[:200], asked_mail=text))
    ids = [topic.id for topic in topics]
    assert len(ids) == len(set(ids))
    whole = Plan.model_validate({"mix": {"topics": [t.model_dump() for t in topics]}})
    assert whole.mix.topics == topics


def test_two_weeks_are_made_of_topics_and_people():
    """Posts on three days a week in the words of the topic; one person a day; all in order."""
    people = [
        {"id": "co01", "name": "The tiler", "act": "thank", "about": "Came at once"},
        {"id": "co02", "name": "A guest", "act": "answer"},
        {"id": "co03", "name": "Somebody"},
        {"id": "co04"},
    ]
    weeks = sort_weeks(make_weeks(_with_topics(contacts=people)))
    posts = [entry for entry in weeks if entry.move is Move.POST]
    assert [entry.text for entry in posts][:2] == ["May the dog come in?", "Do you deliver?"]
    assert [(entry.week, entry.day) for entry in posts] == [
        ("first", "monday"), ("first", "wednesday"), ("first", "friday"), ("second", "monday"),
    ]  # fmt: skip
    others = [entry for entry in weeks if entry.contact]
    assert [(entry.move, entry.text) for entry in others] == [
        (Move.THANK, "Came at once"), (Move.REPLY, None), (None, None),
    ]  # fmt: skip
    assert all(entry.minutes for entry in weeks)


def test_a_post_says_question_and_answer_with_its_photo():
    """A topic with an answer and a photo brings both along, and takes longer."""
    topic = {"id": "tp01", "asked": "Open?", "says": "Until six.", "proof": "The door"}
    (entry,) = make_weeks(_plan(topics=[topic], talk_least=0))
    assert (entry.text, entry.proof) == ("Open?\n\nUntil six.", "The door")
    assert (
        entry.minutes
        > make_weeks(_plan(topics=[{**topic, "proof": None}], talk_least=0))[0].minutes
    )


def test_what_is_planned_already_stays_as_it_is():
    """Only topics and people that are not in yet are added, on days that are free."""
    plan = _with_topics(talk_least=0)
    first = make_weeks(plan)
    mix = plan.mix.model_copy(update={"weeks": first[:1]})
    rest = make_weeks(plan.model_copy(update={"mix": mix}))
    assert {entry.topic for entry in rest} == {entry.topic for entry in first[1:]}
    assert (first[0].week, first[0].day) not in {(e.week, e.day) for e in rest}


@settings(max_examples=40, deadline=None)
@given(
    topics=st.lists(st.booleans(), max_size=12),
    acts=st.lists(st.sampled_from(["thank", "answer", None]), max_size=8),
    shares=st.tuples(st.sampled_from([None, 0, 50, 100]), st.sampled_from([None, 0, 50, 100])),
)
def test_proposed_weeks_keep_what_the_owner_wants(topics, acts, shares):
    """What is put in by one press never sells more, nor talks less, than is wanted."""
    talk, sold = shares
    sells = {True: "Book with us for 89 €, only this month!", False: "Yes, until six."}
    plan = _plan(
        topics=[
            {"id": f"tp{n:02}", "asked": f"Question {n}?", "says": sells[is_offer]}
            for n, is_offer in enumerate(topics)
        ],
        contacts=[{"id": f"co{n:02}", "name": f"No. {n}", "act": a} for n, a in enumerate(acts)],
        talk_least=talk,
        promotion_most=sold,
    )
    weeks = make_weeks(plan)
    filled = plan.model_copy(update={"mix": plan.mix.model_copy(update={"weeks": weeks})})
    found = {each.id for each in run(filled, TODAY)}
    assert not found & {"promotion-over-limit", "talk-under-limit", "sells-unsaid"}
    assert talk == 0 or "weeks-without-reply" not in found
    posts = [entry for entry in weeks if entry.move in OWN]
    assert count_waiting(plan) == min(6, len(topics)) - len(posts)
    if talk is None and not any(topics) and len([a for a in acts if a]) > 2:
        assert not count_waiting(plan)


def test_topic_that_sells_is_a_post_that_sells():
    """An answer that asks people to book is no post of use, by the signs of the audit."""
    topics = [
        {"id": f"tp{n:02}", "asked": f"Question {n}?", "says": "Yes, until six."} for n in range(5)
    ]
    offer = {"id": "tp99", "asked": "Dye?", "says": "Book with us for 89 €, only this month!"}
    people = [{"id": f"co{n:02}", "name": f"No. {n}", "act": "thank"} for n in range(4)]
    weeks = make_weeks(_plan(topics=[offer, *topics], contacts=people))
    assert {e.topic: e.move for e in weeks if e.topic}["tp99"] is Move.OFFER
    said = {**weeks[0].model_dump(), "move": "post"}
    assert "sells-unsaid" in {f.id for f in run(_plan(weeks=[said]), TODAY)}


@pytest.mark.parametrize(("posts", "count"), [(None, 3), (2, 2), (0.5, 1), (40, 5)])
def test_posts_a_week_follow_the_first_place(posts, count):
    """What was said of the place counts, between one and the five working days."""
    place = {"id": "pl01", "platform": "facebook", "posts": posts}
    fit = {"first": "facebook", "places": [place]}
    assert count_posts(Plan.model_validate({"platform_fit": fit})) == count


def test_answers_are_written_within_the_daily_blocks():
    """They cost nothing more until the blocks are full; posts always do."""
    entries = [
        {"id": "wk01", "week": "first", "move": "post", "minutes": 60},
        {"id": "wk02", "week": "first", "move": "reply", "minutes": 60},
    ]
    plain = reckon(_plan(weeks=entries))
    assert (plain.making, plain.blocks, plain.hours) == (0.5, 0.5, 1.0)
    timed = reckon(_plan(weeks=entries, first_at="09:00", first_minutes=30))
    assert timed.blocks == 2.5
    assert (timed.offered, timed.talked) == (0, 50)


def test_hours_say_what_they_are_made_of():
    """Minutes and days stand beside the hours, which read as hours and minutes."""
    entries = [
        {"id": "wk01", "week": "first", "move": "post", "minutes": 100},
        {"id": "wk02", "week": "first", "move": "reply", "minutes": 6},
    ]
    start = {"hours_per_week": 3.5}
    blocks = {"first_at": "09:00", "first_minutes": 10, "second_at": "16:00", "second_minutes": 5}

    def tell(**mix):
        return list_sums(Plan.model_validate({"start": start, "mix": mix}), "en")[0]

    assert tell(weeks=entries, **blocks) == (
        "2 h 5 min a week: 50 min for posts and 1 h 15 min for the daily blocks "
        "(15 minutes on 5 days). There are 3 h 30 min."
    )
    assert "3 min for answers." in tell(weeks=entries)
    many = [*entries, {"id": "wk03", "week": "second", "move": "reply", "minutes": 234}]
    assert "2 hours for answers, which need more than the daily blocks hold" in tell(
        weeks=many, **blocks
    )


def test_sums_say_whose_limit_it_is():
    """Our default is called so."""
    lines = list_sums(_plan(weeks=[{"id": "wk01", "move": "offer", "minutes": 30}]), "en")
    assert any("1 of 1 posts sell. Wanted: at most 20 of 100 (our default)." in x for x in lines)


def test_minutes_fit_into_a_day():
    """A post of a million minutes is a slip."""
    from workbook.plan import annotation_of
    from workbook.values import Problem, read

    wanted = annotation_of("mix.weeks.wk01.minutes")
    assert read(wanted, "90") == 90
    assert isinstance(read(wanted, "1441"), Problem)
    assert isinstance(read(wanted, "-5"), Problem)


def test_corrections_are_no_answers():
    """Digests are kept by the workbook; nobody is asked for them, and nobody can type them."""
    assert not is_asked_for("mix.corrections")
    assert not is_asked_for("mix.corrections.0123456789ab.said")
    alone = _plan(corrections=[{"id": "0123456789ab", "said": {"kind": "helpful"}}])
    assert [f.id for f in run(alone, TODAY) if f.path.startswith("mix.")] == []


def test_documents_name_nobody():
    """The names of the ten people stay in the plan; the rest of the two weeks is told."""
    plan = make_finished()
    names = [contact.name for contact in plan.mix.contacts]
    material = Material(plan, run(plan, TODAY), (), TODAY, switches=IN_FULL)
    part = report.contribute(material)
    text = "\n".join(line.text for line in read_statements(part.body))
    assert "Can I turn off the water myself?" in text
    assert "2 people or businesses" in text
    whole = "\n".join(line.text for line in read_statements(strategy.write(material)))
    assert not [name for name in names if name in text or name in whole]
    rows = [row for week in Week for row in list_rows(plan, week, "en", named=True)]
    assert any(names[0] in cell for row in rows for cell in row)


CANARY = "Jane Canaryclient"


def _with_canary(**more):
    """A plan whose owner wrote a name from the list of people into other texts too."""
    mix = {
        "contacts": [{"id": "co01", "name": CANARY, "act": "thank", "about": f"{CANARY} sent two"}],
        "topics": [{"id": "tp01", "asked": f"{CANARY} asks: is it cold?", "says": "Yes."}],
        "asked_counter": f"{CANARY.upper()} asked for the tap of {CANARY}",
        "not_ours": f"The bathroom of {CANARY}",
        "weeks": [
            {"id": "wk01", "week": "first", "move": "post", "topic": "tp01", "passed_on": "no"},
            {"id": "wk02", "week": "first", "move": "post", "topic": "tp01", "passed_on": "no"},
            {"id": "wk03", "week": "first", "move": "thank", "text": f"Thanks to {CANARY}"},
        ],
    }
    return Plan.model_validate({"mix": mix | more})


@pytest.mark.parametrize("switches", [IN_FULL, Switches(questions=True, empty=True, length="full")])
def test_documents_name_nobody_of_the_list_in_other_texts_either(switches):
    """Where a text has a name of the ten people, every part of a document says “somebody”."""
    plan = _with_canary()
    material = gather(plan, TODAY, switches=switches)
    text = "\n".join(line.text for line in read_statements(strategy.write(material)))
    assert "canary" not in text.casefold()
    assert "Somebody asks: is it cold?" in text
    assert "Thanks to somebody" in text
    assert "The bathroom of somebody" in text
    assert plan == _with_canary()


def test_a_name_is_left_out_only_where_it_is_one():
    """“Will” is a name, “will” is none, “Willow” is another; who speaks for you is no secret."""
    people = [{"id": "co01", "name": "Will"}, {"id": "co02", "name": "Will Baker"}]
    plan = _plan(
        contacts=people, speaks="Will", not_ours="We will ask Will, will baker or Willow. Will?"
    )
    mix = leave_out_names(plan).mix
    assert mix.not_ours == "We will ask somebody, somebody or Willow. Somebody?"
    assert mix.speaks == "Will"
    assert leave_out_names(Plan()) == Plan()


def test_while_social_media_waits_nothing_is_said():
    """Neither in documents nor by checks."""
    assert report.contribute(Material(make_waiting(), (), (), TODAY)).body == ()
    found = run(make_waiting(), date(2027, 1, 15))
    assert [f.id for f in found if f.path.startswith("mix.")] == []
