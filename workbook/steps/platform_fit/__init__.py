"""The places that fit the people and the hours."""
