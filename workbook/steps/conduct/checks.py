"""What can be wrong with conduct."""
