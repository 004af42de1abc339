"""Two sessions on one plan, and a store that fails: nothing lost, nothing silently overwritten."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.failing_store import FailingStore
from workbook.errors import PlanMissing, StoreFull, StoreUnreachable
from workbook.plan import Plan
from workbook.session import Session
from workbook.steps.start.answers import Account, Start

NOW = datetime(2027, 3, 31, 14, 2, tzinfo=UTC)


@pytest.fixture
def store():
    return FailingStore()


def _open(store, **options):
    return Session(store, clock=lambda: NOW, **options)


@pytest.fixture
def session(store):
    return _open(store)


@pytest.fixture
def pair(store):
    """Two sessions on a plan that has a name and an account."""
    mine = _open(store)
    mine.answer("start.name", "Example Plumbing")
    account = mine.add_record("start.accounts")
    mine.answer(f"start.accounts.{account}.platform", "facebook")
    return mine, _open(store), f"start.accounts.{account}"


# -- two sessions -------------------------------------------------------------------------------


def test_different_answers_come_together(pair, store):
    """Two tabs that answer different questions both keep their answers."""
    mine, other, _ = pair
    assert not mine.answer("start.people", "3").clash
    assert not other.answer("start.area", "Norwich").clash
    mine.refresh()
    assert mine.plan == other.plan == store.load().plan
    assert (mine.plan.start.people, mine.plan.start.area) == (3, "Norwich")


def test_the_same_answer_clashes_and_theirs_stays(pair, store):
    """Two tabs that answer the same question differently: the first stays, the second is told."""
    mine, other, _ = pair
    mine.answer("start.name", "Bar")
    outcome = other.answer("start.name", "Inn")
    assert outcome.clash
    assert outcome.clashes == {"start.name"}
    assert other.plan.start.name == store.load().plan.start.name == "Bar"
    assert other.is_saved
    assert not other.answer("start.name", "Inn").clash
    assert store.load().plan.start.name == "Inn"


def test_the_same_answer_twice_is_no_clash(pair):
    """Two tabs that answer alike agree."""
    mine, other, _ = pair
    mine.answer("start.people", "3")
    assert not other.answer("start.people", "3").clash


def test_unreadable_text_of_two_clashes_as_well(pair, store):
    """Text that could not be read counts like an answer: the first stays."""
    mine, other, _ = pair
    mine.answer("start.hours_per_week", "a few")
    assert other.answer("start.hours_per_week", "some").clash
    assert store.load().unclear == {"start.hours_per_week": "a few"}


def test_entries_added_by_two_are_both_kept(pair):
    """Each tab adds its own entry to a list."""
    mine, other, _ = pair
    first, second = mine.add_record("start.accounts"), other.add_record("start.accounts")
    mine.refresh()
    assert {a.id for a in mine.plan.start.accounts} >= {first, second}


def test_removing_what_both_removed_is_no_clash(pair):
    """Two tabs that remove the same entry agree."""
    mine, other, account = pair
    mine.remove(account)
    assert not other.remove(account).clash
    assert other.plan.start.accounts == ()


def test_removing_what_somebody_changed_clashes(pair):
    """An entry that somebody else has just changed is not removed under their hands."""
    mine, other, account = pair
    mine.answer(f"{account}.handle", "@acme")
    assert other.remove(account).clash
    assert other.plan.start.accounts[0].handle == "@acme"


def test_removed_entry_does_not_rise_again(pair, store):
    """An answer in an entry that somebody else has removed is handed back, nothing more."""
    mine, other, account = pair
    mine.remove(account)
    assert other.answer(f"{account}.handle", "@acme").clash
    assert store.load().plan.start.accounts == ()


def test_refreshing_shows_what_others_saved(pair):
    """A session that looks again sees the newer answers, once."""
    mine, other, _ = pair
    heard = []
    other.subscribe(lambda: heard.append(1))
    mine.answer("start.people", "3")
    assert other.refresh()
    assert other.plan.start.people == 3
    assert not other.refresh()
    assert len(heard) == 1


def test_plan_deleted_meanwhile_is_told(pair, store):
    """An answer to a plan that somebody else has deleted is not saved, and that is said."""
    mine, other, _ = pair
    mine.delete()
    assert mine.plan == Plan()
    outcome = other.answer("start.people", "3")
    assert isinstance(outcome.error, PlanMissing)
    assert not other.is_saved
    assert other.plan.start.people == 3
    assert not store.exists()


# -- a store that fails -------------------------------------------------------------------------


def test_full_disk_loses_nothing(session, store):
    """Answers given while the disk is full are kept, told as not saved, and saved later."""
    session.answer("start.name", "Café")
    store.failure = StoreFull()
    first = session.answer("start.people", "3")
    second = session.answer("start.hours_per_week", "a few")
    assert isinstance(first.error, StoreFull)
    assert isinstance(second.error, StoreFull)
    assert second.problem is not None
    assert not session.is_saved
    assert isinstance(session.retry().error, StoreFull)
    store.failure = None
    assert session.retry().error is None
    assert session.is_saved
    assert store.load().plan.start == Start(name="Café", people=3)
    assert store.load().unclear == {"start.hours_per_week": "a few"}


def test_later_answer_saves_the_earlier_ones(session, store):
    """As soon as the store works again, the next answer takes everything along."""
    store.failure = StoreUnreachable()
    session.answer("start.name", "Café")
    account = session.add_record("start.accounts")
    session.answer(f"start.accounts.{account}.platform", "facebook")
    store.failure = None
    session.answer("start.people", "3")
    assert store.load().plan.start == Start(
        name="Café", people=3, accounts=(Account(id=account, platform="facebook"),)
    )


def test_looking_again_at_a_silent_store_stops_nobody(session, store):
    """A store that does not answer is looked at again later; what is typed is not refused."""
    session.answer("start.name", "Café")
    store.failure = StoreUnreachable()
    assert not session.refresh()
    assert isinstance(session.answer("start.people", "3").error, StoreUnreachable)
    assert session.plan.start.people == 3


def test_unsaved_answers_meet_newer_ones(pair, store):
    """Answers that waited for the store clash like any other, and every one of them is told."""
    mine, other, account = pair
    store.failure = StoreFull()
    mine.answer("start.name", "Inn")
    mine.answer("start.people", "3")
    mine.answer(f"{account}.platform", "linkedin")
    mine.remove(account)
    store.failure = None
    other.answer("start.name", "Bar")
    outcome = mine.answer("start.area", "Norwich")
    assert outcome.clashes == {"start.name"}
    assert not outcome.clash
    assert store.load().plan.start == Start(name="Bar", people=3, area="Norwich")


def test_clash_found_while_looking_again_is_told_later(pair, store):
    """A clash that shows when the session looks again is told with the next answer."""
    mine, other, _ = pair
    store.failure = StoreFull()
    mine.answer("start.name", "Inn")
    store.failure = None
    other.answer("start.name", "Bar")
    assert mine.refresh()
    assert mine.plan.start.name == "Bar"
    assert mine.retry().clashes == {"start.name"}
    assert mine.retry().clashes == frozenset()


def test_clash_is_told_after_a_failure_too(pair, store):
    """A clash that was found just before the store failed is not forgotten."""
    mine, other, _ = pair
    other.answer("start.name", "Bar")
    saved = store.save

    def fail_after_clash(plan_file, *, expected_revision, now):
        if expected_revision == store.revision():
            raise StoreFull
        return saved(plan_file, expected_revision=expected_revision, now=now)

    store.failure, store.save = StoreFull(), saved
    mine.answer("start.people", "3")
    store.failure, store.save = None, fail_after_clash
    assert isinstance(mine.answer("start.name", "Inn").error, StoreFull)
    store.save = saved
    assert mine.retry().clashes == {"start.name"}
