"""The step “goals”."""
