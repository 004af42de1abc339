"""The commands: one module for each, named as it is typed, with its words beside it."""
