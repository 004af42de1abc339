"""JSON that breaks: what stands before the break is read, in a time that grows with its length."""

from __future__ import annotations

import contextlib
import time

import pytest

from workbook.imports.documents import read_json


@pytest.mark.parametrize("broken", ['"} \\x', '"\\"}, {\\"} \\x', '"} \\'])
def test_signs_within_a_text_that_never_ends_are_no_signs(broken):
    """Braces in a text that breaks off close nothing; the items before it are kept."""
    found = read_json('[{"a": 1}, {"b": ' + broken)
    assert found.value == [{"a": 1}]
    assert found.is_cut


@pytest.mark.parametrize("repeated", ['\\"', "\\\\", '"', "[", "{", '"a",', "{},"])
@pytest.mark.parametrize("end", ["\\x", "\\", ""])
def test_a_broken_file_takes_no_longer_than_its_length(repeated, end):
    """Sixty thousand signs are given up or saved at once, whatever they are."""
    began = time.perf_counter()
    with contextlib.suppress(ValueError, RecursionError):
        read_json('[{"a":"' + repeated * (60_000 // len(repeated)) + end)
    assert time.perf_counter() - began < 1
