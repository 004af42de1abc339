"""Ninety days later: what was counted, what else happened, and what comes next."""
