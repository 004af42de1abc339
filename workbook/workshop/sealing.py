"""Locks a room: what the whole room sees opens with its key, what somebody tells with another.

Four keys, none of which leads to another:

* The facilitator's key, 128 random bits, stands in the facilitator's link. HKDF-SHA256 makes of
  it the name of the room's row, a wrapping key, and the private half of an X25519 pair.
* The room's key is random and seals what the room sees: agenda, timer, question, spread. It is
  kept wrapped for the facilitator, for each participant, and for the joining code.
* A participant's key, 128 random bits, is kept in their plan.
* The joining code is short enough to be guessed. It is stretched with scrypt, and what it opens
  is the room's key: it admits, and shows what stands on the screen.

What a participant tells is sealed to the public half of the pair (X25519 with a key of its own
for each text, HKDF-SHA256, AES-256-GCM), so that only the facilitator's key opens it. That half
is read from what the room's key seals, so nobody who changes rows can put another in its place.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from workbook.storage.encryption import SealBroken, seal, unseal

_LABEL_ROOM = b"workbook room 1: name of the row"
_LABEL_WRAP = b"workbook room 1: wrapping key"
_LABEL_PRIVATE = b"workbook room 1: private key"
_LABEL_SEAT = b"workbook seat 1: name of the row"
_LABEL_SEAT_WRAP = b"workbook seat 1: wrapping key"
_LABEL_TOLD = b"workbook room 1: what a participant tells"
_NAME_BYTES, _KEY_BYTES, _PUBLIC_BYTES = 16, 32, 32
_BLOCK = 256
"""What is told is filled up to a multiple of so many bytes, so that its length tells little."""


@dataclass(frozen=True, slots=True)
class RoomKeys:
    """What a facilitator's key leads to."""

    name: str
    wrapping_key: bytes = field(repr=False)
    private_key: X25519PrivateKey = field(repr=False)

    @property
    def public_key(self) -> str:
        """The half that seals, as hex."""
        return self.private_key.public_key().public_bytes_raw().hex()


@dataclass(frozen=True, slots=True)
class SeatKeys:
    """What a participant's key leads to."""

    name: str
    wrapping_key: bytes = field(repr=False)


def derive_room(key: bytes) -> RoomKeys:
    """The row's name, the wrapping key and the private half that a facilitator's key leads to."""
    private = X25519PrivateKey.from_private_bytes(_derive(key, _LABEL_PRIVATE, _KEY_BYTES))
    name = _derive(key, _LABEL_ROOM, _NAME_BYTES).hex()
    return RoomKeys(name, _derive(key, _LABEL_WRAP, _KEY_BYTES), private)


def derive_seat(key: bytes) -> SeatKeys:
    """The row's name and the wrapping key that a participant's key leads to."""
    name = _derive(key, _LABEL_SEAT, _NAME_BYTES).hex()
    return SeatKeys(name, _derive(key, _LABEL_SEAT_WRAP, _KEY_BYTES))


def _derive(key: bytes, label: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=label).derive(key)


def new_room_key() -> bytes:
    """A random key of 32 bytes for what a room sees."""
    return os.urandom(_KEY_BYTES)


def seal_for(public_key: str, secret: bytes, *bound: str) -> bytes:
    """The secret for whoever has the private half, good only for what it is bound to."""
    theirs = bytes.fromhex(public_key)
    ours = X25519PrivateKey.generate()
    shared = ours.exchange(X25519PublicKey.from_public_bytes(theirs))
    head = ours.public_key().public_bytes_raw()
    return head + seal(_fill_up(secret), _agree(shared, head, theirs), *bound)


def open_sealed(keys: RoomKeys, sealed: bytes, *bound: str) -> bytes:
    """What was sealed for this facilitator and exactly this; raises SealBroken otherwise."""
    head, rest = sealed[:_PUBLIC_BYTES], sealed[_PUBLIC_BYTES:]
    try:
        shared = keys.private_key.exchange(X25519PublicKey.from_public_bytes(head))
    except ValueError:
        raise SealBroken from None
    secret = unseal(rest, _agree(shared, head, bytes.fromhex(keys.public_key)), *bound)
    return secret[4 : 4 + int.from_bytes(secret[:4])]


def _agree(shared: bytes, head: bytes, theirs: bytes) -> bytes:
    """The key of one sealed text, from what both halves share and from both public halves."""
    return _derive(shared, _LABEL_TOLD + head + theirs, _KEY_BYTES)


def _fill_up(secret: bytes) -> bytes:
    filled = len(secret).to_bytes(4) + secret
    return filled + bytes(-len(filled) % _BLOCK)
