"""Followers of a TikTok account, by day."""

from __future__ import annotations

from workbook.imports.format import ReachFormat, Signature, one_of

FORMAT = ReachFormat(
    id="tiktok_followers",
    signature=Signature(
        headers=one_of("date", "followers", "difference in followers from previous day")
    ),
)
