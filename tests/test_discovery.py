"""Modules and files of words are found by looking into their folder."""

from __future__ import annotations

import pytest

from workbook.discovery import (
    exists,
    find_files,
    find_folders,
    find_modules,
    load_modules,
    read_text,
    read_toml,
)


def test_modules_are_found_without_a_list():
    """Each public module of a folder is found, private ones are not, in the order of names."""
    found = find_modules("interface/fields")
    assert "workbook.interface.fields.text" in found
    assert "workbook.interface.fields._field" not in found
    assert list(found) == sorted(found)
    assert load_modules("interface/fields")["text"].__name__ == "workbook.interface.fields.text"


def test_folders_are_found_without_a_list():
    """Each step's folder is found, what Python leaves behind is not."""
    found = find_folders("steps")
    assert {"start", "diagnosis", "goals"} <= set(found)
    assert "__pycache__" not in found
    assert list(found) == sorted(found)


def test_files_are_found_by_their_ending():
    """Files are given with their folder, so that they can be read."""
    found = find_files("platforms", ".toml")
    assert "platforms/facebook.toml" in found
    assert all(exists(path) for path in found)
    assert read_toml(found[0])
    assert read_text(found[0])


def test_what_is_not_there_is_not_there():
    """A folder is no file, and neither is a name that nobody has."""
    assert not exists("platforms")
    assert not exists("platforms/nowhere.toml")
    with pytest.raises(FileNotFoundError):
        read_text("platforms/nowhere.toml")
