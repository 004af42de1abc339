"""Being social: how much is selling, how much is talking, and who does it when."""
