"""Field types: what a field can hold, one file per type."""
