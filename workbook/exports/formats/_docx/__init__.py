"""How a report becomes a Word document."""
