"""Locks a plan so that only a link opens it, and whoever steals the database reads nothing.

A link holds a key of 128 random bits. HKDF-SHA256 makes of it, with two labels, the name of a row
and a wrapping key; neither tells anything about the other. The plan is encrypted with a random
key of its own (AES-256-GCM), and that plan key is kept once for every link, wrapped by its
wrapping key. What a sealed text belongs to (plan and revision, or link, plan and right) is bound
in, so that it opens nowhere else.

The plan is compressed before it is sealed. Attacks on compression need someone who mixes text of
their own into the plan and watches the size change; only who holds the link can write here.
Sizes still tell roughly how much was written.
"""

from __future__ import annotations

import base64
import os
import re
import zlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from workbook.errors import LinkIncomplete

KEY_BYTES = 16
PLAN_KEY_BYTES = 32
_NAME_BYTES = 16
_NONCE_BYTES = 12
_COMPRESSION = 1
_LABEL_NAME = b"workbook link 1: name of the row"
_LABEL_WRAP = b"workbook link 1: wrapping key"
# 22 letters hold 132 bits; the last letter carries 2 bits of the key and 4 bits that are zero.
_KEY = re.compile(r"^[A-Za-z0-9_-]{21}[AQgw]$")
_AROUND = " \t\r\n#<>()[]{}.,;:!?\"'“”‘’«»|*`="  # noqa: RUF001 - what mail programs set around


class SealBroken(Exception):
    """What is sealed was changed, moved, or belongs to another key."""


@dataclass(frozen=True, slots=True)
class Link:
    """What the key in a link opens: the name of its row, and the key that unwraps the plan's."""

    name: str
    wrapping_key: bytes = field(repr=False)


def new_key() -> str:
    """A new key for a link: 22 letters, digits, ``-`` and ``_`` from 128 random bits."""
    return write_key(os.urandom(KEY_BYTES))


def write_key(key: bytes) -> str:
    """The 16 bytes of a key as the 22 letters of a link."""
    return base64.urlsafe_b64encode(key).rstrip(b"=").decode()


def read_key(text: str) -> bytes:
    """The 16 bytes of a key, whatever brackets or full stops a mail program set around it.

    Raises LinkIncomplete when letters are missing, too many or not those of a key.
    """
    letters = text.strip(_AROUND)
    if not _KEY.match(letters):
        raise LinkIncomplete
    return base64.urlsafe_b64decode(letters + "==")


def derive_link(key: bytes) -> Link:
    """The row's name (32 hex digits) and the wrapping key (32 bytes) that a key leads to."""
    name = HKDF(SHA256(), _NAME_BYTES, salt=None, info=_LABEL_NAME).derive(key)
    wrap = HKDF(SHA256(), PLAN_KEY_BYTES, salt=None, info=_LABEL_WRAP).derive(key)
    return Link(name.hex(), wrap)


def new_plan_key() -> bytes:
    """A random key of 32 bytes for one plan."""
    return os.urandom(PLAN_KEY_BYTES)


def seal(secret: bytes, key: bytes, *bound: str) -> bytes:
    """The secret encrypted under a key of 32 bytes, good only for what it is bound to."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret, _bind(bound))


def unseal(sealed: bytes, key: bytes, *bound: str) -> bytes:
    """What was sealed with this key for exactly this; raises SealBroken otherwise."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bind(bound))
    except (InvalidTag, ValueError):
        pass
    raise SealBroken


def compress(raw: bytes) -> bytes:
    """The bytes made smaller, quickly rather than as small as can be."""
    return zlib.compress(raw, _COMPRESSION)


def expand(small: bytes, *, limit: int) -> bytes:
    """The bytes as they were before they were compressed, at most one more than ``limit``."""
    return zlib.decompressobj().decompress(small, limit + 1)


def _bind(parts: tuple[str, ...]) -> bytes:
    """The parts as bytes that no other parts give: each with its length before it."""
    return b"".join(len(part.encode()).to_bytes(4) + part.encode() for part in parts)
