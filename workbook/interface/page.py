"""A page: its screens one after another, its fields, and what the browser says to it.

One way of flow: a message from the browser → ``session.answer`` → a new plan, saved → the screen
is refreshed. No widget talks to another one.
"""

from __future__ import annotations

import logging
import uuid
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

from ipywidgets import VBox, Widget
from pydantic import ValidationError

from workbook.content import BASE_LANGUAGE, explain_error, load_words
from workbook.errors import LinkUnknown, PlanMissing, StoreError, WorkbookError
from workbook.interface.desk import Desk
from workbook.interface.fields import to_raw
from workbook.interface.furniture import close, draw_end, draw_notes
from workbook.interface.message import Message
from workbook.interface.own_link import listen_for_codes
from workbook.interface.pictures import SIGHT
from workbook.interface.reading import draw_reader_screens, is_heard, is_reading, put_away
from workbook.interface.refusals import Refusals, Summary, tell_dropped
from workbook.interface.screens import Screen, find_notebook, find_screen, screens_of
from workbook.interface.terms import draw_screen
from workbook.paths import may_be_answered
from workbook.plan import Plan, read_answer
from workbook.session import Outcome, Session
from workbook.storage.store import expect_open
from workbook.wording import decimal_mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.interface.visit import Visit

log = logging.getLogger(__name__)


class Page(VBox):  # type: ignore[misc] # ipywidgets has no types
    """One page of the workbook, by the name of its step or “finish”."""

    def __init__(self, name: str, visit: Visit, language: str = BASE_LANGUAGE) -> None:
        self.name = name
        self.visit = visit
        self.language = language
        self.words = load_words("interface/words.toml", language)["page"]
        self.session: Session | None = None
        self.screens = self._own_screens = screens_of(name, language)
        self.screen: Screen = self.screens[0]
        self.fields: dict[str, Widget] = {}
        self.revealed = ""
        self.way_back = ""
        self.file = ""
        self.example = False
        self._drawn = 0
        self._holding = self._behind = False
        self._waiting: dict[str, int] = {}
        self._written: dict[str, object] = {}
        self.refusals = Refusals()
        self.summary = Summary()
        self.desk = Desk(
            language=language,
            styled=visit.styled,
            page=uuid.uuid4().hex,
            notebook=find_notebook(name),
            scope=visit.scope,
            privacy=visit.privacy,
            limit_mb=visit.limit_mb,
        )
        self.body = VBox(_dom_classes=("wb-body",))
        self.desk.on_msg(self._hear)
        listen_for_codes(self)
        notes = draw_notes(self.words["demo"]) if visit.demo else ()
        super().__init__(children=(self.desk, *notes, self.body), _dom_classes=("wb-page",))

    def __repr__(self) -> str:
        """The name of the page."""
        return f"Page({self.name!r})"

    # -- what the browser says -------------------------------------------------------------

    def _hear(self, _: Widget, message: Any, buffers: list[memoryview]) -> None:  # noqa: ANN401
        """Answer a message, if it is one we know."""
        try:
            heard = Message.model_validate(message)
        except ValidationError:
            return
        act: Callable[..., None] | None = getattr(self, f"_hear_{heard.kind}", None)
        if act is None or (self.session is None and heard.kind not in ("open", "upload")):
            return
        may = not heard.path or heard.kind == "try" or may_be_answered(heard.path)
        if not (may and is_heard(self, heard)):
            return
        with_files = heard.kind in ("upload", "try")
        self._run(lambda: act(heard, buffers) if with_files else act(heard))

    def guard(self, act: Callable[[], None]) -> None:
        """Do something with the plan as it is now; what goes wrong is told, never thrown.

        The screen follows after it, unless it was drawn anew: an old one takes no more presses.
        """
        outermost, self._holding = not self._holding, True
        self._run(act)
        self._holding = not outermost
        if outermost and self._behind and self.session is not None:
            self._run(self.refresh)

    def _run(self, act: Callable[[], None]) -> None:
        try:
            if self.session is not None:
                self.session.refresh()
                expect_open(self.session.store)
            act()
        except WorkbookError as error:
            self.tell_failed(error)
        except Exception as error:  # noqa: BLE001 - a visitor never sees a traceback
            where = [f"{f.filename}:{f.lineno}" for f in extract_tb(error.__traceback__)]
            log.critical("a page failed: %s at %s", type(error).__name__, " ".join(where[-4:]))
            self.tell_failed(WorkbookError(reason=type(error).__name__))

    def _hear_open(self, message: Message) -> None:
        if self.session is not None and not message.example and not message.own:
            self._tell_opened()
            self.show(message.at) if message.at else self._tell_screen(go=False)
            return
        self.way_back = message.back
        try:
            session = self.visit.open(message)
        except WorkbookError as error:
            self._tell_lost(error)
            return
        self.take_up(session, at=message.at, example=message.example)

    def _hear_look(self, _: Message) -> None:
        """Somebody looks at the page again; it was brought up to date before this."""

    def _hear_answer(self, message: Message) -> None:
        path = message.path
        raw, kept = plain(message.raw), plain(self.raw(path))
        outcome = Outcome(path, clash=True)
        if message.again and raw == kept:
            outcome = Outcome(path)  # it had arrived, and only its acknowledgement was lost
        elif kept in (raw, plain(message.seen), self._written.get(path)):
            outcome = self.there.answer(path, raw)
            self._written[path] = plain(self.raw(path))
            if self.refusals.take(self, outcome, message.number):
                return
            if outcome.problem is None:
                self.summary.mend(self, path)
        self._waiting[path] = message.number
        self._tell(outcome)

    def _hear_try(self, message: Message, buffers: list[memoryview]) -> None:
        """Something is tried on a bench; it never becomes an answer."""
        hear = getattr(self.screen, "hear", None)
        if hear is not None:
            hear(self, message.path, message.raw, [bytes(b) for b in buffers])

    def _hear_add(self, message: Message) -> None:
        self.there.add_record(message.path)
        self.tell_kept()

    def _hear_remove(self, message: Message) -> None:
        self._tell(self.there.remove(message.path))

    def _hear_retry(self, _: Message) -> None:
        self._tell(self.there.retry())

    def _hear_undo(self, _: Message) -> None:
        path = self.there.undo()
        self.announce(self.words["undone" if path else "nothing_to_undo"])
        if path:
            self.tell_kept()
            self.show(path)

    def _hear_show(self, message: Message) -> None:
        self.show(message.at)

    def _hear_upload(self, message: Message, buffers: list[memoryview]) -> None:
        raw = bytes(buffers[0]) if buffers else b""
        session = self.visit.upload(message, raw, None if message.new else self.session)
        self.take_up(session, at="", example=False)
        self.announce(self.words["opened"].format(name=session.plan.start.name or ""))

    def _hear_plan_file(self, _: Message) -> None:
        from workbook.interface.files import name_plan, write_plan  # noqa: PLC0415 - used rarely

        name, raw = name_plan(self.there.plan), write_plan(self.there)
        self.desk.tell("download", buffers=[raw], name=name, type="application/json")

    def _hear_delete(self, _: Message) -> None:
        self.there.delete()
        self.session = None
        self.desk.tell("forgotten", href="00_start.ipynb")

    # -- what the page does ----------------------------------------------------------------

    @property
    def there(self) -> Session:
        """The session, once the plan is open."""
        if self.session is None:
            raise WorkbookError(reason="no plan is open")
        return self.session

    def take_up(
        self, session: Session, *, at: str = "", example: bool = False, file: str = ""
    ) -> None:
        """Show a plan, at the screen that asks for the answer at a path."""
        self.session, self.example, self.file = session, example, file or self.file
        session.language = self.language
        reads = is_reading(self)
        self.screens = draw_reader_screens(self.language) if reads else self._own_screens
        session.subscribe(self.refresh)
        self._tell_opened()
        self.show(at, go=False)
        tell_dropped(self)

    def _tell_opened(self) -> None:
        plan = self.there.plan
        self.desk.tell(
            "opened",
            example=self.example,
            reading=is_reading(self),
            file=self.file,
            fresh=self.there.file.revision == 0,
            empty=plan == Plan(),
            name=plan.start.name or "",
        )

    def show(self, at: str = "", *, go: bool = True) -> None:
        """Show the screen with an id, or the one that asks for the answer at a path."""
        self.screen = find_screen(self.screens, at, self.there.plan)
        turn = getattr(self.screen, "turn_to", None)
        if turn is not None and "." in at:
            turn(at, self.there.plan)  # a screen may be about one entry of a list at a time
        self.revealed = self.screen.id if "." in at else ""
        self.redraw(focus=at if "." in at else "", go=go)

    def redraw(
        self, *, focus: str = "", go: bool = True, problems: list[tuple[str, str]] | None = None
    ) -> None:
        """Draw the screen anew, with what is to be mended on it above it."""
        errors = self.summary.tell(self, problems or [])
        old = self.body.children
        self.fields, self._behind = {}, False
        self._drawn += 1
        with SIGHT.leave_places():
            parts = [*([errors] if errors else []), *draw_screen(self), draw_end(self._end)]
            self.body.children = tuple(parts)
        self._tell_screen(focus=focus, go=go, error=errors is not None)
        for widget in old:
            close(widget)

    @property
    def _end(self) -> str:
        return f"{self.desk.page}-{self._drawn}"

    def _tell_screen(self, *, focus: str = "", go: bool, error: bool = False) -> None:
        self.desk.tell(
            "screen",
            id=self.screen.id,
            end=self._end,
            title=self.screen.title,
            focus=focus,
            go=go,
            error=error,
            inside=self.screen is not self._first or self._is_known,
            name=self.there.plan.start.name or "",
        )

    @property
    def _first(self) -> Screen:
        """The screen that the page opens with: the first that the plan needs."""
        return find_screen(self.screens, "", self.there.plan)

    @property
    def _is_known(self) -> bool:
        """Whether the visitor stands before their tasks again: what the workbook is was read."""
        return self.screen.id == "tasks" and self.there.plan != Plan()

    def refresh(self) -> None:
        """Bring what is on screen up to date with the plan."""
        self._behind = self._holding
        if not self._holding:
            self.screen.refresh(self)

    def go_on(self, _: object = None) -> None:
        """Go to the next screen, after the last to all tasks; stay where something is to mend."""
        self.guard(self._go_on)

    def _go_on(self) -> None:
        problems = self.refusals.list_problems(self)
        self.desk.tell("errors", errors=dict(problems))
        if problems:
            self.redraw(problems=problems)
            return
        if self.way_back:
            self.desk.tell("go", href=f"11_finish.ipynb#at={self.way_back}")
            return
        at = self.screens.index(self.screen) + 1
        rest = [s for s in self.screens[at:] if s.is_shown(self.there.plan)]
        if rest:
            self.screen = rest[0]
            self.redraw()
        else:
            self.desk.tell("go", href="00_start.ipynb#at=tasks")

    def go_back(self, _: object = None) -> None:
        """Go to the screen before, or to all tasks from the first."""
        self.guard(self._go_back)

    def _go_back(self) -> None:
        before = self.screens[: self.screens.index(self.screen)]
        shown = [s for s in before if s.is_shown(self.there.plan)]
        if shown:
            self.screen = shown[-1]
            self.redraw()
        else:
            self.desk.tell("go", href="00_start.ipynb#at=tasks")

    def raw(self, path: str) -> Any:  # noqa: ANN401 - whatever a page can show
        """The answer at a path as the page shows it; as typed, where it was not understood."""
        unclear = self.there.file.unclear
        if path in unclear:
            return unclear[path]
        value = to_raw(read_answer(self.there.plan, path), decimal_mark(self.language))
        if isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    at, typed = f"{path}.{row['id']}.", unclear.items()
                    row |= {p.removeprefix(at): t for p, t in typed if p.startswith(at)}
        return value

    # -- what the page says ----------------------------------------------------------------

    def announce(self, text: str) -> None:
        """Say something to whoever listens to the page instead of looking at it."""
        self.desk.tell("announce", text=text)

    def tell_failed(self, error: WorkbookError) -> None:
        """Say what went wrong and what to do; where something is unsaved, it is tried again."""
        if isinstance(error, LinkUnknown | PlanMissing):
            self._tell_lost(error)
            return
        what, following = explain_error(error, self.language)
        unsaved = self.session is not None and not self.session.is_saved
        self.desk.tell("failed", what=what, next=following, retry=unsaved)

    def _tell_lost(self, error: WorkbookError) -> None:
        """Say that the plan cannot be opened; where it may be later, the browser tries again."""
        if is_reading(self):
            put_away(self)
        self.session = None
        what, following = explain_error(error, self.language)
        self.desk.tell("lost", what=what, next=following, again=isinstance(error, StoreError))

    def tell_kept(self) -> None:
        """Say whether everything that was answered is saved, and what stands in the way if not."""
        failure = self.there.failure
        if failure is not None:
            self.tell_failed(failure)
        else:
            self._tell_saved("")

    def _tell(self, outcome: Outcome) -> None:
        if outcome.error is not None:
            self.tell_failed(outcome.error)
            return
        for path in [*self._waiting]:
            mine = outcome.clash and path == outcome.path
            self._tell_saved(path, clash=mine or path in outcome.clashes)
        if not self._waiting:
            self._tell_saved("")
        self._waiting.clear()

    def _tell_saved(self, path: str, *, clash: bool = False) -> None:
        file = self.there.file
        self.desk.tell(
            "saved",
            path=path,
            number=self._waiting.get(path, 0),
            raw=self.raw(path) if path else None,
            clash=clash,
            at=(file.saved_at or self.there.now).isoformat(),
            fresh=file.revision == 0,
            name=file.plan.start.name or "",
        )


def plain(raw: object) -> object:
    """A raw answer, where no answer, an empty text and an empty list are the same."""
    return None if raw in ("", []) else raw
