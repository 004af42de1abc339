"""Posts looked at: which of them sell, which talk, and what that comes to.

Texts live in memory only. What is kept of a post is a digest and what a person said it is.
"""

from workbook.mix.audit import Audit, audit_posts, correct
from workbook.mix.indicators import Counts, Indicator
from workbook.mix.posts import Joined, Post, digest, join_posts

__all__ = [
    "Audit",
    "Counts",
    "Indicator",
    "Joined",
    "Post",
    "audit_posts",
    "correct",
    "digest",
    "join_posts",
]
