"""What can be wrong with voice."""
