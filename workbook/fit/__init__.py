"""Which places to be on: what each takes in hours, how well it suits, and the sets that fit."""
