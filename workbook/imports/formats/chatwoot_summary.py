"""Chatwoot's own summary of its inboxes: averages alone, of which no median can be made."""

from __future__ import annotations

from workbook.imports.format import RefusedFormat, Signature, one_of

FORMAT = RefusedFormat(
    id="chatwoot_summary",
    signature=Signature(headers=one_of("conversations count", "avg first response time (minutes)")),
)
