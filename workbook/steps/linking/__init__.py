"""How profile and website lead to each other."""
