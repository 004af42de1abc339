"""The step “start”."""
