"""Time: the hours the plan needs against those there are, and the week in blocks."""
