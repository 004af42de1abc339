"""Checks that look at more than one step; the words of each module stand beside it."""
