"""The column beside a live field that is yes or no: its formula as an index can serve it."""


def holding(name: str) -> str:
    """What it is called; no field can be called so."""
    return f"{name}.holds"
