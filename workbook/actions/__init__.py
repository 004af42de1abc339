"""The action list: proposed from what is open, put in order, given people, hours and days."""
