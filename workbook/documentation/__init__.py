"""The documentation's sources, and what fills them in from the code when they are built."""
