"""The action list: proposed from what is open, put in order, given people, hours and days."""

from __future__ import annotations

from workbook.actions.proposals import (
    ProposedAction,
    explain_actions,
    is_settled,
    propose_actions,
    take,
)

__all__ = ["ProposedAction", "explain_actions", "is_settled", "propose_actions", "take"]
