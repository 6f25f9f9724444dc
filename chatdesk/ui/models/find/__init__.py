"""The view that finds models: recommended ones, and the whole Hub."""
