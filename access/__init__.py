"""Who a viewer is, which role, which schools. Imports nothing of the project."""
