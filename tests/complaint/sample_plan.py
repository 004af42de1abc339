"""A plan whose complaints are settled, for the tests of this folder."""

from __future__ import annotations

from workbook.plan import Plan

ANSWERS = {
    "hours": [
        {
            "id": "hr01",
            "days": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "opens": "09:00",
            "closes": "18:00",
        }
    ],
    "zone": "Europe/Berlin",
    "weekend": "auto",
    "urgent": "always",
    "page_owner": "Office manager",
    "service_lead": "Workshop lead",
    "approver": "Managing director",
    "backup": "Head of sales",
    "business_owner": "The owner",
    "lawyer": "Legal line",
    "safety_contact": "Shift leader",
    "holding_line": "We have seen this and are looking into it.",
    "channel": "email",
    "channel_address": "help@example.com",
    "put_right": "A new appointment. Money back up to 50.",
    "initials": "AB",
    "stop": "usual",
}


def make_plan(**changes):
    """The plan, with other answers about complaints where they are given."""
    return Plan.model_validate({"complaints": {**ANSWERS, **changes}})


def make_answers(letters):
    """Answers to n1, n2 and so on from letters, “-” standing for one that is not given."""
    named = ((f"n{number}", letter) for number, letter in enumerate(letters, 1))
    return {node: letter == "y" for node, letter in named if letter != "-"}


CALM = dict.fromkeys(("safety", "legal", "fault", "reach", "speed", "repeat", "vulnerable"), 0)
