"""Named versions: kept with the plan, compared question by question, opened again, nothing lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.failing_store import FailingStore
from workbook.comparison import How, compare_plans
from workbook.errors import (
    PlanTooLarge,
    StoreUnreachable,
    VersionsFull,
    VersionsTooLarge,
    VersionTaken,
    VersionUnknown,
    VersionUnnamed,
)
from workbook.plan import Plan, replace_answer
from workbook.session import Session
from workbook.steps.start.answers import Account, Start
from workbook.storage.folder import FileStore
from workbook.storage.plan_file import NamedVersion, PlanFile, write_plan_file
from workbook.storage.versions import LONGEST_NAME, MOST_VERSIONS

NOW = datetime(2027, 3, 31, 14, 2, tzinfo=UTC)
FIRST = "First 90 days, to 31 March"


@pytest.fixture
def store():
    return FailingStore()


def _open(store):
    return Session(store, clock=lambda: NOW)


@pytest.fixture
def session(store):
    opened = _open(store)
    opened.answer("start.name", "Café")
    return opened


# -- naming -------------------------------------------------------------------------------------


def test_version_is_kept_with_the_plan(session, store):
    """A version holds the plan as it stood, with what could not be read, and when that was."""
    session.answer("start.hours_per_week", "a few")
    session.name_version(f"  {FIRST}\n")
    session.answer("start.name", "Bar")
    (version,) = _open(store).versions
    assert (version.name, version.saved_at) == (FIRST, NOW)
    assert version.plan == Plan(start=Start(name="Café"))
    assert version.unclear == {"start.hours_per_week": "a few"}


@pytest.mark.parametrize("name", ["", " \n\t", "\u200b\x00"[1:], "x" * (LONGEST_NAME + 1)])
def test_version_needs_a_name(session, name):
    """A version without a name, or with an endless one, is refused."""
    with pytest.raises(VersionUnnamed):
        session.name_version(name)
    assert session.versions == ()


def test_name_is_given_once(session):
    """Two versions never have one name, however it is written."""
    session.name_version(FIRST)
    with pytest.raises(VersionTaken):
        session.name_version(FIRST.upper())
    assert len(session.versions) == 1


def test_there_is_a_most(session):
    """No more versions are kept than the workbook says, and it says how many that is."""
    for number in range(MOST_VERSIONS):
        session.name_version(f"No. {number}")
    with pytest.raises(VersionsFull, match=str(MOST_VERSIONS)):
        session.name_version("One more")
    session.remove_version("No. 7")
    session.name_version("One more")
    assert len(session.versions) == MOST_VERSIONS


def test_plan_stays_as_it_is_when_a_version_is_too_large(tmp_path):
    """Where a store keeps no plan of that size, the version is refused and all else goes on."""
    path = tmp_path / "plan.json"
    session = Session(FileStore(path, limit_mb=1), clock=lambda: NOW)
    for number in range(30):
        session.answer(f"goals.goals.g{number:03}.wish", "x" * 19_000)
    kept = path.read_bytes()
    with pytest.raises(VersionsTooLarge, match="at most 1 MB"):
        session.name_version(FIRST)
    assert session.is_saved
    assert session.versions == ()
    session.answer("start.people", "3")
    assert session.is_saved
    assert len(path.read_bytes()) - len(kept) < 1_000


def test_answer_that_has_no_room_beside_the_versions_says_so(store, session):
    """A plan that grows too large with its versions is told so; without one it is saved."""
    session.name_version(FIRST)

    def refuse(plan_file, **options):
        if plan_file.versions:
            raise PlanTooLarge(name="", size="2.1", limit=2)
        return type(store).save(store, plan_file, **options)

    store.save = refuse
    outcome = session.answer("start.name", "Bar")
    assert isinstance(outcome.error, VersionsTooLarge)
    session.remove_version(FIRST)
    assert session.is_saved
    assert store.load().plan.start.name == "Bar"


def test_version_waits_for_the_store(session, store):
    """While the store does not answer, the version waits with the answers, and is saved later."""
    store.failure = StoreUnreachable()
    session.name_version(FIRST)
    assert not session.is_saved
    store.failure = None
    assert session.retry().error is None
    assert [v.name for v in store.load().versions] == [FIRST]


# -- two at once --------------------------------------------------------------------------------


def test_two_who_name_at_once_both_keep_theirs(store, session):
    """When two pages name a version at once, both are kept, under names of their own."""
    other = _open(store)
    session.name_version("Spring")
    other.answer("start.people", "3")
    mine, theirs = _open(store), _open(store)
    mine.answer("start.area", "Our town")
    mine.name_version("Summer")
    theirs.name_version("Summer")
    mine.refresh()
    assert [v.name for v in theirs.versions] == ["Spring", "Summer", "Summer (2)"]
    assert mine.versions == theirs.versions


def test_removed_version_stays_removed(store, session):
    """A version that one page removes is not brought back by another that saves after it."""
    session.name_version("Spring")
    mine, other = _open(store), _open(store)
    mine.remove_version("spring")
    other.answer("start.people", "3")
    assert other.versions == ()
    with pytest.raises(VersionUnknown):
        other.remove_version("Spring")


# -- opening again ------------------------------------------------------------------------------


def test_opening_a_version_keeps_the_present_plan(session, store):
    """Before a version takes the place of the plan, the plan gets a name; undo brings it back."""
    session.name_version(FIRST)
    session.answer("start.name", "Bar")
    session.answer("start.hours_per_week", "a few")
    before = session.file
    assert session.restore_version(FIRST.lower()).error is None
    assert session.plan.start.name == "Café"
    assert session.file.unclear == {}
    names = [v.name for v in store.load().versions]
    assert names == [FIRST, "Before “First 90 days, to 31 March” was opened, 31 March 2027, 14:02"]
    assert session.versions[1].plan == before.plan
    session.undo()
    assert (session.plan, session.file.unclear) == (before.plan, before.unclear)


def test_same_plan_is_not_kept_twice(session):
    """A plan that stands under a name already gets no second one."""
    session.name_version("One")
    session.answer("start.name", "Bar")
    session.name_version("Two")
    session.restore_version("One")
    session.restore_version("Two")
    assert [v.name for v in session.versions] == ["One", "Two"]
    assert session.plan.start.name == "Bar"


def test_opening_is_refused_where_the_present_plan_cannot_be_kept(session):
    """With no room for the present plan nothing is put in its place."""
    for number in range(MOST_VERSIONS):
        session.name_version(f"No. {number}")
    session.answer("start.name", "Bar")
    with pytest.raises(VersionsFull):
        session.restore_version("No. 3")
    assert session.plan.start.name == "Bar"


def test_version_that_makes_the_plan_too_large_is_not_opened(session, store):
    """Where the store has no room for the version in the place of the plan, the plan stays."""
    session.name_version(FIRST)
    session.answer("start.name", "Bar")
    session.name_version("Now")

    def refuse(plan_file, **options):
        if plan_file.plan.start.name == "Café":
            raise PlanTooLarge(name="", size="2.1", limit=2)
        return type(store).save(store, plan_file, **options)

    store.save = refuse
    with pytest.raises(VersionsTooLarge, match=r"2\.1 MB"):
        session.restore_version(FIRST)
    assert session.is_saved
    assert session.plan.start.name == "Bar"


def test_long_names_stay_within_their_limit(session):
    """The name of the present plan holds as much of a long name as there is room for."""
    long = "A very long name " * 4
    session.name_version(long)
    for name in ("Bar", "Inn", "Pub"):
        session.answer("start.name", name)
        session.restore_version(long)
    names = [v.name for v in session.versions]
    assert len(set(names)) == 4
    assert all(len(name) <= LONGEST_NAME for name in names)


def test_versions_of_a_file_come_along(session):
    """The versions of a plan file that is taken over are kept too, each once."""
    session.name_version(FIRST)
    (own,) = session.versions
    theirs = NamedVersion(name=FIRST, saved_at=NOW - timedelta(days=1), plan=Plan())
    session.take_versions((own, theirs))
    session.take_versions((own,))
    assert [v.name for v in session.versions] == [FIRST, f"{FIRST} (2)"]


def test_opened_plan_file_brings_its_versions(tmp_path, session):
    """A plan file that is opened in the app keeps its versions beside those there are."""
    from workbook.interface.message import Message
    from workbook.serving.visit import FileVisit
    from workbook.settings import Settings

    session.name_version(FIRST)
    raw = write_plan_file(session.file)
    visit = FileVisit(tmp_path / "plan.json", Settings(), lambda: NOW)
    opened = visit.upload(Message(kind="upload", name="first.json"), raw, None)
    assert opened.plan == session.plan
    assert opened.versions == session.versions
    again = visit.upload(Message(kind="upload", name="first.json"), raw, opened)
    assert again.versions == session.versions


def test_a_file_beside_whose_versions_there_is_no_room_changes_nothing(tmp_path, session, store):
    """It is told, and the plan stays as it was: saved, without the file's versions."""
    from workbook.interface.message import Message
    from workbook.serving.visit import FileVisit
    from workbook.settings import Settings

    session.name_version(FIRST)
    session.answer("start.name", "Bar")
    theirs = NamedVersion(name="Theirs", saved_at=NOW, plan=Plan())
    large = PlanFile(plan=Plan(start=Start(name="Inn")), versions=(theirs,))

    def refuse(plan_file, **options):
        if plan_file.plan.start.name == "Inn" and plan_file.versions:
            raise PlanTooLarge(name="", size="2.1", limit=2)
        return type(store).save(store, plan_file, **options)

    store.save = refuse
    visit = FileVisit(tmp_path / "plan.json", Settings(), lambda: NOW)
    with pytest.raises(VersionsTooLarge, match=r"2\.1 MB"):
        visit.upload(Message(kind="upload", name="large.json"), write_plan_file(large), session)
    assert session.is_saved
    assert session.retry().error is None
    assert (session.plan.start.name, [v.name for v in session.versions]) == ("Bar", [FIRST])
    assert _open(store).file == session.file
    assert session.undo() == "start.name"
    assert session.plan.start.name == "Café"


def test_unknown_version_is_told(session):
    """A name that no version has is told, and nothing is changed."""
    for act in (session.restore_version, session.remove_version, session.compare_versions):
        with pytest.raises(VersionUnknown, match="Spring"):
            act("Spring")


def test_version_survives_the_file(tmp_path, session):
    """A plan file brings its versions back, byte for byte the same."""
    session.name_version(FIRST)
    path = tmp_path / "plan.json"
    path.write_bytes(write_plan_file(session.file))
    assert FileStore(path).load().versions == session.versions


# -- comparing ----------------------------------------------------------------------------------


def test_answers_are_held_side_by_side(session):
    """An answer that changed is shown as it was and as it is, with its question and its path."""
    session.name_version(FIRST)
    session.answer("start.name", "Bar")
    session.answer("start.people", "3")
    session.answer("start.hours_per_week", "a few")
    found = [(d.path, d.old, d.new) for d in session.compare_versions(FIRST)]
    assert found == [
        ("start.name", "Café", "Bar"),
        ("start.people", "no answer", "3"),
        (
            "start.hours_per_week",
            "no answer",
            "“a few”, which could not be read and does not count",
        ),
    ]
    assert {d.how for d in session.compare_versions(FIRST)} == {How.CHANGED}
    assert session.compare_versions(FIRST, FIRST) == ()


def _with(*accounts):
    return Plan(start=Start(accounts=accounts))


def test_entries_are_told_by_name():
    """An entry that came, went or changed is named by its own answers, not by its id."""
    cafe = Account(id="aaaa", platform="facebook", handle="cafe")
    bar = Account(id="bbbb", platform="instagram", handle="bar")
    went, came, changed = (
        compare_plans(old, new)
        for old, new in (
            (_with(cafe, bar), _with(cafe)),
            (_with(cafe), _with(cafe, bar)),
            (_with(cafe), _with(cafe.model_copy(update={"handle": "cafe2"}))),
        )
    )
    assert [(d.how, d.path, d.entry) for d in (*went, *came)] == [
        (How.REMOVED, "start.accounts.bbbb", "Instagram bar"),
        (How.ADDED, "start.accounts.bbbb", "Instagram bar"),
    ]
    assert "bar" in went[0].old
    assert "bar" in came[0].new
    (one,) = changed
    assert (one.path, one.entry, one.old, one.new) == (
        "start.accounts.aaaa.handle", "Facebook cafe2", "cafe", "cafe2",
    )  # fmt: skip


def test_order_and_what_is_kept_are_told(session):
    """Another order of entries, numbers of one's own and what is kept by itself are differences."""
    one, other = Account(id="aaaa"), Account(id="bbbb")
    assert [d.how for d in compare_plans(_with(one, other), _with(other, one))] == [How.ORDER]
    own = Plan(own_defaults={"start.todos_a_week": 5.0, "start.of_long_ago": 1.0})
    told = compare_plans(Plan(), own)
    assert [(d.old, d.new) for d in told] == [("our default", "1"), ("our default", "5")]
    rounds = replace_answer(Plan(), "diagnosis.goal_dated", "yes")
    rounds = rounds.model_copy(
        update={"mix": type(rounds.mix).model_validate({"corrections": [
            {"id": "abcd1234", "said": {"kind": "other"}}]})}
    )  # fmt: skip
    assert (How.KEPT, "0 entries", "1 entry") in [
        (d.how, d.old, d.new) for d in compare_plans(Plan(), rounds)
    ]


NAMES = st.lists(st.sampled_from("abcdef"), unique=True, max_size=5)


@settings(max_examples=25, deadline=None)
@given(NAMES, NAMES, st.booleans())
def test_nothing_differs_just_where_plans_are_the_same(before, after, handled):
    """Two plans differ in something just where they are not the same plan."""
    old = _with(*(Account(id=n * 4) for n in before))
    new = _with(*(Account(id=n * 4, handle="x" if handled else None) for n in after))
    assert bool(compare_plans(old, new)) is (old != new)
    assert not compare_plans(old, old)


def test_many_differences_are_found_quickly(session):
    """Five hundred accounts that all changed are five hundred differences."""
    old = _with(*(Account(id=f"a{n:05}", handle=f"h{n}") for n in range(500)))
    new = _with(*(Account(id=f"a{n:05}", handle=f"i{n}") for n in range(500)))
    found = compare_plans(old, new)
    assert len(found) == 500
    assert len({d.path for d in found}) == 500
