"""The task list: what there is to do, in the order the diagnosis gives, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks import Severity, Status, Todo, list_todos, measure_progress
from workbook.checks.progress import count_minutes
from workbook.checks.todo import list_unknown
from workbook.content import Step, find_question, load_step, load_steps, load_words
from workbook.interface.bench import list_benches
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html, write_link
from workbook.interface.furniture import draw_button, draw_heading, draw_html, draw_row
from workbook.plan import Plan
from workbook.steps.diagnosis.causes import order_tasks
from workbook.steps.start.answers import Route, Start
from workbook.wording import write_day

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ipywidgets import Widget

    from workbook.checks.progress import Progress
    from workbook.interface.page import Page

FEW_TODOS = 6
MINUTES_IN_AN_HOUR = 60
ROUNDED = 5
"""The minutes of the short way are told as a multiple of these."""


def sum_minutes(route: Route) -> int:
    """The minutes that a new plan asks for on a way: those of the parts it needs for now."""
    plan = Plan(start=Start(route=route))
    steps = [s for s in load_steps() if measure_progress(plan, s).status is not Status.NOT_NEEDED]
    return sum(count_minutes(step, plan) for step in steps)


class TasksScreen:
    """The first screen: an introduction for who is new, the task list for everybody."""

    id = "tasks"

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = load_words("interface/tasks.toml", language)
        self.title = str(self.words["title"])

    def asks(self, path: str) -> bool:  # noqa: ARG002 - it asks for nothing
        """Never: it asks for no answer."""
        return False

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - everybody sees it
        """Always."""
        return True

    def refresh(self, page: Page) -> None:
        """Nothing on it changes while it is open."""

    def draw(self, page: Page) -> list[Widget]:
        """Introduction or way back in, the tasks, and what is open."""
        plan = page.there.plan
        fresh = plan == Plan()
        return [
            draw_heading(self.words["welcome" if fresh else "title"]),
            *(self._introduction(page) if fresh else self._way_in(page)),
            draw_html(self._tasks(page), name="wb-tasks-box"),
            *([] if fresh else [draw_html(html) for html in self._rest(page)]),
        ]

    def _rest(self, page: Page) -> tuple[Html, ...]:
        """What stands below the tasks of a plan that is begun."""
        session, language = page.there, self.language
        todos = list_todos(session.plan, session.findings, session.now.date(), language=language)
        unknown = list_unknown(session.plan, language=language)
        open_ones = self._todos(todos, {todo.text for todo in unknown})
        plan_them = Html("") if all(todo.is_listed for todo in todos) else self._lead_to_list()
        ways = self._tools(), self._workshops()
        return open_ones, self._unknown(unknown), plan_them, *ways

    def _workshops(self) -> Html:
        """The ways into a workshop: for who takes part, and for who leads it."""
        way = '<a href="{join}">{take_part}</a> · <a href="{lead}">{leads}</a>'
        form = f'<p class="wb-hint">{way}</p>'
        words = self.words["workshop"]
        ways = {"join": "00_start.ipynb#at=join", "lead": "facilitator.ipynb"}
        return Html(fill_html(form, take_part=words["join"], leads=words["lead"], **ways))

    def _introduction(self, page: Page) -> list[Widget]:
        words = self.words["introduction"]
        steps = load_steps(self.language)
        ready = [Html(fill_html("{x}", x=x)) for step in steps for x in step.have_ready]
        hours = round(sum_minutes(Route.FULL) / MINUTES_IN_AN_HOUR)
        minutes = ROUNDED * round(sum_minutes(Route.SHORT) / ROUNDED)
        text = words["text"].format(hours=hours, minutes=minutes)
        html = write_paragraphs(text, "wb-lead")
        at_hand = fill_html(
            '<details class="wb-at-hand"><summary>{title}</summary>{list}</details>',
            title=words["ready"],
            list=list_html(ready, "wb-plain"),
        )
        example = fill_html(
            '<a class="wb-link-button" href="00_start.ipynb#example">{label}</a>',
            label=words["example"],
        )
        start = draw_button(words["start"], page.go_on, name="main")
        return [
            draw_html(html),
            draw_row(start, draw_html(Html(example))),
            draw_html(Html(at_hand)),
            draw_html(self._workshops()),
        ]

    def _way_in(self, page: Page) -> list[Widget]:
        """The next open question; where there is none, what is to be settled; else the end."""
        plan, findings = page.there.plan, page.there.findings
        steps = [
            measure_progress(plan, load_step(name, self.language), findings)
            for name in order_tasks(plan)
        ]
        if path := next((step.next_path for step in steps if step.next_path), ""):
            question = find_question(path, self.language)
            return [_draw_lead(path, self.words["go_on"].format(question=question.label))]
        if path := next((step.blocked[0] for step in steps if step.blocked), ""):
            what = next(each.what for each in findings if each.path == path)
            return [_draw_lead(path, self.words["settle"].format(what=what))]
        return [draw_html(write_paragraphs(self.words["all_answered"], "wb-lead"))]

    def _tasks(self, page: Page) -> Html:
        """The steps that are needed, then the end; those that can wait lie folded below."""
        plan, findings = page.there.plan, page.there.findings
        steps = [load_step(name, self.language) for name in order_tasks(plan)]
        drawn = [
            (each := measure_progress(plan, s, findings), self._row(plan, s, each)) for s in steps
        ]
        rows = [row for each, row in drawn if each.status is not Status.NOT_NEEDED]
        later: list[str] = [row for each, row in drawn if each.status is Status.NOT_NEEDED]
        finish = self._line(
            "11_finish.ipynb",
            self.words["finish"],
            self.words["finish_hint"],
            self._readiness(page),
        )
        form = '<ul class="wb-tasks">{rows}</ul>'
        fold = '<details class="wb-later"><summary>{label} ({count})</summary>{tasks}</details>'
        tasks = fill_html(form, rows=join_html([*rows, finish]))
        if not later:
            return Html(tasks)
        label = self.words["status"][Status.NOT_NEEDED.value]
        below = Html(fill_html(form, rows=join_html(later)))
        return join_html([tasks, fill_html(fold, label=label, count=len(later), tasks=below)])

    def _readiness(self, page: Page) -> str:
        """What stands between the plan and its documents; nothing is called ready that is not."""
        plan = page.there.plan
        if plan == Plan():
            return ""
        open_ones = sum(f.severity is Severity.BLOCK for f in page.there.findings)
        if open_ones:
            return str(self.words["open_one" if open_ones == 1 else "open"]).format(count=open_ones)
        steps = [measure_progress(plan, step) for step in load_steps(self.language)]
        missing = sum(step.needed - step.answered for step in steps)
        name = "missing_one" if missing == 1 else "missing"
        return str(self.words[name if missing else "ready"]).format(count=missing)

    def _row(self, plan: Plan, step: Step, progress: Progress) -> Html:
        waits = progress.status is Status.NOT_NEEDED
        minutes = self.words["minutes"].format(minutes=count_minutes(step, plan))
        hint = "" if waits else minutes
        text = "" if waits else self.words["status"][progress.status.value]
        if progress.status is Status.IN_PROGRESS:
            text = text.format(answered=progress.answered, needed=progress.needed)
        end = f"{step.id}/result" if progress.begun else ""
        at = progress.next_path or next(iter(progress.blocked), end)
        return self._line(f"{step.page}.ipynb#at={at}", step.task, hint, text)

    def _line(self, href: str, label: str, hint: str, status: str) -> Html:
        return Html(
            fill_html(
                '<li class="wb-task"><div><a href="{href}">{label}</a>'
                '<span class="wb-hint">{hint}</span></div>'
                '<span class="wb-task-status">{status}</span></li>',
                href=href,
                label=label,
                hint=hint,
                status=status,
            )
        )

    def _unknown(self, unknown: Sequence[Todo]) -> Html:
        """What was answered “I do not know”: how it is found out, and the way to its question."""
        if not unknown:
            return Html("")
        line = "{link} <span class='wb-hint'>{question}</span>"
        rows = [
            Html(fill_html(line, link=write_link(each.path, each.text), question=each.why))
            for each in unknown
        ]
        head = fill_html(
            "<h3>{title}</h3><p class='wb-hint'>{lead}</p>",
            title=self.words["unknown"],
            lead=self.words["unknown_lead"],
        )
        rest = fill_html(
            "<details><summary>{label}</summary>{rows}</details>",
            label=self.words["unknown_more"].format(count=len(rows) - FEW_TODOS),
            rows=list_html(rows[FEW_TODOS:], "wb-todos wb-unknown"),
        )
        few = list_html(rows[:FEW_TODOS], "wb-todos wb-unknown")
        return join_html([head, few, rest if len(rows) > FEW_TODOS else ""])

    def _todos(self, found: Sequence[Todo], unknown: Collection[str]) -> Html:
        """What is to be done; what is to be found out and on no list yet stands by itself."""
        todos = [todo for todo in found if todo.is_listed or todo.text not in unknown]
        if not todos:
            return Html("")
        rows = [self._todo(todo) for todo in todos[:FEW_TODOS]]
        more = self.words["more"].format(count=len(todos) - FEW_TODOS)
        further = fill_html("<p class='wb-hint'>{more}</p>", more=more)
        return join_html(
            [
                fill_html("<h3>{title}</h3>", title=self.words["todo"]),
                list_html(rows, "wb-todos"),
                further if len(todos) > FEW_TODOS else "",
            ]
        )

    def _lead_to_list(self) -> Html:
        """The way to where what is open gets a person and a day."""
        step = load_step("integration", self.language)
        form = '<p><a href="{page}.ipynb#at={step}/proposals">{label}</a></p>'
        label = self.words["list"]
        return Html(fill_html(form, page=step.page, step=step.id, label=label))

    def _todo(self, todo: Todo) -> Html:
        """A thing to do with its day, which is kept only on the list of the plan."""
        due = self.words["unlisted"]
        if todo.is_listed:
            due = (
                self.words["by"].format(day=write_day(todo.due, self.language)) if todo.due else ""
            )
        link = write_link(todo.path, todo.text)
        return Html(fill_html("{link} <span class='wb-hint'>{due}</span>", link=link, due=due))

    def _tools(self) -> Html:
        """The benches by the work they are for: they serve on any day, not only once."""
        line = '<a href="{page}.ipynb#at={step}/{name}">{task}</a>'
        links = [
            Html(fill_html(line, page=b.page, step=b.step, name=b.name, task=b.task))
            for b in list_benches(self.language)
        ]
        head = fill_html(
            "<h3>{title}</h3><p class='wb-hint'>{lead}</p>",
            title=self.words["tools"],
            lead=self.words["tools_lead"],
        )
        return join_html([head, list_html(links, "wb-plain")]) if links else Html("")


def _draw_lead(path: str, text: str) -> Widget:
    """The way on as a sentence that leads to an answer."""
    return draw_html(Html(fill_html('<p class="wb-lead">{x}</p>', x=write_link(path, text))))
