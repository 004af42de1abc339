"""The benches for figures about complaints, and for whether a promise can be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from workbook.charts.keeping import draw as draw_keeping
from workbook.complaint.rules import calendar_of, promise_of, write_promise
from workbook.complaint.severity import Level
from workbook.content import default_of, load_words
from workbook.interface.bench import BenchScreen
from workbook.interface.downloads import give_download
from workbook.interface.escaping import fill_html, join_html, write_paragraphs
from workbook.interface.files import name_file
from workbook.interface.findings import list_html, write_finding
from workbook.interface.furniture import draw_button, draw_html, draw_row
from workbook.interface.pictures import write_picture, write_table
from workbook.steps.complaints.figures import (
    due_by,
    find_advice,
    list_measures,
    list_places,
    write_missing,
    write_pause,
    write_reasons,
    write_summary,
)
from workbook.steps.complaints.spans import write_span
from workbook.values import Problem, Zone, read
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ipywidgets import Widget

    from workbook.complaint.clock import Calendar
    from workbook.complaint.measures import Figures
    from workbook.content import Question, Step
    from workbook.imports.cases import Cases
    from workbook.interface.escaping import Html
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen
    from workbook.plan import Plan

WORDS = "steps/complaints/measures.toml"
_NO_ZONE = "UTC"


def arrange_measures(
    screens: list[Screen],
    step: Step,
    language: str,
) -> list[Screen]:
    """Screens with the two benches behind them."""
    return [*screens, FiguresBench(step.id, "figures", language),
            StaffingBench(step.id, "staffing", language)]  # fmt: skip


def _say(text: str, name: str = "") -> Widget:
    return draw_html(write_paragraphs(text, name))


def _fill(questions: tuple[Question, ...], **values: str) -> tuple[Question, ...]:
    """Questions whose hints name something of the plan."""
    return tuple(q.model_copy(update={"hint": q.hint.format(**values)}) for q in questions)


class FiguresBench(BenchScreen):
    """A log or an export, and what it tells of how complaints were answered."""

    takes_long = True

    def __init__(self, step: str, name: str, language: str) -> None:
        super().__init__(step, name, language)
        self.texts = load_words(WORDS, language)
        self._held: tuple[object, Cases] | None = None

    def questions(self, plan: Plan) -> tuple[Question, ...]:
        """The questions, with the zone that is taken where none is given."""
        zone = plan.complaints.zone or _NO_ZONE
        return _fill(super().questions(plan), zone=zone.replace("_", " "))

    def draw(self, page: Page) -> list[Widget]:
        """The form of the log to take along, above the questions."""
        back, heading, promise, *rest = super().draw(page)
        lead = _say(self.texts["form_lead"], "wb-hint")
        button = draw_button(self.texts["form"], lambda _: self._give(page), name="quiet")
        return [back, heading, promise, lead, draw_row(button), *rest]

    def _give(self, page: Page) -> None:
        from workbook.complaint.log import MEDIA_TYPE, write_log  # noqa: PLC0415 - when asked for

        name = name_file(page.there.plan, self.texts["form_name"], ".csv")
        page.guard(lambda: give_download(page, name, MEDIA_TYPE, write_log(language=self.language)))

    # -- reading -------------------------------------------------------------------------------

    def asks_now(self, plan: Plan, given: Mapping[str, Any]) -> Collection[str]:
        """The zone only where a file names none, the order of dates only where it is open."""
        now = {"files", "level"}
        if given.get("files"):
            cases = self._cases(plan, given)
            now |= {"zone"} if cases.zone or given["zone"] else set()
            open_ = any(problem.id == "dates-ambiguous" for problem in cases.problems)
            now |= {"order"} if open_ or given["order"] else set()
        return now

    def _cases(self, plan: Plan, given: Mapping[str, Any]) -> Cases:
        """The cases of the files given, read once for each way to read them."""
        from workbook.imports.cases import join_cases, read_cases  # noqa: PLC0415 - when given

        zone = self._zone(plan, given)
        key = (given["files"], zone, given["order"])
        if self._held is None or self._held[0] != key:
            first = {"day": True, "month": False}.get(given["order"] or "")
            read_ = [read_cases(f.raw, f.name, zone, day_first=first) for f in given["files"]]
            self._held = (key, join_cases(read_))
        return self._held[1]

    def _zone(self, plan: Plan, given: Mapping[str, Any]) -> str:
        zone = read(Zone, given["zone"])
        return zone if isinstance(zone, str) else plan.complaints.zone or _NO_ZONE

    # -- saying --------------------------------------------------------------------------------

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """What was read, what follows from it, every figure, and what is wrong with the files."""
        from workbook.complaint.measures import measure  # noqa: PLC0415 - when there is a file

        plan = page.there.plan
        zone = read(Zone, given["zone"])
        cases = self._cases(plan, given)
        problems = [draw_html(_write_problems(cases, zone, self.language))]
        if not cases.records:
            return problems
        calendar = calendar_of(plan, ZoneInfo(self._zone(plan, given)))
        figures = measure(cases.records, calendar, due_by(plan, calendar, given["level"]))
        advice = [
            draw_html(write_finding(finding, page.words, page.language), name="wb-finding-box")
            for finding in find_advice(figures, plan, self.language)
        ]
        return [
            *problems,
            _say(self._write_read(figures, calendar, cases)),
            *advice,
            *(draw_html(table) for table in self._tables(figures, calendar)),
            _say(self._write_notes(figures, calendar, cases), "wb-hint"),
        ]

    def _write_read(self, figures: Figures, calendar: Calendar, cases: Cases) -> str:
        from workbook.imports.problems import WORDS as IMPORT_WORDS  # noqa: PLC0415 - as above

        words = load_words(IMPORT_WORDS, self.language)
        texts = [write_summary(figures, calendar, words["sources"][cases.source], self.language)]
        if cases.left_out:
            reasons = write_reasons(cases.left_out, words["left_out"])
            texts.append(self.texts["read"]["left_out"].format(reasons=reasons))
        if cases.zone:
            zone = cases.zone.replace("_", " ")
            texts.append(self.texts["read"]["zone"].format(zone=zone))
        return "\n\n".join(texts)

    def _tables(self, figures: Figures, calendar: Calendar) -> list[Html]:
        words = self.texts
        rows = list_measures(figures, calendar, self.language)
        tables = [
            write_table(words["measures"]["caption"], tuple(words["measures"]["columns"]), rows)
        ]
        places = list_places(figures, calendar, self.language)
        if len(places) > 1:
            columns = tuple(words["places"]["columns"])
            tables.append(write_table(words["places"]["caption"], columns, places))
        if figures.causes.top:
            columns = tuple(words["causes"]["columns"])
            tables.append(write_table(words["causes"]["caption"], columns, figures.causes.top))
        return tables

    def _write_notes(self, figures: Figures, calendar: Calendar, cases: Cases) -> str:
        from workbook.imports.problems import WORDS as IMPORT_WORDS  # noqa: PLC0415 - as above

        notes = load_words(IMPORT_WORDS, self.language)["notes"]
        words = self.texts["measures"]
        clock = words["clock_open"] if calendar.is_known else self.texts["read"]["unknown_hours"]
        missing = write_missing(figures, self.language)
        pause = write_pause(figures, self.language)
        told = [clock, pause, *(notes[note] for note in cases.notes), words["not_there"]]
        about = " ".join(filter(None, told))
        return "\n\n".join(filter(None, (missing, about)))


def _write_problems(cases: Cases, zone: object, language: str) -> Html:
    """What is wrong with the files, one line for each, and with the zone that was typed."""
    from workbook.imports.problems import explain_all  # noqa: PLC0415 - when there is a file

    texts = list(explain_all(cases.problems, language))
    if isinstance(zone, Problem):
        words = load_words("values.toml", language)
        subject = load_words("steps/complaints/bench_measures.toml", language)["figures"]
        texts.append(
            words[zone.id].format(subject=subject["questions"]["zone"]["subject"], **zone.values)
        )
    items = [join_html([fill_html("{x}", x=text)]) for text in texts]
    return list_html(items, "wb-problems") if items else join_html([])


class StaffingBench(BenchScreen):
    """The hours on duty, and the promise they keep."""

    takes_long = True

    def __init__(self, step: str, name: str, language: str) -> None:
        super().__init__(step, name, language)
        self.texts = load_words(WORDS, language)

    def questions(self, plan: Plan) -> tuple[Question, ...]:
        """The questions, with the plan's own promise where none is given."""
        calendar = calendar_of(plan)
        promise = write_promise(promise_of(plan, Level.S2, calendar), calendar, self.language)
        weeks = write_number(default_of(plan, "complaints.counted_weeks"), self.language)
        return _fill(super().questions(plan), promise=promise, weeks=weeks)

    def asks_now(self, plan: Plan, given: Mapping[str, Any]) -> Collection[str]:  # noqa: ARG002
        """A third look only after a second; how hours count only where hours are promised."""
        without = set() if given["second"] else {"third"}
        return set(self.asked) - without - (set() if given["promise"] else {"clock"})

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """Whether the promise can be kept, what could be promised, and what would change it."""
        from workbook.steps.complaints import staffing  # noqa: PLC0415 - numpy comes with it

        wrong = staffing.find_problems(given)
        if wrong:
            items = [join_html([fill_html("{x}", x=self.texts["problems"][w])]) for w in wrong]
            return [draw_html(list_html(items, "wb-problems"))]
        plan, words = page.there.plan, self.texts["staffing"]
        found = staffing.estimate(plan, given)
        verdict = write_finding(
            staffing.write_verdict(found, self.language), page.words, self.language
        )
        parts = [draw_html(verdict, name="wb-finding-box")]
        if promises := staffing.list_promises(found, self.language):
            picture = draw_keeping(promises, found.share, language=self.language)
            title = fill_html("<h4>{title}</h4>", title=picture.title)
            chart = write_picture(picture, words["table"])
            parts.append(draw_html(join_html([title, chart])))
        parts.append(draw_html(self._write_ways(found)))
        wanted_open = given["promise"] is not None and given["clock"] == "open"
        if wanted_open and not found.is_open_clock:
            parts.insert(1, _say(words["no_hours"], "wb-hint"))
        return parts

    def _write_ways(self, found: Any) -> Html:  # noqa: ANN401 - its type brings numpy
        from workbook.steps.complaints import staffing  # noqa: PLC0415 - as above

        words = self.texts["staffing"]
        is_open = found.is_open_clock
        promise = write_span(found.promise, is_open=is_open, language=self.language)
        count = write_number(found.share * 100, self.language)
        columns = tuple(c.format(promise=promise, count=count) for c in words["columns_ways"])
        return write_table(words["caption_ways"], columns, staffing.list_ways(found, self.language))
