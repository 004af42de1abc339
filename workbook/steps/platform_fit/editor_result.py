"""Which places fit: the recommendation, the sets there are, hours, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.sets import draw
from workbook.content import default_of
from workbook.evidence.survey import place_ids
from workbook.fit.terms import list_terms
from workbook.fit.wording import join_places, list_notes, tell_changes, write_recommendation
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html, write_link
from workbook.interface.furniture import draw_button, draw_html
from workbook.interface.pictures import write_picture, write_table
from workbook.interface.shown import ShownScreen
from workbook.steps.platform_fit.figures import (
    Found,
    count_shared,
    is_surveyed,
    list_effort_rows,
    list_gain_rows,
    list_sets,
    list_shown,
    list_to_find_out,
    load_result_words,
    look_up,
    name_asked,
    name_set,
    write_base,
    write_reach,
)
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan

STEP = "platform_fit"
_APART = ("apart", "unnamed", "unnamed_here")
_NONE = ("no_hours", "nobody_counts", "none_allowed", "none_fits", "none_suits")
_TOLD = ("provisional", "ceiling", "shared", "find_out", "nobody", "one_place", *_APART, *_NONE)
"""What the screen says elsewhere, and does not say again among the notes."""
_SURVEY = ("since", "thin", "thin_at_most", "total")
"""What is to be known of a survey, and of nothing else."""
_ANSWER = (
    '<section class="wb-finding {look}"><p class="wb-tag">{tag}</p><h3>{what}</h3>'
    "<dl>{rows}</dl></section>"
)
_MORE = '<details class="wb-more"><summary>{title}</summary>{body}</details>'


class ResultScreen(ShownScreen):
    """What the hours can reach, how sure that is, and what it rests on."""

    def __init__(self, language: str) -> None:
        super().__init__(f"{STEP}/result", load_result_words(language), language)

    def is_shown(self, plan: Plan) -> bool:
        """While social media is not put off; on the short way once somebody is wanted."""
        asked = plan.start.route != "short" or bool(plan.audience.groups or plan.audience.tallies)
        return asked and plan.goals.decision != "not_now"

    def show(self, page: Page) -> list[Widget]:
        """The recommendation, the sets, one place more, hours, and what is to be found out."""
        found = look_up(page.there.plan, self.language)
        return [
            draw_html(self._answer(found)),
            *self._take(page, found),
            draw_html(join_html([*self._write(found)])),
        ]

    # -- the answer ----------------------------------------------------------------------------

    def _answer(self, found: Found) -> Html:
        """What, because of what, how sure, and what would change it, under its heading."""
        told = write_recommendation(found.choice, self.language)
        least = write_number(default_of(found.plan, "audience.clients_least"), self.language)
        provisional = found.choice.is_provisional
        tag = self.words["provisional" if provisional else "firm"].format(least=least)
        rows = [
            fill_html("<dt>{label}</dt><dd>{text}</dd>", label=self.words[name], text=text)
            for name, text in (
                ("because", told.because), ("sure", told.sure), ("change", told.change),
            )
            if text
        ]  # fmt: skip
        look = "wb-warn" if provisional else ""
        card = fill_html(_ANSWER, look=look, tag=tag, what=told.what, rows=join_html(rows))
        parts = [card]
        if firms := _list_firms(found):
            text = self.words["business"].format(groups=join_places(firms, self.language))
            parts.append(write_paragraphs(text))
        if not found.choice.audiences:
            link = write_link("audience.groups", self.words["nothing_link"], back=self.id)
            parts.append(fill_html("<p>{link}</p>", link=link))
        return join_html(parts)

    def _take(self, page: Page, found: Found) -> Iterator[Widget]:
        """A button that makes the best set the choice, while it is another one."""
        best, chosen = found.choice.best, found.chosen
        if not best.places or (chosen and set(chosen.places) == set(best.places)):
            return
        form = self.words["take_for_now" if found.choice.is_provisional else "take"]
        label = form.format(places=join_places(best.places, self.language))
        yield draw_button(label, lambda _: page.guard(lambda: self._choose(page)), name="quiet")

    def _choose(self, page: Page) -> None:
        """Make the best set the choice: the place that most clients named comes first."""
        session, ids = page.there, place_ids()
        choice = look_up(session.plan, self.language).choice
        names = sorted(choice.best.places, key=lambda name: name != choice.primary)
        kept = {place.platform: place.id for place in session.plan.platform_fit.further}
        further = [ids[name] for name in names[1:]]
        for place, entry in kept.items():
            if place not in further:
                session.remove(f"{STEP}.further.{entry}")
        for place in further:
            if place not in kept:
                entry = session.add_record(f"{STEP}.further")
                session.answer(f"{STEP}.further.{entry}.platform", place)
        session.answer(f"{STEP}.first", ids[names[0]] if names else None)
        page.tell_kept()
        page.redraw()
        page.announce(self.words["taken"])

    # -- what it rests on ----------------------------------------------------------------------

    def _write(self, found: Found) -> Iterator[str]:
        if found.choice.counted:
            yield from self._write_picture(found)
            yield from self._write_gains(found)
        yield from self._write_hours(found)
        yield from self._write_to_find_out(found)
        yield from self._write_changes(found)
        yield from self._write_apart(found)
        yield from self._write_notes(found)
        terms = list_terms(found.plan) if is_surveyed(found.choice) else ()
        yield join_html([write_paragraphs(text, "wb-hint wb-terms") for text in terms])

    def _write_picture(self, found: Found) -> Iterator[str]:
        rows = list_sets(found)
        if len(rows) > 1:
            picture = draw(rows, asked=name_asked(found.choice), language=self.language)
            yield write_paragraphs(self.words["picture_lead"])
            yield write_picture(picture, self.words["table"])

    def _write_gains(self, found: Found) -> Iterator[str]:
        words, rows = self.words["gains"], list_gain_rows(found)
        if not rows:
            return
        yield fill_html("<h3>{title}</h3>", title=words["title"])
        base, asked = found.base, self.words["asked"][name_asked(found.choice)]
        lead = words["lead" if base.places else "lead_none"]
        values = {"places": name_set(found, base), "reach": write_reach(found, base)}
        yield write_paragraphs(lead.format(whom=asked["whom"], **values))
        columns = tuple(str(name).format(new=asked["new"]) for name in words["columns"])
        yield write_table(words["caption"], columns, rows)
        yield write_paragraphs(words["ceiling"].format(reached=asked["reached"]), "wb-hint")
        if found.choice.wish.most is not None and base.places:
            yield write_paragraphs(words["alone"])

    def _write_changes(self, found: Found) -> Iterator[str]:
        """What else would change it, besides what the answer itself says."""
        told = write_recommendation(found.choice, self.language).change
        changes = [note.text for note in tell_changes(found.choice, self.language)]
        lines = [_escape(text) for text in changes if text not in told]
        if found.choice.audiences and lines:
            yield fill_html("<h3>{title}</h3>", title=self.words["changes"])
            yield list_html(lines, "wb-plain")

    def _write_notes(self, found: Found) -> Iterator[str]:
        """What to know to read the figures rightly."""
        notes = list_notes(found.choice, self.language)
        told = _TOLD if is_surveyed(found.choice) else (*_TOLD, *_SURVEY)
        lines = [_escape(note.text) for note in notes if note.id not in told]
        if found.choice.counted and lines:
            yield fill_html("<h3>{title}</h3>", title=self.words["notes"])
            yield list_html(lines, "wb-plain")

    def _write_hours(self, found: Found) -> Iterator[str]:
        words = self.words["hours"]
        shown = list_shown(found)
        rest = [name for name in found.choice.efforts if name not in shown]
        columns = tuple(words["columns"])
        yield fill_html("<h3>{title}</h3>", title=words["title"])
        yield write_paragraphs(words["lead"].format(shared=count_shared(found)))
        if shown:
            yield _wrap(write_table(words["caption"], columns, list_effort_rows(found, shown)))
        title = words["all" if shown else "caption"]
        table = write_table(title, columns, list_effort_rows(found, rest))
        yield fill_html(_MORE, title=title, body=_wrap(table))
        link = write_link(f"{STEP}.places", words["change"], back=self.id)
        yield fill_html("<p>{link}</p>", link=link)
        yield fill_html("<h4>{title}</h4>", title=words["base_title"])
        yield write_paragraphs(write_base(found))

    def _write_to_find_out(self, found: Found) -> Iterator[str]:
        items = [
            write_link(path, text, back=self.id) if path else _escape(text)
            for path, text in list_to_find_out(found)
        ]
        if items:
            yield fill_html("<h3>{title}</h3>", title=self.words["find_out"]["title"])
            yield list_html(items, "wb-plain")

    def _write_apart(self, found: Found) -> Iterator[str]:
        words = self.words["apart"]
        notes = list_notes(found.choice, self.language)
        for key, title, more in (
            ("apart", "title", words["ask"]),
            ("unnamed", "title_unnamed", ""),
            ("unnamed_here", "title_unnamed_here", ""),
        ):
            told = [note.text for note in notes if note.id == key]
            if told:
                yield fill_html("<h3>{title}</h3>", title=words[title])
                yield write_paragraphs("\n\n".join((*told, more)).strip())


def _wrap(table: Html) -> Html:
    """A table of hours, whose hours stay on one line."""
    return Html(fill_html('<div class="wb-takes">{table}</div>', table=table))


def _list_firms(found: Found) -> list[str]:
    """The groups that buy for an organisation, and of whom too few were asked."""
    audiences = found.choice.audiences
    return [k.audience.name for k in audiences if k.left == "b2b_without_clients"]


def _escape(text: str) -> Html:
    return Html(fill_html("{text}", text=text))
