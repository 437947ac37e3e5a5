"""Quoting: what is offered at which price, and what it costs."""
