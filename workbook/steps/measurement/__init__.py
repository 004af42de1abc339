"""How contact is counted, who reads the numbers, and what they come to."""
