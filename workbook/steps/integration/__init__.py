"""The larger plan: what goes on month by month, what goals support, and what to do in 90 days."""
