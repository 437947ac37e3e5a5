"""Search across objects."""
