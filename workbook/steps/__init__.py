"""One folder per step of the workbook: its shape, wording, checks, defaults and examples."""
