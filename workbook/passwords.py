"""Passwords and other secrets: how a text that holds one is told, and answers that hold none.

A plan says where a password is kept, and never the password. An answer of a guarded kind is
refused when a secret is found in it, and what was typed is then kept nowhere. No rule can tell a
password of plain words from other words; such a one is told only where a word such as “password”
stands before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, Final

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from workbook.discovery import read_toml
from workbook.password_keys import has_card, has_seed
from workbook.values import Handle, Kind, LongText, Problem, Text, read

WORDS: Final = "passwords.toml"
_SHORTEST: Final = 6
"""Letters of the shortest password that is told by its looks alone."""
_LONG: Final = 16
_YEAR: Final = 4
_MANY_HUMPS: Final = 3
_QUOTES: Final = "\"'`´‘’“”„«»‹›()[]{}<>,.;:…"  # noqa: RUF001 - as people type them
_SPECIAL: Final = re.compile(r"[!#$%^&*+=?@~|<>{}\[\]\\§°]")
_ODD: Final = re.compile(r"[!#$%^*?@~\\§°]")
"""Special signs within a word that are neither markup nor a sum."""
_ADDRESS: Final = re.compile(
    r"^(?:https?://|www\.)\S+$|^\S+@[\w-]+(?:\.[\w-]+)+$|^[\w-]+(?:\.[\w-]+)+(?:/\S*)?$|^[@#][\w.]+$",
    re.IGNORECASE,
)
_DAY: Final = re.compile(r"^\d{1,4}([./-])\d{1,2}\1\d{1,4}$|^\d{1,2}[:.h]\d{2}$|^(?:19|20)\d{2}$")
_PARTED: Final = re.compile(
    r"(?<![\w-])(?=[a-z0-9-]*\d)(?=[0-9-]*[a-z])[a-z0-9]{4,8}(?:-[a-z0-9]{4,8}){1,7}(?![\w-])",
    re.IGNORECASE,
)
_EIGHT: Final = re.compile(r"(?<![\d+])(?:\d{4}[ -]\d{4}|\d{8})(?!\d|[ -]\d)")
_EIGHTS: Final = re.compile(r"(?<![\d+])\d{8}(?:[ ,;]+\d{8}){2,}(?!\d)")
_NUMBERED: Final = re.compile(r"[^\W\d_]{3,}\d{2,}")
_SHOUTED: Final = re.compile(r"[^\W\d_]{7,}[!#$%*?]+")
"""A word and a sign; seven letters, since shorter words are shouted."""
_GROUPS: Final = re.compile(r"\d{4}(?:-\d{4})+")
_MIXED_FOUR: Final = re.compile(r"(?=\w*\d)(?=\w*[^\W\d_])[^\W_]{4,}")
_SCHEME: Final = re.compile(
    r"otpauth(?:-migration)?://|-----BEGIN [A-Z ]*PRIVATE KEY", re.IGNORECASE
)
_HEAD_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d\w+")  # noqa: RUF001 - as people type it
_PHRASE: Final = re.compile(r"[^.;!?\n]*")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_toml(WORDS)[name])


@cache
def _announcement() -> re.Pattern[str]:
    """A word such as “password”, and what links it to what follows."""
    labels = "|".join(re.escape(w) for w in sorted(_words("labels"), key=len, reverse=True))
    links = "|".join(re.escape(word) for word in sorted(_words("links"), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:{labels})(?!\w)(?P<sign>\s*(?:[:=]|-+>|→|\s[-–—]\s)\s*|\s+(?:{links})(?!\w)\s*:?\s*"  # noqa: RUF001 - dashes as typed
        r"|\s+)(?P<rest>\S.{0,199})?",
        re.IGNORECASE,
    )


_NAME_THERE: Final = re.compile(r"@?[\w.-]+|\+?[\d ()/.-]+")
"""The name of an account as networks allow it, or a phone number."""


def _any_of(names: str) -> str:
    return "|".join(re.escape(word) for word in sorted(_words(names), key=len, reverse=True))


@cache
def _plain() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_any_of('firm')})\s+(?P<word>[^\W\d_]{{4,40}})[!.]?(?:\s?\d{{1,6}})?",
        re.IGNORECASE,
    )


@cache
def _codes() -> re.Pattern[str]:
    """A word such as “code”, linked to what follows, with the word before it."""
    return re.compile(
        rf"(?:(?<!\S)(?P<before>\S{{1,40}})\s+)?(?<!\w)(?:{_any_of('codes')})"
        rf"(?:\s*[:=]\s*|\s+(?:{_any_of('links')})\s+)(?P<after>\S{{1,60}})",
        re.IGNORECASE,
    )


@cache
def _codes_after() -> re.Pattern[str]:
    """What stands at once before a word such as “password”, or is said to be one."""
    return re.compile(
        rf"(?<!\S)(?P<before>\S{{4,60}})\s+(?:(?:is|ist|est|=)\s+(?:the|our|das|der|unser|le)\s+)?"
        rf"[(\[]?(?:{_any_of('labels')})(?!\w)(?!\s+(?:{_any_of('links')}|in|at|for)(?!\w))",
        re.IGNORECASE,
    )


def holds_secret_name(text: str) -> bool:
    """Whether what was typed as the name of an account holds a password.

    Names mix letters and numbers as passwords do, and addresses hold the numbers of pages, so of
    those only what is announced by a word counts.

    Args:
        text: The name of an account in its place, or the address of its profile.
    """
    if _is_announced(text, is_place=False) or _SCHEME.search(text):
        return True
    token = text.strip()
    is_name = _NAME_THERE.fullmatch(token) or _ADDRESS.match(token)
    return not is_name and holds_secret(text)


def holds_secret(text: str, *, is_place: bool = False) -> bool:
    """Whether a password, a code, a key or the number of a card seems to stand in a text.

    Args:
        text: What somebody typed.
        is_place: Whether the text is to say where a password is kept. Then anything that looks
            like a password counts; else only what can hardly be anything else.
    """
    if _SCHEME.search(text) or _is_announced(text, is_place=is_place):
        return True
    if _has_codes(text, is_place=is_place) or has_seed(text) or has_card(text):
        return True
    if _is_written_plainly(text):
        return True
    tokens = [token for token in map(_trim, text.split()) if token]
    if is_place and len(tokens) <= 1:
        return bool(tokens) and _is_lone_secret(text.strip())
    if is_place and " ".join(tokens).casefold() in _words("common"):
        return True
    return any(_is_secret(word, is_place=is_place) for word in text.split())


# -- written as people write such things -------------------------------------------------------


def _is_written_plainly(text: str) -> bool:
    """Whether a line is a password alone, or names one in the ways people note them down."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) == 1 and _ends_oddly(lines[0].strip()):
        return True
    rules = (_is_lone, _names_plainly, _names_login, _names_code)
    return any(rule(line) for line in lines for rule in rules)


def _ends_oddly(text: str) -> bool:
    """Whether a word is followed by a sign at once, as in passwords that have to have one."""
    return bool(_SHOUTED.fullmatch(text)) and _trim(text).casefold() not in _words("known")


def _is_lone(line: str) -> bool:
    token = _trim(line.strip())
    return bool(_NUMBERED.fullmatch(token)) and not _is_named(token)


def _names_plainly(line: str) -> bool:
    """Whether a line is a word for passwords, one plain word after it, and no more."""
    match = _plain().fullmatch(line.strip())
    if not match:
        return False
    word = match["word"].casefold()
    return not any(word in _words(n) for n in ("after", "places_begin", "known", "numbered"))


def _names_login(line: str) -> bool:
    """Whether a name to log in with is followed by a password: “login salon / blume77”."""
    words = [_trim(word) for word in re.split(r"[\s/|:=,;]+", line)]
    at = next((n for n, word in enumerate(words) if word.casefold() in _words("logins")), None)
    return at is not None and any(_is_lone(word) for word in words[at + 1 :])


def _names_code(line: str) -> bool:
    """Whether a code stands before or after a word for it."""
    for match in _codes().finditer(line):
        before, after = _trim(match["before"] or ""), _trim(match["after"] or "")
        if before.casefold() not in _words("open_codes") and after and _is_code(after):
            return True
    return any(_is_code_before(_trim(match["before"])) for match in _codes_after().finditer(line))


def _is_code(token: str) -> bool:
    return bool(re.fullmatch(r"\d{3,}", token)) or _looks_noted(token)


def _is_code_before(token: str) -> bool:
    return bool(_GROUPS.fullmatch(token)) or _looks_noted(token)


def _looks_noted(token: str) -> bool:
    """Whether a word is parted like a code, or ends in a number as passwords do."""
    if _is_named(token):
        return False
    return bool(_PARTED.fullmatch(token) or _NUMBERED.fullmatch(token))


# -- announced by a word -----------------------------------------------------------------------


def _is_announced(text: str, *, is_place: bool) -> bool:
    """Whether a word such as “password” is followed by something that is no place."""
    for line in text.splitlines():
        at = 0
        while match := _announcement().search(line, at):
            if _follows_secret(match["sign"], match["rest"] or "", is_place=is_place):
                return True
            at = match.start() + 1 if match["rest"] is None else match.start("rest")
    return False


def _follows_secret(sign: str, rest: str, *, is_place: bool) -> bool:
    first = _trim(next(iter(rest.split(maxsplit=1)), ""))
    if not first:
        return False
    if not sign.strip():  # “PIN 4711”, “password hunter2”: nothing but a space between
        digits = first.isdigit() and len(first) >= 3  # noqa: PLR2004 - the shortest PIN
        mixed = _PARTED.fullmatch(first) or _MIXED_FOUR.fullmatch(first)
        return digits or _looks_made(first, is_place=True) or bool(mixed and not _is_named(first))
    return not _is_place(rest) or _looks_made(first, is_place=is_place)


def _is_place(rest: str) -> bool:
    """Whether words tell a place or a person, and not a password."""
    phrase = _PHRASE.match(rest)
    words = [w for w in (_trim(w).casefold() for w in (phrase[0] if phrase else "").split()) if w]
    if not words:
        return True
    named = _words("known") | _words("numbered")
    return words[0] in _words("places_begin") or any(word in named for word in words)


# -- told by its looks -------------------------------------------------------------------------


def _trim(token: str) -> str:
    return token.strip(_QUOTES)


def _is_named(token: str) -> bool:
    """Whether a word is the name of a program or a thing, with a number or without."""
    plain = token.casefold()
    if plain in _words("known") or _ADDRESS.match(token) or _DAY.match(token):
        return True
    return plain.rstrip("0123456789") in _words("numbered")


def _is_lone_secret(text: str) -> bool:
    """Whether a text of one word is a password rather than the name of a place."""
    token = _trim(text)
    if _is_named(token):
        return False
    if token.isalpha():
        return token.casefold() in _words("common") or _count_humps(token) >= _MANY_HUMPS
    return any(c.isdigit() for c in token) or bool(_SPECIAL.search(text))


def _is_secret(word: str, *, is_place: bool) -> bool:
    """Whether a word among others looks like a password."""
    token = _trim(word)
    parts = [part for part in re.split(r"[/|:=]", token) if part] if not _is_named(token) else []
    return any(
        not _is_named(part) and _looks_made(part, is_place=is_place)
        for part in (*parts[:8], token)
        if parts
    )


def _looks_made(token: str, *, is_place: bool) -> bool:
    """Whether a word mixes signs as passwords do."""
    if _is_named(token) or len(token) < _SHORTEST:
        return False
    has_digit, has_letter = (any(map(is_, token)) for is_ in (str.isdigit, str.isalpha))
    if not has_letter:
        return is_place and has_digit and bool(_SPECIAL.search(token))
    if not has_digit:
        return _count_humps(token) >= _MANY_HUMPS and len(token) >= _SHORTEST + 2
    is_plain = token.replace("-", "").isalnum()
    if is_place:
        return "-" not in token or not is_plain or len(token) >= _LONG
    is_long_key = is_plain and len(token) >= _LONG and sum(map(str.isdigit, token)) >= _YEAR
    return is_long_key or _mixes(token)


def _mixes(token: str) -> bool:
    """Whether a word with letters and digits can hardly be anything but a password."""
    if _ODD.search(token):
        return True
    match = re.fullmatch(r"[^\W\d_]+(\d+)", token)
    if match:
        return token[0].isupper() and len(match[1]) >= _YEAR
    digits = sum(map(str.isdigit, token))
    mixed = any(map(str.isupper, token)) and any(map(str.islower, token))
    return mixed and digits > 1 and bool(re.search(r"[^\W\d_]\d+[^\W\d_]", token))


def _count_humps(token: str) -> int:
    """How often a capital follows a small letter."""
    return sum(a.islower() and b.isupper() for a, b in pairwise(token))


# -- codes, keys and cards ---------------------------------------------------------------------


def _has_codes(text: str, *, is_place: bool) -> bool:
    """Whether codes to get back in stand in a text, such as “1234 5678” or “a1b2c-3d4e5”."""
    if is_place and text.strip().isdigit() and not _DAY.match(text.strip()):
        return True
    if _EIGHTS.search(text):
        return True
    least = 1 if is_place else 2
    parted = [m for m in _PARTED.finditer(text) if not _is_named(m[0])]
    return len(parted) >= least or len(_EIGHT.findall(text)) >= least


# -- columns -----------------------------------------------------------------------------------


def is_secret_column(head: str) -> bool:
    """Whether the cells below a head are passwords or codes, and not the places they are kept."""
    words = _HEAD_WORD.findall(head.casefold())
    columns, named = _words("columns"), " ".join(words)
    if named in columns or head.strip().casefold() in columns:
        return True
    told = any(f" {label} " in f" {named} " for label in columns)
    return told and not _words("column_places") & set(words)


# -- answers -----------------------------------------------------------------------------------

REFUSED: Final = frozenset({"secret-for-place", "secret-in-text"})
"""The problems of texts in which a secret was found; such a text is kept nowhere."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """Marks the annotation of an answer in which no secret may stand."""

    is_place: bool = False
    is_name: bool = False

    def is_broken_by(self, text: str) -> bool:
        """Whether a secret seems to stand in what was typed as such an answer."""
        if self.is_name:
            return holds_secret_name(text)
        return holds_secret(text, is_place=self.is_place)


def _guard(shape: Any, problem: str, guard: Guarded) -> BeforeValidator:  # noqa: ANN401 - a shape
    def check(raw: object) -> str:
        value = read(shape, raw)
        if isinstance(value, Problem):
            raise PydanticCustomError(value.id, value.id, dict(value.values) or None)
        text = str(value or "")
        if guard.is_broken_by(text):
            raise PydanticCustomError(problem, problem)
        return text

    return BeforeValidator(check)


_PLACE, _PLAIN, _NAME = Guarded(is_place=True), Guarded(), Guarded(is_name=True)

PasswordPlace = Annotated[
    str, _guard(Text, "secret-for-place", _PLACE), _PLACE, Kind("password_place")
]
"""Where a password is kept; a text that looks like the password itself is refused."""
GuardedText = Annotated[str, _guard(Text, "secret-in-text", _PLAIN), _PLAIN, Kind("guarded_text")]
"""Text on one line, refused where a password or another secret stands in it."""
GuardedLongText = Annotated[
    str, _guard(LongText, "secret-in-text", _PLAIN), _PLAIN, Kind("guarded_long_text")
]
"""Text on several lines, refused where a password or another secret stands in it."""
GuardedName = Annotated[str, _guard(Text, "secret-in-text", _NAME), _NAME, Kind("guarded_text")]
"""A name that people see, refused where a password stands in it."""
GuardedHandle = Annotated[str, _guard(Handle, "secret-in-text", _NAME), _NAME, Kind("guarded_text")]
"""The name of an account in its place, one word, refused where a password stands in it."""
