"""Where plans are kept: plan files, a folder store, and a database that a link unlocks."""
