"""``python -m workbook`` is the command ``workbook``."""

from __future__ import annotations

from workbook.cli import main

main()
