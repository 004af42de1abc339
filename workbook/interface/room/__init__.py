"""Rooms of a workshop: the facilitator's screen, the way in, and the bar of a participant."""
