"""Proxies in front of the app, set up by the recipes of the documentation, and what they do."""
