"""The step “diagnosis”."""
