"""What an audit of posts says on a page: shares, the picture, nine indicators, and how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.charts.mix import draw
from workbook.evidence import write_source
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.pictures import write_picture, write_table
from workbook.mix.indicators import Name
from workbook.mix.wording import (
    Told,
    load_mix_words,
    name_spans,
    write_accuracy,
    write_doubt,
    write_head,
    write_indicator,
    write_limit,
    write_share,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.imports.social import Gathered
    from workbook.mix import Audit

_YARDSTICK = "Q11"
_FEWEST_SPANS = 2


def write_audit(audit: Audit, gathered: Gathered, words: Mapping[str, Any], language: str) -> Html:
    """Everything but the posts themselves."""
    return join_html(
        [
            write_paragraphs(write_head(audit, gathered.twice, language), "wb-lead"),
            write_paragraphs(write_doubt(audit, language), "wb-hint"),
            _write_shares(audit, words, language),
            *_write_picture(audit, words, language),
            *_write_indicators(audit, words, language),
        ]
    )


def write_sold(audit: Audit, words: Mapping[str, Any], language: str) -> str:
    """The share that sells, beside its limit."""
    sold = audit.indicator(Name.PROMOTION)
    share = write_share(sold.hits, sold.of, language)
    return str(words["sold"]).format(share=share, limit=write_limit(sold.limit, language))


def _write_shares(audit: Audit, words: Mapping[str, Any], language: str) -> Html:
    """The two shares the business chose limits for."""
    said = load_mix_words(language)
    talk = words["sold"].format(
        share=write_share(audit.talk, audit.all, language, is_whole=audit.knows_replies),
        limit=write_limit(audit.talk_limit, language),
    )
    notes = [] if audit.knows_replies else [said["talk"]["no_replies"]]
    sold = audit.indicator(Name.PROMOTION)
    form = (
        "<h4>{title}</h4><dl class='wb-shares'>"
        "<div class='{sold_look}'><dt>{sold_title}</dt><dd>{sold}</dd></div>"
        "<div class='{talk_look}'><dt>{talk_title}</dt><dd>{talk}{notes}</dd></div></dl>"
    )
    return Html(
        fill_html(
            form,
            title=words["shares"],
            sold_title=said["indicators"]["promotion"]["title"],
            sold=write_sold(audit, words, language),
            sold_look="wb-off" if sold.is_flagged and sold.is_clear else "wb-on",
            talk_title=said["talk"]["title"],
            talk=talk,
            talk_look="wb-off" if audit.is_talk_low else "wb-on",
            notes=join_html([write_paragraphs(note, "wb-hint") for note in notes]),
        )
    )


def _write_picture(audit: Audit, words: Mapping[str, Any], language: str) -> list[Html]:
    if not audit.spans:
        return [write_paragraphs(words["no_dates"], "wb-hint")]
    if len(audit.spans) < _FEWEST_SPANS:
        return []
    limit = audit.indicator(Name.PROMOTION).limit
    most = limit.value if limit else 0.0
    stretches = name_spans(audit.spans, language)
    picture = draw(stretches, most, audit.talk_limit.value, language=language)
    return [write_picture(picture, words["table"])]


# -- the indicators ------------------------------------------------------------------------------


def _write_indicators(audit: Audit, words: Mapping[str, Any], language: str) -> list[Html]:
    told = [write_indicator(each, language) for each in audit.indicators]
    held = load_mix_words(language)["limits"]["held"]
    rows = tuple((each.title, _write_cell(each, held)) for each in told)
    table = write_table(words["indicators"], tuple(words["columns"]), rows)
    flagged = [each for each in told if each.do]
    unknown = [each for each in told if each.ask]
    return [
        table,
        write_paragraphs(f"{words['yardstick']} {write_source(_YARDSTICK, language)}", "wb-hint"),
        *_write_cards(flagged, "look", words),
        *_write_cards(unknown, "ask", words),
    ]


def _write_cell(told: Told, held: str) -> Html:
    """The verdict, the figure with its bounds, and what it is held against."""
    limit = held.format(limit=told.limit) if told.limit else ""
    below = filter(None, (told.between, limit))
    lines = [fill_html('<br><span class="wb-limit">{x}</span>', x=text) for text in below]
    form = "<strong>{verdict}</strong><br>{value}{lines}"
    return Html(fill_html(form, verdict=told.verdict, value=told.value, lines=join_html(lines)))


def _write_cards(told: list[Told], name: str, words: Mapping[str, Any]) -> list[Html]:
    if not told:
        return []
    title = Html(fill_html("<h4>{title}</h4>", title=words[name]))
    cards = join_html([_write_card(each, words) for each in told])
    if name == "look":
        return [title, cards]
    form = '<details class="wb-more"><summary>{title} ({count})</summary>{lead}{cards}</details>'
    lead = write_paragraphs(words["ask_lead"])
    return [Html(fill_html(form, title=words[name], count=len(told), lead=lead, cards=cards))]


def _write_card(told: Told, words: Mapping[str, Any]) -> str:
    label, text = (words["ask_for"], told.ask) if told.ask else (words["do"], told.do)
    value = write_paragraphs(" ".join(filter(None, (f"{told.value}.", told.between, told.note))))
    return fill_html(
        '<section class="wb-check {look}"><h5>{title}</h5><p>{means}</p>{value}'
        "<p><strong>{label}</strong> {text}</p></section>",
        look="wb-unseen" if told.ask else "wb-wrong",
        title=told.title,
        means=told.means,
        value=Html("") if told.ask else value,
        label=label,
        text=text,
    )


def write_how_sure(words: Mapping[str, Any], language: str) -> Html:
    """How well the signs tell posts that sell, folded away."""
    told, limits = write_accuracy(language)
    form = (
        "<details class='wb-why'><summary>{title}</summary><p>{told}</p><p>{limits}</p></details>"
    )
    return Html(fill_html(form, title=words["accuracy"], told=told, limits=limits))
