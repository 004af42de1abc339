"""How the business sounds."""
