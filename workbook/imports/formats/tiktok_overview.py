"""What a TikTok account came to, by day."""

from __future__ import annotations

from workbook.imports.format import ReachFormat, Signature, one_of

FORMAT = ReachFormat(
    id="tiktok_overview",
    signature=Signature(headers=one_of("date", "video views", "profile views")),
)
