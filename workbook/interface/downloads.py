"""The documents to take along: one button per document and format, with what to include."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipywidgets import Checkbox, Widget

from workbook.content import load_words
from workbook.interface.escaping import Html, fill_html, write_paragraphs
from workbook.interface.files import name_file
from workbook.interface.furniture import draw_button, draw_group, draw_html, draw_row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook.interface.page import Page


def draw_downloads(page: Page, words: Mapping[str, Any]) -> list[Widget]:
    """Buttons for every document, and switches for what goes in."""
    from workbook.exports import load_formats  # noqa: PLC0415 - one page only
    from workbook.exports.documents import Switches, load_documents  # noqa: PLC0415

    switches = {
        name: Checkbox(value=bool(field.default), description=words["switch"][name], indent=False)
        for name, field in Switches.model_fields.items()
        if name in words["switch"]
    }
    titles = load_words("exports/documents/words.toml", page.language)
    groups = []
    for name in load_documents():
        title = draw_html(Html(fill_html("<h3>{x}</h3>", x=titles[name]["title"])))
        buttons = [
            draw_button(
                words["format"][kind].format(title=titles[name]["title"]),
                _give(page, name, kind, switches),
                name="main" if kind == "docx" else "quiet",
            )
            for kind in load_formats()
            if kind in words["format"]
        ]
        groups.append(draw_group(title, draw_row(*buttons), name="download"))
    include = draw_html(write_paragraphs(words["include"], "wb-label"))
    return [*groups, draw_group(include, *switches.values(), name="switches")]


def give_download(page: Page, name: str, media_type: str, raw: bytes) -> None:
    """Hand a file to the browser, which saves it where the visitor's downloads go."""
    page.desk.tell("download", buffers=[raw], name=name, type=media_type)


def _give(
    page: Page, name: str, kind: str, boxes: Mapping[str, Widget]
) -> Callable[[object], None]:
    def give(_: object) -> None:
        page.guard(lambda: _send(page, name, kind, {key: box.value for key, box in boxes.items()}))

    return give


def _send(page: Page, name: str, kind: str, chosen: Mapping[str, bool]) -> None:
    from workbook.exports import load_formats  # noqa: PLC0415 - used when asked for
    from workbook.exports.documents import Switches, gather, write_document  # noqa: PLC0415

    session = page.there
    material = gather(
        session.plan,
        session.now.date(),
        unclear=session.file.unclear,
        language=page.language,
        switches=Switches(**chosen),
    )
    module = load_formats()[kind]
    raw = write_document(name, kind, material)
    file = name_file(session.plan, name.replace("_", "-"), module.SUFFIX)
    page.desk.tell(
        "download", buffers=[raw], name=file, type=module.MEDIA_TYPE, share=kind == "html"
    )
