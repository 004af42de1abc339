"""How a complaint is answered."""
