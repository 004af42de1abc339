"""What can be wrong with who holds the accounts, and with the ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks.check import Case, Found, Severity, check
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator


@check("password-nowhere", Severity.WARN)
def password_nowhere(case: Case) -> Iterator[Found]:
    """Nobody knows where the password of an account is kept."""
    for holding in case.plan.accounts.inventory:
        if holding.password_place == UNKNOWN:
            yield Found(f"accounts.inventory.{holding.id}.password_place")
