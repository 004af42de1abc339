"""Complaints: the tree, how severe a case is, the clock, the drafted reply, and the drill."""
