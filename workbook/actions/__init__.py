"""The action list: proposed from what is open, put in order, given people, hours and days."""

from __future__ import annotations

from workbook.actions.proposals import (
    ProposedAction,
    choose_work,
    explain_actions,
    is_settled,
    propose_actions,
    take,
)

__all__ = [
    "ProposedAction",
    "choose_work",
    "explain_actions",
    "is_settled",
    "propose_actions",
    "take",
]
