"""Saved views: how people look at the records of an object."""
