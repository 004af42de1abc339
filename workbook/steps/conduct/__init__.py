"""What is acceptable, and who may speak."""
