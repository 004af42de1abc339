"""Reads web pages: what they link to, what they say of the business, and how to get in touch."""
