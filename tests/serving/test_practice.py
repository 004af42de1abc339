"""What the warm parent practises, so that its copies need not."""

from __future__ import annotations

from workbook.exports.documents import load_documents
from workbook.serving import practice


def test_each_document_is_put_together_last(monkeypatch):
    """Pages come first, as visitors do; then each document, without a file that needs threads."""
    built = []
    monkeypatch.setattr(practice, "gather", lambda *_: "material")
    monkeypatch.setattr(practice, "build_document", lambda *given: built.append(given))
    *pages, documents = practice.list_lessons()
    assert len(pages) == len(practice.PAGES)
    documents()
    assert built == [(name, "material") for name in load_documents()]
