"""Long runs of the server under light visitors: many visits, and parts killed at random."""
