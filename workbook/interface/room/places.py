"""The progress board: who is where, who is stuck, and what is found most often in the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbook.checks import Status
from workbook.content import load_steps
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html
from workbook.interface.room.forms import write_press
from workbook.interface.room.showing import read_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.workshop.board import Board, BoardRow
    from workbook.workshop.returning import Moved, Return

_MOST_FINDINGS: Final = 5
_MINUTE: Final = 60


def write_board(board: Board | None, language: str, *, steps: bool = False) -> Html:
    """Each participant with the step they are at and what they have finished.

    With ``steps`` a second table says where everybody stands in each.
    """
    words = read_words("lead", language)["board"]
    if board is None:
        return write_paragraphs(words["closed"], "wb-hint")
    if not board.rows:
        return write_paragraphs(_tell_silent(board, words) or words["nobody"], "wb-hint")
    turn = words["steps_hide" if steps else "steps"]
    parts: list[str] = [
        _write_table(board, words, language),
        write_press("lead.steps", turn),
        _write_steps(board, words, language) if steps else "",
        _write_common(board, words),
    ]
    return join_html(parts)


def _tell_silent(board: Board, words: Mapping[str, Any]) -> str:
    """How many are in the room and told nothing; empty where everybody did."""
    form = str(words["silent_one" if board.silent == 1 else "silent"])
    return form.format(count=board.silent) if board.silent else ""


def _write_table(board: Board, words: Mapping[str, Any], language: str) -> Html:
    titles = {step.id: step.task for step in load_steps(language)}
    head = [
        fill_html('<th scope="col">{x}</th>', x=words[name])
        for name in ("who", "step", "done", "seen")
    ]
    rows = [_write_row(row, titles, words) for row in board.rows]
    form = (
        '<div class="wb-table wb-board-table" role="region" aria-label="{caption}" tabindex="0">'
        '<table><caption class="wb-hidden">{caption}</caption><thead><tr>{head}</tr></thead>'
        "<tbody>{rows}</tbody></table></div>{silent}"
    )
    silent = _tell_silent(board, words)
    return Html(
        fill_html(
            form,
            caption=words["caption"],
            head=join_html(head),
            rows=join_html(rows),
            silent=write_paragraphs(silent, "wb-hint"),
        )
    )


def _write_row(row: BoardRow, titles: Mapping[str, str], words: Mapping[str, Any]) -> str:
    minutes = int(row.idle.total_seconds() // _MINUTE)
    ago = words["ago"].format(minutes=minutes) if minutes else words["just"]
    seen = fill_html("{x}", x=ago)
    if row.is_stuck:
        seen = fill_html(
            '<span class="wb-stuck">{x}</span>', x=words["stuck"].format(minutes=minutes)
        )
    elif row.is_away:
        seen = fill_html("{x}", x=words["away"])
    begun = sum(status is not Status.NOT_NEEDED for status in row.statuses.values())
    whole = words["shares_whole"].format(who=row.label)
    press = write_press("lead.plan", words["shares"], value=row.seat, name=whole)
    form = (
        '<tr><th scope="row" dir="auto">{who} {share}</th>'
        "<td>{step}</td><td>{done}</td><td>{seen}</td></tr>"
    )
    return fill_html(
        form,
        who=row.label,
        share=press if row.plan_key else "",
        step=titles.get(row.step, words["elsewhere"]),
        done=words["of"].format(count=row.completed, all=begun),
        seen=Html(seen),
    )


def _write_steps(board: Board, words: Mapping[str, Any], language: str) -> Html:
    """Where each participant stands in each step, and the way to put somebody out."""
    steps = load_steps(language)
    head = join_html([fill_html('<th scope="col">{x}</th>', x=step.title) for step in steps])
    rows = [
        fill_html(
            '<tr><th scope="row" dir="auto">{who} {out}</th>{cells}</tr>',
            who=row.label,
            out=write_press(
                "lead.out",
                words["out"],
                value=row.seat,
                name=words["out_whole"].format(who=row.label),
            ),
            cells=join_html([_write_status(row.statuses.get(step.id), words) for step in steps]),
        )
        for row in board.rows
    ]
    form = (
        '{what}<div class="wb-table wb-board-table wb-steps-table" role="region" '
        'aria-label="{label}" tabindex="0"><table><thead><tr><th scope="col">{who}</th>{head}</tr>'
        "</thead><tbody>{rows}</tbody></table></div>"
    )
    return Html(
        fill_html(
            form,
            label=words["steps"],
            what=write_paragraphs(words["out_what"], "wb-hint"),
            who=words["who"],
            head=head,
            rows=join_html(rows),
        )
    )


def _write_status(status: Status | None, words: Mapping[str, Any]) -> str:
    told = words["statuses"][(status or Status.NOT_STARTED).value]
    return fill_html("<td>{x}</td>", x=told)


def _write_common(board: Board, words: Mapping[str, Any]) -> Html:
    """The findings that most have in common; what only one has is theirs alone."""
    common = board.findings[:_MOST_FINDINGS]
    rows = [
        Html(fill_html("{x}", x=words["common_row"].format(what=each.what, count=each.count)))
        for each in common
    ]
    none = write_paragraphs(words["common_none"], "wb-hint")
    shown = list_html(rows, "wb-plain") if rows else none
    return Html(fill_html("<h4>{title}</h4>{shown}", title=words["common"], shown=shown))


def write_return(back: Return | None, language: str) -> Html:
    """Ninety days later: who came back, and what moved at each of them."""
    if back is None:
        return Html("")
    words = read_words("lead", language)["return"]
    titles = {step.id: step.task for step in load_steps(language)}
    rows = [Html(_tell_moved(each, titles, words)) for each in back.came]
    count = words["came"].format(count=len(back.came), all=back.agreed)
    form = "<h4>{title}</h4><p>{count}</p>{rows}"
    return Html(
        fill_html(form, title=words["title"], count=count, rows=list_html(rows, "wb-plain"))
    )


def _tell_moved(moved: Moved, titles: Mapping[str, str], words: Mapping[str, Any]) -> str:
    done = ", ".join(titles[step] for step in moved.completed if step in titles)
    parts = [
        words["done"].format(steps=done) if done else "",
        words["mended"].format(count=len(moved.mended)) if moved.mended else "",
        words["reviewed"] if moved.reviewed else "",
    ]
    told = " ".join(part for part in parts if part) or words["nothing"]
    return fill_html('<b dir="auto">{who}</b> {told}', who=moved.label, told=told)
