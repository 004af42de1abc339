"""What can be wrong with linking."""
