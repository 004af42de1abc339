"""What can be wrong with the answers on audience."""

from __future__ import annotations
