"""Files from platforms, review sites and help desks, read into what the workbook works with."""
