"""The board: who is where, who is stuck, what is found most often, with names or without."""

from __future__ import annotations

from datetime import timedelta

from tests.workshop.rooms import NOW, make_charter
from workbook.checks import Status, run
from workbook.plan import OwnSeat, Plan
from workbook.steps.start.answers import Start
from workbook.storage.encryption import new_key
from workbook.workshop.board import Heard, Told, default_idle, is_news, make_board, tell
from workbook.workshop.returning import look_again, return_day

CHARTER = make_charter()
SEAT = OwnSeat(key=new_key(), name="Ann")
PLAN = Plan(start=Start(name="Reef Dental", sells="Check-ups"))
LONG = timedelta(minutes=default_idle())


def say(**more):
    """What somebody told."""
    return Told.model_validate({"since": NOW, "at": NOW, "step": "goals", **more})


def tell_at(now, plan=PLAN, before=None, step="start"):
    """What somebody tells at a moment."""
    found = run(plan, now.date())
    return tell(plan, found, SEAT, step=step, plan_key="", before=before, now=now)


def board_of(*told, charter=CHARTER, now=NOW):
    """The board of what was told."""
    heard = [Heard(f"{n:032x}", one, number=n) for n, one in enumerate(told, 1)]
    return make_board(charter, heard, now=now)


def test_progress_is_told_step_by_step():
    """Where each step stands, as the task list shows it."""
    told = tell_at(NOW)
    assert told.statuses["start"] is Status.IN_PROGRESS
    assert told.statuses["goals"] is Status.NOT_STARTED
    assert set(told.statuses) == {*Plan.model_fields} - {
        "own_defaults",
        "known_columns",
        "look",
        "seat",
    }


def test_the_key_of_the_plan_is_told_only_where_answers_are_shown():
    """Whatever a page hands over, progress only means progress only."""
    told = tell(PLAN, (), SEAT, step="", plan_key="x" * 22, before=None, now=NOW)
    assert told.plan_key == ""
    shown = SEAT.model_copy(update={"shows_answers": True})
    assert tell(PLAN, (), shown, step="", plan_key="x" * 22, before=None, now=NOW).plan_key


def test_somebody_without_a_new_answer_is_stuck():
    """Ten minutes on one step; a new answer or another step begins anew."""
    first = tell_at(NOW)
    again = tell_at(NOW + LONG, before=first)
    assert again.since == NOW
    assert not is_news(tell_at(NOW + timedelta(seconds=90), before=first), first)
    assert is_news(first, None)
    assert not board_of(again, now=NOW + LONG - timedelta(seconds=1)).stuck
    (stuck,) = board_of(again, now=NOW + LONG).stuck
    assert (stuck.label, stuck.step, stuck.idle) == ("Ann", "start", LONG)
    more = PLAN.model_copy(update={"start": Start(name="Reef", sells="x", area="y")})
    for moved in (
        tell_at(NOW + LONG, before=first, plan=more),
        tell_at(NOW + LONG, before=first, step="goals"),
    ):
        assert moved.since == NOW + LONG
        assert is_news(moved, first)
        assert not board_of(moved, now=NOW + LONG).stuck


def test_whoever_closed_the_page_is_away_and_not_stuck():
    """A page on screen says so every two minutes; one that says nothing for five is closed."""
    first = tell_at(NOW)
    beat = tell_at(NOW + timedelta(minutes=2), before=first)
    assert is_news(beat, first)
    assert beat.since == NOW
    (here,) = board_of(beat, now=NOW + timedelta(minutes=6)).rows
    (gone,) = board_of(first, now=NOW + timedelta(hours=20)).rows
    assert (here.is_away, gone.is_away, gone.is_stuck) == (False, True, False)


def test_on_a_page_without_a_step_nobody_is_stuck():
    """The list of tasks and the documents have no answers to give."""
    assert not board_of(say(step=""), now=NOW + 9 * LONG).stuck


def test_names_stand_as_everybody_wishes():
    """Named by the alphabet, then the nameless; in a room without names nobody is named."""
    told = [say(name="Zoë"), say(), say(name="ann")]
    assert [row.label for row in board_of(*told).rows] == ["ann", "Zoë", "Somebody (2)"]
    nameless = board_of(*told, charter=make_charter(shows_names=False))
    assert [row.label for row in nameless.rows] == [f"Somebody ({n})" for n in (1, 2, 3)]


def test_the_nameless_keep_their_number():
    """Whoever comes or goes meanwhile: the facilitator walks to the same person as before."""
    first, second = Heard("c", say(), number=1), Heard("a", say(), number=2)
    later = [Heard("b", say(name="Zoë"), number=3), Heard("0", say(), number=4), second, first]
    for heard in ([first, second], later):
        labels = {row.seat: row.label for row in make_board(CHARTER, heard, now=NOW).rows}
        assert (labels["c"], labels["a"]) == ("Somebody (1)", "Somebody (2)")


def test_findings_are_told_of_steps_that_were_begun_only():
    """A plan somebody just opened has nothing wrong in what they have not come to yet."""
    assert tell_at(NOW, plan=Plan()).findings == ()
    begun = {each.id for each in run(PLAN, NOW.date()) if each.step == "start"}
    assert set(tell_at(NOW).findings) <= begun


def test_the_most_common_finding_stands_first():
    """Counted by people, in words that hold for every plan; what four have is told of none."""
    ids = list(dict.fromkeys(each.id for each in run(PLAN, NOW.date())))[:2]
    assert len(ids) == 2
    some, both = say(findings=(ids[1],)), say(findings=tuple(ids))
    board = board_of(some, *[both] * 5, say(findings=("gone",)))
    assert [(each.id, each.count) for each in board.findings] == [(ids[1], 6), (ids[0], 5)]
    assert [each.id for each in board_of(some, *[both] * 4).findings] == [ids[1]]
    assert all(each.what and "{" not in each.what for each in board.findings)


def test_steps_are_counted_by_where_people_stand():
    """How many are done with a step, and how many only sit there."""
    done, begun = {"goals": Status.COMPLETED}, {"goals": Status.IN_PROGRESS}
    board = board_of(say(statuses=done), say(statuses=done), say(statuses=begun), None)
    assert board.steps["goals"] == {Status.COMPLETED: 2, Status.IN_PROGRESS: 1}
    assert board.silent == 1
    assert board.rows[0].completed == 1


# -- ninety days later -------------------------------------------------------------------------


def test_ninety_days_later_it_shows_what_moved():
    """One came back with numbers and one finding less; one agreed and did not; one never agreed."""
    ids = list(dict.fromkeys(each.id for each in run(PLAN, NOW.date())))[:3]
    before = say(name="Ann", findings=(ids[0], ids[1]), statuses={"goals": Status.IN_PROGRESS})
    after = say(
        name="Ann",
        findings=(ids[1], ids[2]),
        statuses={"goals": Status.COMPLETED},
        reviewed=True,
    )
    heard = [Heard("a", after, before), Heard("b", None, before), Heard("c", None, None)]
    back = look_again(CHARTER, heard)
    assert (back.agreed, len(back.came), back.reviewed) == (2, 1, 1)
    (moved,) = back.came
    assert (moved.label, moved.completed) == ("Ann", ("goals",))
    assert (moved.mended, moved.new) == ((ids[0],), (ids[2],))
    assert [each.id for each in back.mended] == [ids[0]]


def test_the_day_of_the_next_look_is_known():
    """Ninety days after the start."""
    assert return_day(CHARTER) == (NOW + timedelta(days=90)).date()
