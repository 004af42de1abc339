"""Tests of the workbook; ``python -m tests`` runs them all, group by group."""
