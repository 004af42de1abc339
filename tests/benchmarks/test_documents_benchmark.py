"""The benchmark of documents measures what it says, and everything at once saves work."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest
from benchmark_documents import TODAY, list_pairs, make_all, make_one, make_singly

from workbook.exports.bundle import list_places
from workbook.exports.documents import list_formats, load_documents
from workbook.storage.example import read_demo


def test_the_benchmark_makes_every_document_in_every_kind() -> None:
    """No pair of a document and a kind of file is left out."""
    pairs = list(list_pairs(load_documents()))
    assert len(pairs) == len(set(pairs)) == sum(len(list_formats(n)) for n in load_documents())


@pytest.mark.thorough
def test_everything_at_once_costs_less_than_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks are run once and each report is built once."""

    def list_light(_: str) -> tuple[str, ...]:
        return ("markdown",)

    for module in ("workbook.exports.bundle", "benchmark_documents"):
        monkeypatch.setattr(f"{module}.list_kinds", list_light)
    file = read_demo(TODAY)
    assert make_one(file, "case", "markdown").startswith(b"# ")

    def take(work: Any) -> tuple[float, Any]:
        work(file)
        start = process_time()
        found = work(file)
        return process_time() - start, found

    whole, raw = take(make_all)
    singly, count = take(make_singly)
    assert whole < singly
    assert raw.startswith(b"PK")
    assert count == len([place for place in list_places() if place.document])
