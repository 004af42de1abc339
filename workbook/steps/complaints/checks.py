"""What can be wrong with complaints."""
