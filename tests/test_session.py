"""One editing session: each answer saved, what cannot be read kept, every change undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.failing_store import FailingStore
from workbook.checks import Offer
from workbook.errors import ContentError, LinkUnknown, PlanMissing
from workbook.plan import Plan, read_answer
from workbook.session import UNDO_STEPS, Session
from workbook.steps.start.answers import Start
from workbook.storage.plan_file import PlanFile
from workbook.values import Problem

NOW = datetime(2027, 3, 31, 14, 2, tzinfo=UTC)


@pytest.fixture
def store():
    return FailingStore()


def _open(store, **options):
    return Session(store, clock=lambda: NOW, **options)


@pytest.fixture
def session(store):
    return _open(store)


# -- opening ------------------------------------------------------------------------------------


def test_new_plan_begins_empty(session, store):
    """Where nothing is kept yet, a plan begins, and nothing is kept before the first answer."""
    assert session.plan == Plan()
    assert session.is_saved
    assert not store.exists()


@pytest.mark.parametrize("error", [PlanMissing(name="x"), LinkUnknown(months=13)])
def test_known_plan_that_is_gone_says_so(store, error):
    """A plan that is known to have been there is not silently begun anew."""
    store.failure = error
    with pytest.raises(type(error)):
        _open(store, create=False)


# -- answers ------------------------------------------------------------------------------------


def test_each_answer_is_saved_at_once(session, store):
    """After each answer the store holds it, with the time and the next revision."""
    for at, (path, raw) in enumerate([("start.name", "Café"), ("start.people", "3")], 1):
        outcome = session.answer(path, raw)
        assert (outcome.problem, outcome.clash, outcome.error) == (None, False, None)
        assert store.load().plan == session.plan
        assert store.load().revision == at
        assert store.load().saved_at == NOW
    assert session.plan.start == Start(name="Café", people=3)


def test_empty_answer_takes_it_back(session, store):
    """An answer that is emptied is as if it had never been given."""
    session.answer("start.name", "Café")
    session.answer("start.name", "  ")
    assert store.load().plan == Plan()


def test_unreadable_answer_is_kept_as_typed(session, store):
    """What cannot be read is no answer, but what was typed stays with the plan."""
    outcome = session.answer("start.hours_per_week", "a few")
    assert outcome.problem == Problem("number-unreadable")
    assert session.plan.start.hours_per_week is None
    assert store.load().unclear == {"start.hours_per_week": "a few"}
    assert _open(store).file.unclear == {"start.hours_per_week": "a few"}


def test_mended_answer_takes_the_place_of_what_was_typed(session, store):
    """Once it can be read, the unreadable text is gone."""
    session.answer("start.hours_per_week", "a few")
    session.answer("start.hours_per_week", "4")
    assert store.load().unclear == {}
    assert store.load().plan.start.hours_per_week == 4


def test_listeners_hear_every_change(session):
    """Whoever listens hears each change once, even when it asked twice."""
    heard = []
    listener = lambda: heard.append(session.plan.start.name)  # noqa: E731 - the same one twice
    session.subscribe(listener)
    session.subscribe(listener)
    session.answer("start.name", "Café")
    session.answer("start.name", "Bar")
    session.undo()
    assert heard == ["Café", "Bar", "Café"]


def test_findings_follow_the_plan(session):
    """Findings are those of the plan as it stands."""
    before = session.findings
    assert session.findings is before
    session.answer("goals.aim", "Enough work in winter")
    assert session.findings is not before


def test_offer_puts_all_its_answers_in_place(session):
    """An offer is taken up whole, in a list entry of its own where it names one."""
    offer = Offer(
        label="Take it",
        answers=(("goals.goals.first.wish", "Ten bookings"), ("goals.goals.first.target", "10")),
    )
    assert all(o.error is None and o.problem is None for o in session.apply(offer))
    (goal,) = session.plan.goals.goals
    assert (goal.id, goal.wish, goal.target) == ("first", "Ten bookings", 10)


# -- paths that nobody asks about ---------------------------------------------------------------

HOSTILE = [
    "", ".", "..", "start", "start.", ".start", "start..name", "start.name.x",
    "start.name.__class__",
    "__class__", "__class__.__init__.__globals__", "start.__dict__", "start.__class__",
    "start.model_config", "start.accounts.k3f9", "start.accounts.k3f9.id", "start.accounts.k3f9.x",
    "start.accounts..platform", "start.accounts.K3F9.platform", "start.accounts.<b>.platform",
    "start.accounts.k3f9.platform.x", "start.accounts.\ud800\ud800\ud800\ud800.platform",
    "start.accounts." + "a" * 100_000 + ".platform", "x" * 1_000_000, "start." * 10_000,
    "own_defaults", "own_defaults.start.nothing", "diagnosis.earlier",
    "own_defaults.start", "own_defaults.start.todos_a_week.x", "own_defaults.x.todos_a_week",
    "diagnosis.earlier.abcd.day", "finish.x", "start.accounts.*.platform",
    "start.accounts.any.access",
]  # fmt: skip


def _as_id(path):
    return repr(path[:40])


@pytest.mark.parametrize("path", HOSTILE, ids=_as_id)
def test_path_that_no_question_has_touches_nothing(session, store, path):
    """A path that no question has is refused, and the session goes on as if it had not come."""
    session.answer("start.name", "Café")
    kept = store.load()
    with pytest.raises(ContentError):
        session.answer(path, "facebook")
    assert session.file == kept
    assert session.is_saved
    session.answer("start.people", "3")
    assert store.load().plan.start == Start(name="Café", people=3)
    assert store.load().unclear == {}


@pytest.mark.parametrize(
    "path", [*HOSTILE, "start.name", "start.accounts", "start.analytics.ga4"], ids=_as_id
)
def test_only_list_entries_can_be_removed(session, store, path):
    """Removing anything but an entry of a list is refused, and touches nothing."""
    session.answer("start.name", "Café")
    kept = store.load()
    if path == "start.accounts.k3f9":
        session.remove(path)
        assert session.plan == kept.plan
        return
    with pytest.raises(ContentError):
        session.remove(path)
    assert session.file == kept
    assert session.is_saved


@pytest.mark.parametrize(
    "path",
    [p for p in HOSTILE if p != "start.accounts"] + ["start.name", "start.analytics"],
    ids=_as_id,
)
def test_only_lists_take_entries(session, path):
    """Adding an entry to anything but a list is refused, and touches nothing."""
    with pytest.raises(ContentError):
        session.add_record(path)
    assert session.file == PlanFile()
    assert session.is_saved


@pytest.mark.parametrize("path", HOSTILE, ids=_as_id)
def test_reading_a_hostile_path_gives_nothing_of_ours(session, path):
    """Only answers can be read by a path, nothing of the program."""
    found = read_answer(session.plan, path)
    assert found is None or "." not in path or path.startswith("diagnosis")


def test_own_number_takes_the_place_of_ours(session, store):
    """A number of ours that the business replaces is saved, undone and read like any answer."""
    path = "own_defaults.start.todos_a_week"
    assert session.answer(path, "5").error is None
    assert store.load().plan.own_defaults == {"start.todos_a_week": 5}
    assert session.answer(path, "many").problem == Problem("number-unreadable")
    assert session.answer(path, "10,001").problem.id == "number-too-large"
    assert session.plan.own_defaults == {}
    assert [session.undo() for _ in range(4)] == [path, path, path, None]
    assert session.plan == Plan()
    with pytest.raises(ContentError):
        session.remove(path)
    assert session.is_saved


# -- undo ---------------------------------------------------------------------------------------


def test_undo_goes_back_step_by_step(session, store):
    """Each undo takes back one change and says which; then there is nothing left."""
    session.answer("start.name", "Café")
    session.answer("start.name", "Bar")
    session.answer("start.people", "3")
    assert [session.undo(), session.undo(), session.undo(), session.undo()] == [
        "start.people", "start.name", "start.name", None,
    ]  # fmt: skip
    assert store.load().plan == Plan()


def test_undo_brings_unreadable_text_back(session):
    """Text that could not be read comes back too, and an answer that it replaced."""
    session.answer("start.hours_per_week", "4")
    session.answer("start.hours_per_week", "a few")
    session.answer("start.hours_per_week", "5")
    session.undo()
    assert session.file.unclear == {"start.hours_per_week": "a few"}
    assert session.plan.start.hours_per_week is None
    session.undo()
    assert session.file.unclear == {}
    assert session.plan.start.hours_per_week == 4


def test_undo_brings_a_removed_entry_back(session):
    """A removed entry comes back whole, with what could not be read in it."""
    name = session.add_record("goals.goals")
    session.answer(f"goals.goals.{name}.wish", "Ten bookings")
    session.answer(f"goals.goals.{name}.target", "many")
    before = session.file
    session.remove(f"goals.goals.{name}")
    assert session.plan.goals.goals == ()
    assert session.file.unclear == {}
    assert session.undo() == f"goals.goals.{name}"
    assert session.plan == before.plan
    assert session.file.unclear == before.unclear


def test_undo_takes_an_added_entry_away(session):
    """An entry that was just added goes again."""
    session.add_record("start.accounts")
    session.undo()
    assert session.plan == Plan()


def test_saying_the_same_again_is_nothing_to_undo(session):
    """An answer that changes nothing is no step back."""
    session.answer("start.name", "Café")
    session.answer("start.name", " Café ")
    assert session.undo() == "start.name"
    assert session.plan == Plan()


def test_undo_reaches_a_limited_way_back(session):
    """The way back has an end, so that a long session does not grow."""
    for number in range(UNDO_STEPS + 5):
        session.answer("start.people", str(number + 1))
    while session.undo():
        pass
    assert session.plan.start.people == 5


def test_undo_leaves_what_somebody_else_has_changed(store):
    """An answer that another session has given since is not taken back."""
    mine, other = _open(store), None
    mine.answer("start.people", "3")
    mine.answer("start.name", "Café")
    other = _open(store)
    other.answer("start.name", "Bar")
    mine.refresh()
    assert mine.undo() == "start.people"
    assert store.load().plan.start == Start(name="Bar")


# -- another plan in its place ------------------------------------------------------------------


def test_plan_file_takes_the_place_of_the_plan(session, store):
    """The plan of a file replaces every part, and one undo brings all of the old one back."""
    session.answer("start.name", "Café")
    session.answer("goals.aim", "Full tables")
    given = Plan(start=Start(name="Bar"))
    assert session.replace(given).error is None
    assert store.load().plan == given
    session.undo()
    assert session.plan.start.name == "Café"
    assert session.plan.goals.aim == "Full tables"


def test_plan_file_replaces_unreadable_text_too(session):
    """Text that could not be read belongs to its plan: the old goes, that of the file comes."""
    session.answer("start.hours_per_week", "a few")
    session.answer("goals.instead_until", "soon")
    session.replace(
        Plan(start=Start(hours_per_week=4)),
        unclear={
            "start.people": "us",
            "start.hours_per_week": "x",
            "start.__class__": "x",
            "": "x",
        },
    )
    assert session.file.unclear == {"start.people": "us"}
    assert session.plan.start.hours_per_week == 4


def test_a_changed_plan_keeps_what_could_not_be_read(session):
    """What a page puts in place together takes away no text that somebody typed elsewhere."""
    session.answer("start.hours_per_week", "a few")
    session.answer("goals.instead_until", "soon")
    session.replace(Plan(start=Start(name="Bar", hours_per_week=4)))
    assert session.file.unclear == {"goals.instead_until": "soon"}


def test_same_plan_again_changes_nothing(session, store):
    """Opening the file of the very plan that is open is no change."""
    session.answer("start.name", "Café")
    kept = store.load()
    session.replace(kept.plan)
    assert store.load() == kept


def test_time_of_saving_is_the_clocks(store):
    """The time a plan was saved is what the session's clock says then."""
    times = iter([NOW + timedelta(minutes=m) for m in range(20)])
    session = Session(store, clock=lambda: next(times))
    session.answer("start.name", "Café")
    first = store.load().saved_at
    session.answer("start.name", "Bar")
    assert store.load().saved_at > first
