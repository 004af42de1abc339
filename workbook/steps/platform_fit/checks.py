"""What can be wrong with the answers on platform fit."""

from __future__ import annotations
