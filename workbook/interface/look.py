"""The part of the page of documents that asks how they look: name, picture and two colours.

What is given is kept in the plan at once, so that every preview that stands open shows it.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ipywidgets import VBox, Widget

from workbook.charts.style import LIGHT
from workbook.content import load_words
from workbook.errors import LookUnusable
from workbook.interface.bench import make_question
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.fields import Field, make_spec
from workbook.interface.furniture import draw_button, draw_html, draw_row, fill_box
from workbook.interface.sending import Inbox, read_sent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook.exports.look import Look
    from workbook.interface.page import Page

_WORDS = "interface/look.toml"
_PLACE = "documents/look"
LOGO = "logo"


class LookPanel(VBox):  # type: ignore[misc] # ipywidgets has no types
    """A button that opens the questions about the look."""

    children: tuple[Widget, ...]

    def __init__(self, page: Page) -> None:
        self._page = page
        self._words: Mapping[str, Any] = load_words(_WORDS, page.language)
        self._questions = {
            name: make_question(_PLACE, name, words, page.language)
            for name, words in self._words["questions"].items()
        }
        self._fields: dict[str, Field] = {}
        self._notes: Any = None
        self._picture = VBox()
        self._inbox = Inbox()
        self._wrong: dict[str, str] = {}
        self._shown = self._page.there.plan.look
        super().__init__(_dom_classes=("wb-look",))
        self._fold()

    def __repr__(self) -> str:
        """Whether it stands open."""
        return f"LookPanel({'open' if self._fields else 'folded'})"

    @property
    def look(self) -> Look:
        """The look that the plan keeps."""
        from workbook.exports.look import open_look  # noqa: PLC0415 - one page only

        return open_look(self._page.there.plan.look)

    def refresh(self) -> None:
        """Show another look of the plan, such as after undo or from another page."""
        if self._page.there.plan.look == self._shown:
            return
        self._shown = self._page.there.plan.look
        if self._fields:
            self._unfold()
        else:
            self._fold()

    # -- drawing -----------------------------------------------------------------------------

    def _fold(self, _: object = None) -> None:
        words = self._words
        self._fields, self._notes = {}, None
        is_set = self.look.is_set
        label = words["change" if is_set else "open"]
        told = [draw_html(write_paragraphs(words["set"], "wb-hint"))] if is_set else []
        title = draw_html(Html(fill_html("<h3>{x}</h3>", x=words["title"])))
        self._lay(title, *told, draw_row(draw_button(label, self._open, name="quiet")))

    def _open(self, _: object = None) -> None:
        self._page.guard(self._unfold)

    def _unfold(self) -> None:
        words, look = self._words, self.look
        self._wrong = {}
        self._fields = {
            name: self._draw_field(name, getattr(look, name) if name != LOGO else None)
            for name in self._questions
        }
        self._notes = draw_html(self._write_notes(look))
        head = fill_html("<h3>{title}</h3><p>{lead}</p>", title=words["title"], lead=words["lead"])
        shut = draw_button(words["shut"], self._fold, name="quiet")
        remove = draw_button(words["remove"], self._remove, name="quiet")
        name, logo, *colours = self._fields.values()
        self._picture = VBox(children=(logo, *self._draw_logo(look)))
        parts = (draw_html(Html(head)), name, self._picture, *colours, self._notes)
        self._lay(*parts, draw_row(shut, remove))

    def _draw_field(self, name: str, value: object) -> Field:
        question = self._questions[name]
        spec = make_spec(question, lambda _: True) | {"passing": True}
        if name == LOGO:
            spec |= {"limit": self._words["limit"], "single": True, "accept": ".png,.jpg,.jpeg"}
        if question.kind == "colour":
            ours = LIGHT.accent if name == "accent" else LIGHT.second
            spec |= {"ours": ours, "choose": self._words["choose"].format(label=question.label)}
        return Field(page=self._page.desk.page, path=question.path, spec=spec, value=value or None)

    def _draw_logo(self, look: Look) -> list[Widget]:
        if not look.logo:
            return []
        source = "data:image/png;base64," + b64encode(look.logo).decode()
        form = '<img class="wb-logo" src="{source}" alt="{alt}">'
        shown = draw_html(Html(fill_html(form, source=source, alt=self._words["logo"])))
        return [shown, draw_button(self._words["remove_logo"], self._remove_logo, name="quiet")]

    def _lay(self, *widgets: Widget) -> None:
        fill_box(self, *widgets)

    # -- what it says ------------------------------------------------------------------------

    def _write_notes(self, look: Look) -> Html:
        """What became of the colours, and what stays whatever is chosen."""
        words = self._words
        told = [*self._tell_colours(look), words["terms"], words["template"]]
        return join_html([fill_html('<p class="wb-hint">{x}</p>', x=x) for x in told])

    def _tell_colours(self, look: Look) -> Iterator[Html]:
        made, labels = look.light, self._words["questions"]
        for name, form in (("accent", "darker"), ("second", "second")):
            given, used = getattr(look, name), getattr(made, name)
            if given and given != used:
                shown = {"given": _show_colour(given), "made": _show_colour(used)}
                yield Html(fill_html(self._words[form], label=labels[name]["label"], **shown))
        if look.charts.accent != made.accent:
            yield Html(fill_html(self._words["charts"]))

    # -- what the browser says ---------------------------------------------------------------

    def hear(self, path: str, raw: object, buffers: Sequence[bytes]) -> None:
        """Take what was given for one of the questions; what cannot be used is said beside it."""
        name = path.removeprefix(f"{_PLACE}/")
        if name not in self._fields:
            return
        self._wrong.pop(path, None)
        try:
            if name == LOGO:
                self._take_file(path, raw, buffers)
            else:
                self._take_text(name, raw)
        except LookUnusable as error:
            self._wrong[path] = self._words["refused"].format(**error.values)
        self._page.desk.tell("errors", errors=dict(self._wrong))

    def _take_text(self, name: str, raw: object) -> None:
        from workbook.exports.look import read_colour, read_name  # noqa: PLC0415 - one page only

        read = read_name if name == "name" else read_colour
        change: dict[str, Any] = {name: read(raw if isinstance(raw, str) else "")}
        self._keep(replace(self.look, **change))

    def _take_file(self, path: str, raw: object, buffers: Sequence[bytes]) -> None:
        """Take a small picture at once, and a larger one piece by piece."""
        from workbook.exports.look import MOST_BYTES  # noqa: PLC0415 - one page only

        if not isinstance(raw, dict):
            if buffers:
                self._take_picture(bytes(buffers[0]))
            return
        sent = read_sent(raw)
        if sent is None:
            return
        reply = self._inbox.hear(sent, b"".join(buffers), most=MOST_BYTES, in_memory=True)
        told = {"problem": self._words["too_large"]} if reply.state == "refused" else {}
        self._page.desk.tell(
            "sent", path=path, number=sent.number, state=reply.state, got=reply.got, **told
        )
        if told:
            self._wrong[path] = self._words["too_large"]
        for file in reply.files[:1]:
            self._take_picture(file.raw)

    def _take_picture(self, raw: bytes) -> None:
        from workbook.exports.look import read_picture  # noqa: PLC0415 - one page only

        self._keep(replace(self.look, logo=read_picture(raw)))
        self._show_logo(self._picture.children[0])
        self._page.announce(self._words["taken"])

    def _remove_logo(self, _: object = None) -> None:
        def remove() -> None:
            self._keep(replace(self.look, logo=None))
            self._fields[LOGO] = self._draw_field(LOGO, None)
            self._show_logo(self._fields[LOGO])
            self._page.announce(self._words["removed_logo"])

        self._page.guard(remove)

    def _remove(self, _: object = None) -> None:
        def remove() -> None:
            from workbook.exports.look import Look  # noqa: PLC0415 - one page only

            self._keep(Look())
            self._fold()
            self._page.announce(self._words["removed"])

        self._page.guard(remove)

    def _show_logo(self, field: Widget) -> None:
        """Show the picture there is below the question for it, or none."""
        fill_box(self._picture, field, *self._draw_logo(self.look))

    def _keep(self, look: Look) -> None:
        """Keep a look in the plan, and say what becomes of it."""
        from workbook.exports.look import keep_look  # noqa: PLC0415 - one page only

        session = self._page.there
        self._shown = kept = keep_look(look)
        if kept != session.plan.look:
            session.replace(session.plan.model_copy(update={"look": kept}))
            self._page.tell_kept()
        if self._notes is not None:
            self._notes.value = self._write_notes(look)


def _show_colour(colour: str) -> Html:
    """A colour as a small square with its letters; it has been read, so that nothing acts here."""
    form = '<span class="wb-drop" style="background:{colour}"></span>{colour}'
    return Html(fill_html(form, colour=colour))
