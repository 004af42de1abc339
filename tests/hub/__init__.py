"""A trial of the recipe for JupyterHub, with everything it needs; run it with python -m."""
