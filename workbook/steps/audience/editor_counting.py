"""The bench that counts what clients said; names are dropped, only counts go into the plan."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from workbook.content import Option, default_of
from workbook.evidence.clients import Question as Asked
from workbook.evidence.clients import count_share
from workbook.fit.groups import read_audiences
from workbook.fit.wording import name_place
from workbook.imports.clients import ClientList, explain_clients, read_clients, read_typed
from workbook.interface.bench import BenchScreen
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html, write_link
from workbook.interface.furniture import draw_button, draw_group, draw_html, draw_row
from workbook.interface.pictures import write_table
from workbook.steps.audience.counting import PlanCounts, find_same, make_answers, make_counts
from workbook.steps.audience.overview import write_percent
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ipywidgets import Widget

    from workbook.content import Question
    from workbook.evidence.clients import Counted
    from workbook.interface.page import Page
    from workbook.plan import Plan

ALL = "all"
TALLIES = "audience.tallies"
LEAST = "audience.clients_least"
MOST_LISTS = 6
_SEVERAL = 2
_MOST_ASKED = 1_000_000


class CountBench(BenchScreen):
    """Paste answers or choose a list; see what was counted, and put the counts into the plan."""

    takes_long = True

    def questions(self, plan: Plan) -> tuple[Question, ...]:
        """As its words say, with the plan's groups to choose from."""
        found = super().questions(plan)
        audiences, _ = read_audiences(plan, self.language)
        groups = zip(plan.audience.groups, audiences, strict=True)
        offered = (
            Option(value=ALL, label=str(self.words["whole"])),
            *(Option(value=group.id, label=wanted.name) for group, wanted in groups),
        )
        return tuple(
            q.model_copy(update={"options": offered}) if q.id == "group" else q for q in found
        )

    def asks_now(self, plan: Plan, given: Mapping[str, Any]) -> Collection[str]:  # noqa: ARG002
        """The group is asked for only where there are several."""
        few = len(plan.audience.groups) < _SEVERAL
        return {name for name in self.asked if not (few and name == "group")}

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """Each list with its counts, what was left out of it, and buttons for the plan."""
        found = list(self._read_lists(given))
        if not found:
            return [draw_html(write_paragraphs(self.words["empty"], "wb-lead"))]
        shown: list[Widget] = []
        if len(found) > MOST_LISTS:
            text = self.words["several"].format(count=len(found), most=MOST_LISTS)
            shown.append(draw_html(write_paragraphs(text, "wb-hint")))
        for name, read in found[:MOST_LISTS]:
            shown += self._draw_list(page, name, read, given)
        return shown

    def _read_lists(self, given: Mapping[str, Any]) -> Iterator[tuple[str, ClientList]]:
        asked = int(min(given["asked"] or 0, _MOST_ASKED)) or None
        question = Asked(given["question"])
        if given["pasted"]:
            name = str(self.words["pasted"])
            yield name, read_typed(given["pasted"], asked=asked, question=question)
        for file in given["files"] or ():
            yield file.name, read_clients(file.raw, file.name, asked=asked, question=question)

    # -- what was counted ----------------------------------------------------------------------

    def _draw_list(
        self, page: Page, name: str, read: ClientList, given: Mapping[str, Any]
    ) -> list[Widget]:
        if not read.counted:
            text = self.words["nothing"].format(source=name)
            parts = [write_paragraphs(text, "wb-lead"), self._write_left(read)]
            return [draw_html(join_html([*parts]))]
        widgets: list[Widget] = []
        for counted in read.counted:
            counts = make_counts(counted)
            widgets.append(draw_html(self._write_count(page.there.plan, name, counted, counts)))
            widgets.append(self._draw_put(page, counts, given))
        return [*widgets, draw_html(self._write_left(read))]

    def _write_count(self, plan: Plan, name: str, counted: Counted, counts: PlanCounts) -> Html:
        words, question = self.words, self._name_question(counted)
        head = words["counted_one" if counted.asked == 1 else "counted"]
        told = [head.format(question=question, asked=write_number(counted.asked, self.language))]
        least = default_of(plan, LEAST)
        if counted.asked < least and counted.question is not Asked.FOUND:
            told.append(words["few"].format(least=write_number(least, self.language)))
        told.append(words["won"])
        head, rest = told[0], " ".join(told[1:])
        lead = fill_html("<p><strong>{head}</strong> {rest}</p>", head=head, rest=rest)
        rows = tuple(self._list_rows(counted))
        caption = words["caption"].format(source=name, question=question)
        table = write_table(caption, tuple(words["columns"]), rows) if rows else Html("")
        parts = [lead, table if rows else write_paragraphs(words["nobody"])]
        for key, places in (("as_other", counts.other), ("not_kept", counts.left)):
            if places:
                text = words[key].format(places=", ".join(places), other=words["other"])
                parts.append(write_paragraphs(text, "wb-hint"))
        return join_html([*parts])

    def _name_question(self, counted: Counted) -> str:
        return self.asked["question"].label_of(counted.question.value)

    def _list_rows(self, counted: Counted) -> Iterator[tuple[str, str, str]]:
        """The places that were named, the most often named first."""
        for place, hits in sorted(counted.counts.items(), key=lambda pair: -pair[1]):
            share = count_share(counted, place)
            if hits and share:
                percent = write_percent(share.percent, share.low, share.high, self.language)
                name = name_place(place, self.language)
                yield name, write_number(hits, self.language), percent

    def _write_left(self, read: ClientList) -> Html:
        """What was not counted and why; and that names were dropped."""
        told = [
            Html(fill_html("{text}", text=explain_clients(problem, self.language)))
            for problem in read.problems
        ]
        parts = [write_paragraphs(self.words["names"])] if read.counted else []
        if told:
            title = fill_html("<h4>{title}</h4>", title=self.words["not_counted"])
            parts = [Html(title), list_html(told, "wb-plain"), *parts]
        return join_html([*parts])

    # -- into the plan -------------------------------------------------------------------------

    def _draw_put(self, page: Page, counts: PlanCounts, given: Mapping[str, Any]) -> Widget:
        """Buttons that put a count into the plan: anew, or in the place of one that is there."""
        group = given["group"] if given["group"] not in {None, ALL} else None
        box = draw_group(name="put")

        def draw(label: str, entry: str | None, look: str) -> Widget:
            def put() -> None:
                name = entry or secrets.token_hex(4)
                page.there.apply(make_answers(counts, name, group, given["asked_on"]))
                page.tell_kept()
                page.announce(self.words["done"])
                box.children = (draw_html(self._write_done(name)),)

            return draw_button(label, lambda _: page.guard(put), name=look)

        same = find_same(page.there.plan, counts, group)
        if same is None:
            box.children = (draw_row(draw(self.words["put"], None, "main")),)
        else:
            asked = write_number(same.asked or 0, self.language)
            labels = [self.words[k].format(asked=asked) for k in ("put_instead", "put_again")]
            buttons = (draw(labels[0], same.id, "main"), draw(labels[1], None, "quiet"))
            box.children = (draw_row(*buttons),)
        return box

    def _write_done(self, entry: str) -> Html:
        link = write_link(f"{TALLIES}.{entry}.counts", self.words["done_link"])
        form = '<p class="wb-lead">{done} {link}</p>'
        return Html(fill_html(form, done=self.words["done"], link=link))
