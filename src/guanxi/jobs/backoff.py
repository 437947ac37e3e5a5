"""How long a job that failed waits before it is tried again."""

import random

_SECONDS = (1, 5, 30, 120, 600, 3600, 21_600, 86_400)


def seconds_after(attempt: int) -> float:
    """1 s, 5 s, 30 s, 2 min, 10 min, 1 h, 6 h, 24 h, each a fifth more or less so that not all come back at once."""
    return _SECONDS[min(attempt, len(_SECONDS)) - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
