"""Posts looked at: which of them sell, which talk, and what that comes to.

Texts live in memory only. What is kept of a post is a digest and what a person said it is.
"""
