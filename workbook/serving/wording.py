"""What the server itself says to a visitor: its own words and the privacy page."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from workbook.content import BASE_LANGUAGE, load_markdown, load_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.settings import Settings


def read_words(language: str = BASE_LANGUAGE) -> Mapping[str, Any]:
    """The server's own words, by name: treat them as frozen."""
    return load_words("serving/words.toml", language)


def fill_privacy(
    settings: Settings,
    *,
    has_copies: bool = False,
    is_elsewhere: bool = False,
    language: str = BASE_LANGUAGE,
) -> str:
    """“What happens to your answers” as HTML, with who runs this server and for how long.

    What the settings say is escaped: the operator's name is text, never markup. ``has_copies``
    says whether copies of the database lie there, also where none is to be kept;
    ``is_elsewhere`` that it is a database server's, which we do not copy.
    """
    words = read_words(language)["privacy"]
    text = _privacy_html(language)
    months = words["month"] if settings.keep_months == 1 else words["months"]
    for name, value in {
        "{operator}": _name_operator(settings, words),
        "{months}": months.format(months=settings.keep_months),
        "{copies}": words["elsewhere"]
        if is_elsewhere
        else _tell_copies(settings, words, has_copies=has_copies),
        "{demo}": words["demo"] if settings.demo else "",
    }.items():
        text = text.replace(name, escape(value))
    return text.replace("<p></p>", "")


def _tell_copies(settings: Settings, words: dict[str, str], *, has_copies: bool) -> str:
    """For how long a deleted plan still lies sealed in copies of the database."""
    if not (settings.copies or has_copies):
        return ""
    form = words["copies"] if settings.copies > 1 else words["copy" if settings.copies else "left"]
    return f"{form} {words['back']}".replace("{days}", str(settings.copies))


def _name_operator(settings: Settings, words: dict[str, str]) -> str:
    if not settings.operator:
        return words["nobody"]
    parts = [words["operator"].replace("{operator}", settings.operator)]
    if settings.operator_contact:
        parts.append(words["contact"].replace("{contact}", settings.operator_contact))
    return " ".join(parts)


@cache
def _privacy_html(language: str) -> str:
    import mistune  # noqa: PLC0415 # heavy, and asked for by few visitors

    return str(mistune.html(load_markdown("serving/privacy.md", language)))
