"""Pictures of the plan: one module for each, all in one style."""
