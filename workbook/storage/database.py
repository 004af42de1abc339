"""Keeps plans in a database, each locked so that only its links open it."""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, select

from workbook.errors import LinkUnknown, LinkWithdrawn, PlanChanged, PlanDamaged, StoreError
from workbook.storage.connections import expunge, open_database
from workbook.storage.encryption import (
    SealBroken,
    compress,
    derive_link,
    expand,
    new_key,
    new_plan_key,
    read_key,
    seal,
    unseal,
    write_key,
)
from workbook.storage.giving import Kept, take_out, wrap
from workbook.storage.plan_file import (
    MEGABYTE,
    PlanFile,
    leave_seat,
    read_plan_file,
    write_for_saving,
)
from workbook.storage.reasons import read_reason
from workbook.storage.store import GivenLink, Right
from workbook.storage.tables import ACCESS, PLANS

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import RowMapping

    from workbook.storage.creations import Quota

KEEP_MONTHS = 13
_LARGEST_MB = 50

_BY_LINK = ACCESS.c.name == bindparam("link")
_BY_LINK &= ACCESS.c.right.in_(bindparam("rights", expanding=True))
_OPEN = (
    select(
        *ACCESS.c["right", "wrapped_key"],
        *PLANS.c["id", "revision", "sealed", "visited_on"],
    )
    .join(PLANS, PLANS.c.id == ACCESS.c.plan_id)
    .where(_BY_LINK)
)
_LOOK = select(PLANS.c.revision).join(ACCESS, PLANS.c.id == ACCESS.c.plan_id).where(_BY_LINK)
_FIND = select(ACCESS.c.plan_id).where(_BY_LINK)
_HOLD = select(*PLANS.c["id", "revision"]).where(PLANS.c.id == bindparam("plan")).with_for_update()
_UNWRAP = select(*ACCESS.c["right", "wrapped_key", "kept_key"]).where(_BY_LINK)
_REPLACE = PLANS.update().where(PLANS.c.id == bindparam("plan"))


@dataclass(frozen=True, slots=True)
class _Held:
    """A plan's row, held against other writers, with the key it is sealed with."""

    plan: str
    revision: int
    right: Right
    was_given: bool
    plan_key: bytes = field(repr=False)


class DatabaseStore:
    """The plan that one link opens.

    ``address`` is an SQLAlchemy URL of SQLite or PostgreSQL, ``key`` the 22 letters in the link,
    ``today`` the day that counts as the last visit, ``months`` how long a plan is kept without
    one, ``limit_mb`` the largest plan in MB of 1,000,000 bytes, before it is made smaller.
    ``reading`` opens only what was given as a link for reading, and refuses every change before
    the database is asked; ``quota`` bounds how many plans are begun. Raises LinkIncomplete when
    letters of the key are missing.
    """

    def __init__(
        self,
        address: str,
        key: str,
        *,
        today: date,
        limit_mb: int = 2,
        months: int = KEEP_MONTHS,
        reading: bool = False,
        quota: Quota | None = None,
    ) -> None:
        """A store for one link; nothing is opened yet."""
        self._address = address
        self._link = derive_link(read_key(key))
        self._today = today
        self._limit_mb = limit_mb
        self._months = months
        self._reading = reading
        self._quota = quota
        self._right = Right.READING if reading else Right.OWNER

    def __repr__(self) -> str:
        return "DatabaseStore()"

    @property
    def reads_only(self) -> bool:
        """Whether the link is no owner's; known once the plan was loaded."""
        return self._right is not Right.OWNER

    @property
    def _asked(self) -> dict[str, object]:
        rights = [Right.READING] if self._reading else list(Right)
        return {"link": self._link.name, "rights": rights}

    @property
    def _unknown(self) -> LinkUnknown:
        return LinkWithdrawn() if self.reads_only else LinkUnknown(months=self._months)

    # -- as every store ------------------------------------------------------------------------

    def load(self) -> PlanFile:
        """The plan behind the link; see :class:`workbook.storage.store.Store`."""
        with open_database(self._address, writes=False) as connection:
            row = connection.execute(_OPEN, self._asked).mappings().first()
        if row is None:
            raise self._unknown
        self._right = Right(row["right"])
        found = self._read(row)
        if row["visited_on"] < self._today:
            self._note_visit(row["id"])
        return leave_seat(found) if self.reads_only else found

    def save(self, plan_file: PlanFile, *, expected_revision: int, now: datetime) -> PlanFile:
        """Seal and keep the plan; see :class:`workbook.storage.store.Store`.

        Raises StoreError when the link is for reading only, PlansTooMany.
        """
        self._refuse_reader("reading-only")
        saved = plan_file.mark_saved(expected_revision + 1, now)
        name = read_reason("name", "row")
        raw = write_for_saving(saved, name=name, limit_mb=self._limit_mb, indent=None)
        small = compress(raw)
        with open_database(self._address, writes=True) as connection:
            held = self._hold(connection)
            if held is None:
                if expected_revision:
                    raise self._unknown
                self._create(connection, small, now)
                return saved
            if held.right is not Right.OWNER:
                raise StoreError(reason=read_reason("store", "reading-only"))
            if held.revision != expected_revision:
                raise PlanChanged
            self._write(connection, held, small, now)
        return saved

    def delete(self) -> None:
        """Remove the plan and every link to it, from the database's files too.

        What can no longer be unwrapped can still be deleted. Raises StoreError when this is not
        the owner's link: the key of a link that was given is kept in its row, whatever the row
        says it may do.
        """
        self._refuse_reader("owner-only")
        with open_database(self._address, writes=True) as connection:
            held = self._hold(connection, unwrap=False)
            if held is None:
                return
            if held.right is not Right.OWNER or held.was_given:
                raise StoreError(reason=read_reason("store", "owner-only"))
            connection.execute(ACCESS.delete().where(ACCESS.c.plan_id == held.plan))
            connection.execute(PLANS.delete().where(PLANS.c.id == held.plan))
        with contextlib.suppress(StoreError):
            expunge(self._address)

    def exists(self) -> bool:
        """Whether the link opens a plan."""
        return self.revision() is not None

    def revision(self) -> int | None:
        """The revision that is kept, or None when the link opens nothing."""
        with open_database(self._address, writes=False) as connection:
            found: int | None = connection.execute(_LOOK, self._asked).scalar()
        return found

    # -- links given to others -----------------------------------------------------------------

    def grant(self, right: Right, who: str = "", *, seat: str | None = None) -> str:
        """A new link's key, which opens this plan with the right to read or to join a room.

        Whom it is for and today's day are kept for the owner alone; it ends with the ``seat`` of
        a room. Raises StoreError when this is not the owner's link, LinkUnknown without a plan.
        """
        self._refuse_reader("owner-only")
        key = new_key()
        with open_database(self._address, writes=True) as connection:
            held = self._hold_as_owner(connection)
            self._add_link(connection, held, Kept(read_key(key), who, self._today), right, seat)
        return key

    def links(self) -> tuple[GivenLink, ...]:
        """The links the owner gave to others, the first one first; the damaged ones too.

        Raises StoreError when this is not the owner's link, LinkUnknown when there is no plan.
        """
        self._refuse_reader("owner-only")
        with open_database(self._address, writes=True) as connection:
            held = self._hold_as_owner(connection)
            rows = self._given(connection, held.plan)
        found = [self._describe(row) for row in rows]
        return tuple(sorted(found, key=lambda link: (str(link.day or ""), link.who, link.name)))

    def withdraw(self, name: str, *, ended: bool = False) -> None:
        """Make a link useless: the plan gets a new key, wrapped anew for every other link.

        A damaged one has no key to wrap it for, and ends as well. Nothing happens when the link
        is not one of this plan's, unless it ``ended`` with its room. Raises StoreError when this
        is not the owner's link or the link is the owner's own, LinkUnknown when there is no plan.
        """
        self._refuse_reader("owner-only")
        if name == self._link.name:
            raise StoreError(reason=read_reason("store", "owner-stays"))
        with open_database(self._address, writes=True) as connection:
            held = self._hold_as_owner(connection)
            given = self._given(connection, held.plan)
            if not ended and name not in {row["name"] for row in given}:
                return
            connection.execute(ACCESS.delete().where(ACCESS.c.name == name))
            self._change_key(connection, held, [row for row in given if row["name"] != name])
        with contextlib.suppress(StoreError):
            expunge(self._address)

    # -- inside ---------------------------------------------------------------------------------

    def _read(self, row: RowMapping) -> PlanFile:
        plan_key = self._unwrap(row, row["id"])
        bound = ("plan", row["id"], str(row["revision"]))
        small = _unseal_or_refuse(row["sealed"], plan_key, *bound)
        raw = expand(small, limit=_LARGEST_MB * MEGABYTE)
        return read_plan_file(raw, name=read_reason("name", "row"), limit_mb=_LARGEST_MB)

    def _note_visit(self, plan: str) -> None:
        """Write down the day of this visit; a plan that can be read is read even if that fails."""
        earlier = PLANS.c.visited_on < self._today
        statement = _REPLACE.where(earlier).values(visited_on=self._today)
        with contextlib.suppress(StoreError), open_database(self._address, writes=True) as opened:
            opened.execute(statement, {"plan": plan})

    def _hold(self, connection: Connection, *, unwrap: bool = True) -> _Held | None:
        """The plan's row, held until the transaction ends; None when the link opens nothing.

        The wrapped key is read after the row is held, since withdrawing a link changes both.
        """
        plan = connection.execute(_FIND, self._asked).scalar()
        held = connection.execute(_HOLD, {"plan": plan}).first() if plan else None
        row = connection.execute(_UNWRAP, self._asked).mappings().first()
        if held is None or row is None:
            return None
        plan_key = self._unwrap(row, held.id) if unwrap else b""
        was_given = row["kept_key"] is not None
        return _Held(held.id, held.revision, Right(row["right"]), was_given, plan_key)

    def _refuse_reader(self, reason: str) -> None:
        if self.reads_only:
            raise StoreError(reason=read_reason("store", reason))

    def _hold_as_owner(self, connection: Connection) -> _Held:
        held = self._hold(connection)
        if held is None:
            raise self._unknown
        if held.right is not Right.OWNER:
            raise StoreError(reason=read_reason("store", "owner-only"))
        return held

    def _unwrap(self, row: RowMapping, plan: str) -> bytes:
        bound = ("key", self._link.name, plan, row["right"])
        return _unseal_or_refuse(row["wrapped_key"], self._link.wrapping_key, *bound)

    def _create(self, connection: Connection, small: bytes, now: datetime) -> None:
        if self._quota is not None:
            self._quota.take(connection, now)
        plan, plan_key = secrets.token_hex(16), new_plan_key()
        sealed = seal(small, plan_key, "plan", plan, "1")
        connection.execute(
            PLANS.insert().values(
                id=plan,
                revision=1,
                sealed=sealed,
                saved_at=now,
                visited_on=self._today,
                size=len(sealed),
            )
        )
        connection.execute(
            ACCESS.insert().values(
                name=self._link.name,
                plan_id=plan,
                right=Right.OWNER,
                wrapped_key=wrap(plan_key, self._link, plan, Right.OWNER),
            )
        )

    def _write(self, connection: Connection, held: _Held, small: bytes, now: datetime) -> None:
        revision = held.revision + 1
        sealed = seal(small, held.plan_key, "plan", held.plan, str(revision))
        connection.execute(
            _REPLACE.values(
                revision=revision,
                sealed=sealed,
                saved_at=now,
                visited_on=max(self._today, now.date()),
                size=len(sealed),
            ),
            {"plan": held.plan},
        )

    def _add_link(
        self, connection: Connection, held: _Held, kept: Kept, right: Right, seat: str | None
    ) -> None:
        link = derive_link(kept.key)
        bound = ("link", link.name, held.plan, right)
        connection.execute(
            ACCESS.insert().values(
                name=link.name,
                plan_id=held.plan,
                right=right,
                wrapped_key=wrap(held.plan_key, link, held.plan, right),
                kept_key=seal(kept.to_bytes(), self._link.wrapping_key, *bound),
                seat=seat,
            )
        )

    def _given(self, connection: Connection, plan: str) -> list[RowMapping]:
        given = ACCESS.select().where(ACCESS.c.plan_id == plan, ACCESS.c.name != self._link.name)
        return list(connection.execute(given.order_by(ACCESS.c.name)).mappings())

    def _describe(self, row: RowMapping) -> GivenLink:
        kept = take_out(row, self._link.wrapping_key)
        if kept is None:
            return GivenLink(row["name"], Right.READING, "")
        return GivenLink(row["name"], Right(row["right"]), write_key(kept.key), kept.who, kept.day)

    def _change_key(self, connection: Connection, held: _Held, given: list[RowMapping]) -> None:
        """Seal the plan under a new key and wrap that for the owner and the links that stay."""
        whole = connection.execute(PLANS.select().where(PLANS.c.id == held.plan)).mappings().one()
        bound = ("plan", held.plan, str(held.revision))
        plan_key = new_plan_key()
        sealed = seal(_unseal_or_refuse(whole["sealed"], held.plan_key, *bound), plan_key, *bound)
        connection.execute(_REPLACE.values(sealed=sealed), {"plan": held.plan})
        stay = [(self._link, Right.OWNER)]
        for row in given:
            if (kept := take_out(row, self._link.wrapping_key)) is not None:
                stay.append((derive_link(kept.key), Right(row["right"])))
            else:
                connection.execute(ACCESS.delete().where(ACCESS.c.name == row["name"]))
        for link, right in stay:
            wrapped = wrap(plan_key, link, held.plan, right)
            changed = ACCESS.update().where(ACCESS.c.name == link.name)
            connection.execute(changed.values(wrapped_key=wrapped))


def purge(address: str, today: date, months: int = KEEP_MONTHS) -> int:
    """Delete the plans nobody visited for so many months, and say how many they were.

    They are gone from the database's files too. Raises StoreUnreachable, StoreFull.
    """
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - once a day

    last = today - relativedelta(months=months)
    with open_database(address, writes=True) as connection:
        old = select(PLANS.c.id).where(PLANS.c.visited_on <= last)
        connection.execute(ACCESS.delete().where(ACCESS.c.plan_id.in_(old)))
        gone = connection.execute(PLANS.delete().where(PLANS.c.visited_on <= last)).rowcount
    if gone:
        expunge(address)
    return gone


def _unseal_or_refuse(sealed: bytes, key: bytes, *bound: str) -> bytes:
    """What was sealed; raises PlanDamaged when it was changed, moved, or is another link's."""
    with contextlib.suppress(SealBroken):
        return unseal(sealed, key, *bound)
    reason = read_reason("plan", "sealed")
    raise PlanDamaged(name=read_reason("name", "row"), reason=reason, copy="")
