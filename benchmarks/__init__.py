"""Figures of the platform, each beside its floor of the same run. `guanxi bench` runs them."""
