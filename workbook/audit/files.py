"""Pasted and uploaded pages as text: packed, saved in one file, in old encodings, or no pages."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 5_000_000
"""Bytes of a page; those that people visit are far smaller."""
MOST_PAGES = 20

_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
_LOOK = 4096
_KINDS = {
    "pdf": (b"%PDF",),
    "picture": (
        b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00",
    ),
    "archive": (
        b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd",
        _GZIP,
    ),
    "office": (b"\xd0\xcf\x11\xe0", b"{\\rtf"),
    "webarchive": (b"bplist",),
}  # fmt: skip
"""What a file is by its first bytes, where it is no page."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SAVED = re.compile(rb"^(?:From: |MIME-Version:|Snapshot-Content-Location:)", re.IGNORECASE)
_NO_PAGES = {"utf-7", "punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined"}
"""Encodings that no browser takes: some hide letters, some take minutes."""
_LATIN = {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "iso8859-1"}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A page that cannot be looked at; ``id`` names its words under ``[unreadable]``."""

    name: str
    id: str
    values: Mapping[str, object] = field(default_factory=dict)


def read_file(name: str, raw: bytes, charset: str = "") -> str | Unreadable:
    """The HTML in a file, whatever it was packed or encoded in, or why there is none.

    Args:
        name: What the file is called, for telling about it.
        raw: Its bytes.
        charset: The encoding that came with it, where one did.
    """
    if raw.startswith(_GZIP):
        unpacked = _unpack(name, raw)
        if isinstance(unpacked, Unreadable):
            return unpacked
        raw = unpacked
    if len(raw) > LARGEST:
        return Unreadable(name, "too-large", {"limit": LARGEST // 1_000_000})
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return Unreadable(name, "empty")
    kind = next((k for k, marks in _KINDS.items() if raw.startswith(marks)), "")
    if kind:
        return Unreadable(name, f"is-{kind}")
    if _SAVED.match(raw.lstrip()):
        try:
            raw, charset = _open_saved(raw)
        except RecursionError:
            return Unreadable(name, "too-deep")
    return _decode(name, raw, charset)


def _unpack(name: str, raw: bytes) -> bytes | Unreadable:
    """What is in a gzip file, never more than a page may hold: a small file can hold gigabytes."""
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        unpacked = unpacker.decompress(raw, LARGEST + 1)
    except zlib.error:
        return Unreadable(name, "broken-archive")
    if not unpacked and not unpacker.eof:
        return Unreadable(name, "broken-archive")
    return unpacked


def _open_saved(raw: bytes) -> tuple[bytes, str]:
    """The page in a “single file” of a browser, which is written like an e-mail."""
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            found = part.get_payload(decode=True)
            if isinstance(found, bytes):
                return found, part.get_content_charset() or ""
    return raw, ""


def _decode(name: str, raw: bytes, charset: str) -> str | Unreadable:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, errors="replace").replace("\x00", "")
    if b"\x00" in raw[:_LOOK]:
        return Unreadable(name, "is-binary")
    declared = _CHARSET.search(raw[:_LOOK])
    for encoding in (charset, declared[1].decode("ascii", "replace") if declared else "", "utf-8"):
        text = _try(raw, encoding.lower())
        if text is not None:
            return text.replace("\x00", "")
    return raw.decode("cp1252", errors="replace").replace("\x00", "")


def _try(raw: bytes, encoding: str) -> str | None:
    """The text in an encoding; None where there is no such encoding or the bytes are not in it."""
    if not encoding or encoding.startswith("utf-16"):
        return None
    if encoding in _LATIN:
        encoding = "cp1252"
    try:
        if codecs.lookup(encoding).name in _NO_PAGES:
            return None
        return raw.decode(encoding, errors="replace" if encoding == "cp1252" else "strict")
    except (LookupError, UnicodeDecodeError, ValueError, AttributeError, TypeError):
        return None
