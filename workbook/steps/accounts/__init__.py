"""The step “accounts”."""
