"""Reports that use every block: an ordinary one, a hostile one, an empty one, a long one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from workbook.charts.causes import CauseCount, draw
from workbook.exports.report import (
    Bullets,
    Callout,
    Column,
    Figure,
    Heading,
    KeyValues,
    Numbered,
    PageBreak,
    Paragraph,
    Properties,
    Quote,
    Report,
    Table,
    emphasis,
    link,
    plain,
    runs,
    split_paragraphs,
    strong,
)

WRITTEN = datetime(2027, 3, 31, 9, 30, tzinfo=UTC)

CAUSES = (
    CauseCount("Nobody asked why, and there is no goal", 2, 1, 3),
    CauseCount("The goal is followers or likes", 1, 0, 2),
    CauseCount("There are no rules for voice, links, conduct and complaints", 3, 1, 4),
    CauseCount("Advertising instead of being part of the conversation", 0, 0, 2),
    CauseCount("Questions stay unanswered, and everything is about us", 1, 2, 3),
    CauseCount("Where colleagues are, not where clients are", 0, 2, 2),
    CauseCount("Time is spent in the wrong place for its purpose", 1, 1, 2),
    CauseCount("Nothing is tracked", 2, 0, 2),
    CauseCount("Time is not budgeted and spread too thin", 2, 1, 4),
    CauseCount("Social media stands apart from the larger plan", 0, 0, 2),
)


def make_figure(name: str = "causes") -> Figure:
    """The picture of the causes as a figure."""
    return Figure.of(draw(CAUSES, name=name), name=name)


def make_goals_table(rows: int = 3) -> Table:
    """A table with every kind of column."""
    columns = (
        Column("Goal", width=3),
        Column("Today", kind="number"),
        Column("Share", kind="percent"),
        Column("Worth", kind="money", unit="GBP", width=1.3),
        Column("By", kind="date", width=1.3),
    )
    rates = (Decimal("12.5"), 3, 0.4)
    return Table(
        columns=columns,
        rows=tuple(
            (
                f"Enquiries through the contact page, part {number}",
                1200 + number,
                rates[number % 3],
                Decimal("1234.50"),
                date(2027, 6, 30),
            )
            for number in range(1, rows + 1)
        ),
        caption="Goals with what they start from",
    )


def make_rich_report() -> Report:
    """A report with every kind of block, as a document of the workbook would use them."""
    return Report(
        title="Social media strategy",
        subtitle="A plumbing company, for the 90 days from 31 March 2027",
        header_note="Draft: 4 decisions open",
        footer_note="Made with the social media strategy workbook",
        contents=True,
        properties=Properties(
            author="A plumbing company",
            subject="Strategy",
            keywords=("strategy", "social media"),
            written=WRITTEN,
        ),
        blocks=(
            Heading(1, "What this is for"),
            Paragraph.of(
                "We are here because ",
                strong("people who need a plumber"),
                " ask their ",
                emphasis("neighbours"),
                " first. See ",
                link("how it is counted", "https://example.com/a b?q=é#x"),
                " and ",
                link("the goals", "#goals"),
                ".",
            ),
            KeyValues.of(
                ("Who it is for", "Home owners within 20 miles"),
                ("Hours a week", "4"),
                ("Not known yet", ""),
            ),
            KeyValues.of(
                (
                    "What would you lose if these accounts were closed tomorrow?",
                    "Very little so far.",
                ),
                ("Why was the first account opened?", "Because everybody had one."),
            ),
            Heading(1, "What misses the mark", anchor="diagnosis"),
            Paragraph.of("You are not alone, and this can be mended."),
            make_figure(),
            Heading(1, "Goals", anchor="goals"),
            Heading(2, "Three goals"),
            make_goals_table(),
            Callout(
                "decision",
                "One platform, not four",
                (
                    Paragraph.of("Facebook stays; the others are closed by 30 April 2027."),
                    Bullets.of(
                        "It is where clients are.", runs("It fits ", strong("4 hours"), ".")
                    ),
                    Numbered.of("Say so on the profile.", "Point to the one that stays."),
                ),
            ),
            Callout("open", "Nobody has been named who answers at weekends"),
            Callout(
                "note", "Small counts", (Paragraph.of("15 visits are too few to tell from luck."),)
            ),
            Heading(3, "In the words of a customer"),
            Quote((plain("I found you through the neighbourhood page."),), "a customer, May 2027"),
            PageBreak(),
            Heading(1, "Rules"),
            Bullets.of(
                "Answer within one working day.", "Say thank you.", "Never argue in public."
            ),
            Heading(2, "When somebody complains"),
            Numbered.of("Thank them.", "Ask what happened.", "Move to the phone."),
            Heading(2, "When it is about safety"),
            Numbered.of("Phone them.", "Write it down."),
            Heading(1, "Accounts"),
            Table((Column("Account"), Column("Last post", kind="date")), (), caption="Accounts"),
        ),
    )


HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd()|' /C calc'!A0",
    "A\x00B\x0bC\x1f and \ud800 and \ufffe",
    "**not strong** _not_ `code` [no](http://no.example) | a cell ~~no~~ # no $x$ &amp; \\",
    "# not a heading\n- not a list\n1. not a list\n> not a quote\n---\n=== \n+ no",
    "السلام عليكم، نحن شركة سباكة",
    "שלום עולם (2027)",
    "水管工 公司，二〇二七年",  # noqa: RUF001 - a Chinese comma is part of the sample
    "😀 👩‍🔧 🇬🇧",
    "]]> --> ${title} $title {number} %s \\n {{x}}",
    "a\tb\r\nc\u2028d",
)


def make_hostile_report() -> Report:
    """Everything people and programs can type, in every place that takes text."""
    long_text = "word " * 3_500 + "\n\n" + "W" * 2_500
    blocks = []
    for number, text in enumerate(HOSTILE):
        blocks += [
            Heading(2, text),
            Paragraph.of(text, strong(text), emphasis(text), link(text, "javascript:alert(1)")),
            Bullets.of(text),
            Numbered.of(text, text),
            KeyValues.of((text, text)),
            Quote(runs(text), text),
            Callout("open", text, (Paragraph.of(text), Bullets.of(text))),
            Table((Column(text), Column(text)), ((text, text), (None, 3)), caption=text),
            make_hostile_figure(text, number),
        ]
    return Report(
        title=HOSTILE[0] + HOSTILE[3],
        subtitle=HOSTILE[4],
        header_note="</style><script>alert(2)</script>",
        footer_note='"; } </style> \\ “x”',
        contents=True,
        properties=Properties(HOSTILE[2], HOSTILE[0], (HOSTILE[3],), WRITTEN),
        blocks=(
            *blocks,
            Heading(1, "A long answer"),
            *split_paragraphs(long_text),
            Table((Column("Long"), Column("Beside")), ((long_text, "x"),)),
        ),
    )


def make_hostile_figure(text: str, number: int) -> Figure:
    """A picture whose labels somebody typed."""
    picture = draw((CauseCount(text, 1, 1, 3),), name=f"hostile {number} <x>")
    return Figure.of(picture, caption=text)


def make_empty_report() -> Report:
    """Nothing but a title."""
    return Report(title="Social media strategy", blocks=())


def make_long_report() -> Report:
    """About twelve pages with two pictures."""
    filler = "We answer every question within one working day, and we say who we are. " * 6
    parts: list[object] = []
    for number in range(1, 11):
        parts += [
            Heading(1, f"Part {number}"),
            *(Paragraph.of(filler) for _ in range(4)),
            Heading(2, "What was decided"),
            Bullets.of(*(filler[:150] for _ in range(4))),
            make_goals_table(8),
        ]
    pictures = (make_figure("then"), make_figure("now"))
    return Report(
        "Social media strategy",
        (*parts[:8], pictures[0], *parts[8:], pictures[1]),
        subtitle="In full",
        contents=True,
    )


SAMPLES = {
    "rich": make_rich_report,
    "hostile": make_hostile_report,
    "empty": make_empty_report,
    "long": make_long_report,
}
