"""What an account on X came to, by day."""

from __future__ import annotations

from workbook.imports.format import ReachFormat, Signature, one_of

FORMAT = ReachFormat(
    id="x_overview",
    signature=Signature(
        headers=one_of("date", "impressions", "profile visits", "new follows", "unfollows")
    ),
)
