"""The people a business wants, and where its clients are."""
