"""What stands on every page of a document, and the points in brief."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE
from workbook.exports.documents._answers import cut
from workbook.exports.report import Paragraph, Properties, Report, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbook.exports.documents._contribution import Contribution, Point, Statement
    from workbook.exports.documents._material import Material
    from workbook.exports.report import Block

LONG_NAME = 80
LONG_FOOT = 40


def head(
    name: str, material: Material, statements: Iterable[Statement], *, contents: bool = False
) -> Report:
    """A report with its title, the business, the day, and a note while decisions are open."""
    words = material.wording
    title = words[name]["title"]
    day, business = material.day(material.today), cut(material.business, LONG_NAME)
    draft = words["draft_one" if material.blocking == 1 else "draft"]
    language = words["language"] if material.language == BASE_LANGUAGE else material.language
    return Report(
        title=title,
        subtitle=write_subtitle(material),
        blocks=tuple(_say(statement.block) for statement in statements),
        language=language,
        header_note=draft.format(count=material.blocking) if material.blocking else "",
        footer_note=words["footer"].format(business=cut(business, LONG_FOOT), title=title, day=day),
        contents=contents,
        properties=Properties(
            author=material.look.name or business,
            subject=words[name]["description"],
            written=datetime.combine(material.today, time(12), UTC),
        ),
        look=material.look,
    )


def _say(block: Block) -> Block:
    """A block; a table without rows says why it has none, and carries no caption."""
    if isinstance(block, Table) and block.empty and not block.rows:
        return Paragraph.of(block.empty)
    return block


def write_subtitle(material: Material) -> str:
    """The business and the day, as they stand below the title."""
    business = cut(material.business, LONG_NAME)
    day = material.day(material.today)
    return str(material.wording["subtitle"].format(business=business, day=day))


def order_points(parts: Sequence[Contribution]) -> list[Point]:
    """What every step puts in brief, in order."""
    return sorted((point for part in parts for point in part.points), key=lambda p: p.order)
