"""The lock on a plan: only its links open it, and a seal fits in one place only."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.errors import LinkIncomplete
from workbook.storage.encryption import (
    SealBroken,
    compress,
    derive_link,
    expand,
    new_key,
    new_plan_key,
    read_key,
    seal,
    unseal,
    write_key,
)


@given(st.binary(min_size=16, max_size=16))
def test_every_key_can_be_written_into_a_link(key: bytes) -> None:
    """Sixteen random bytes become 22 letters and come back the same."""
    letters = write_key(key)
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", letters)
    assert read_key(letters) == key


def test_keys_are_not_repeated() -> None:
    """A thousand new links are a thousand different links."""
    assert len({new_key() for _ in range(1000)}) == 1000


@pytest.mark.parametrize("around", ["<{}>", "({}).", " {}\r\n", "“{}”,", "#{}", "{}==", "*{}*"])
def test_what_mail_programs_set_around_a_link_does_no_harm(around: str) -> None:
    """Brackets, quotes and a full stop at the end of the sentence are not part of the key."""
    key = new_key()
    assert read_key(around.format(key)) == read_key(key)


KEY = "AbCdEfGhIjKlMnOpQrStUA"


@pytest.mark.parametrize(
    "text",
    ["", "#", KEY[:-1], KEY[:10], KEY + "A", KEY[:11] + "\n" + KEY[11:], KEY[:-1] + "B",
     KEY[:-1] + "é", KEY[:10] + " " + KEY[11:], "٣" * 22, KEY[:21] + "…"],
    ids=repr,
)  # fmt: skip
def test_a_link_that_lost_letters_says_so(text: str) -> None:
    """A key that was cut off or changed is told from a plan that is gone."""
    with pytest.raises(LinkIncomplete, match="cut off") as refused:
        read_key(text)
    assert "Your answers are safe" in refused.value.next_step
    assert not text.strip("#") or text not in repr(refused.value)


def test_the_name_of_the_row_and_the_key_tell_nothing_of_each_other() -> None:
    """What the database sees of a link is neither the key nor what unwraps the plan."""
    key = read_key(KEY)
    link = derive_link(key)
    assert re.fullmatch(r"[0-9a-f]{32}", link.name)
    assert len(link.wrapping_key) == 32
    assert link == derive_link(key)
    assert bytes.fromhex(link.name) not in (key, link.wrapping_key[:16], link.wrapping_key[16:])
    assert derive_link(read_key(new_key())).name != link.name
    assert link.wrapping_key.hex() not in repr(link)
    assert repr(link.wrapping_key) not in repr(link)


def test_links_made_today_open_in_ten_years() -> None:
    """The way from a key to its row never changes, or every link that was given out is dead."""
    link = derive_link(bytes(range(16)))
    assert link.name == FIRST_NAME
    assert link.wrapping_key.hex() == FIRST_WRAPPING_KEY


# worked out with the definition of HKDF (RFC 5869) and hashlib, not with our own code
FIRST_NAME = "cf40736d2435053622f6856ec8c2457e"
FIRST_WRAPPING_KEY = "f705674b0ff332f54f927457ef9ea1eeed5b293616a4315a745a2604ebacbc05"


def test_a_seal_opens_for_its_own_place_only() -> None:
    """A sealed plan that is moved, shortened or changed by one bit does not open."""
    key = new_plan_key()
    sealed = seal(b"answers", key, "plan", "a1", "7")
    assert unseal(sealed, key, "plan", "a1", "7") == b"answers"
    for place in (("plan", "a1", "6"), ("plan", "a17", ""), ("plan", "a1"), ("plana", "1", "7")):
        with pytest.raises(SealBroken):
            unseal(sealed, key, *place)
    for other in (sealed[:-1], sealed[:5], b"", bytes([sealed[0] ^ 1]) + sealed[1:], sealed + b"0"):
        with pytest.raises(SealBroken):
            unseal(other, key, "plan", "a1", "7")
    with pytest.raises(SealBroken) as refused:
        unseal(sealed, new_plan_key(), "plan", "a1", "7")
    assert refused.value.__context__ is None


def test_the_same_plan_is_never_sealed_the_same_twice() -> None:
    """Who compares two backups does not see whether an answer was changed back."""
    key = new_plan_key()
    assert seal(b"x", key) != seal(b"x", key)


@pytest.mark.thorough
@given(st.binary(max_size=5000))
def test_plans_are_the_same_after_being_made_smaller(raw: bytes) -> None:
    """Compression loses nothing, and expands no further than a plan may be."""
    assert expand(compress(raw), limit=5000) == raw
    assert len(expand(compress(bytes(10_000_000)), limit=5000)) == 5001
