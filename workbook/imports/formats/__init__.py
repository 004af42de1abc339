"""One module per source: how its file is recognised, and what is read from it."""
