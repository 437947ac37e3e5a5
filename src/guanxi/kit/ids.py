"""Record ids: UUID version 7 (RFC 9562), made by the application so that sets can be linked before they are written."""

import os
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from uuid import UUID

_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """A new id. Ids of one process rise strictly, so index pages fill in order.

    48 bits of milliseconds, 12 bits of sub-millisecond counter (RFC 9562 §6.2 method 3), 62 random bits.
    """
    global _last
    nanoseconds = time.time_ns()
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    tick = (milliseconds << 12) | (rest * 4096 // 1_000_000)
    with _lock:
        tick = max(tick, _last + 1)
        _last = tick
    random = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    value = ((tick >> 12) & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | (tick & 0xFFF) << 64 | 0b10 << 62 | random
    return UUID(int=value)


def new_ids(count: int) -> list[UUID]:
    """Many new ids, rising."""
    return [new_id() for _ in range(count)]


def numbered_ids(seed: UUID) -> Callable[[int], str]:
    """Ids (as text) that follow from an id of `new_id` and a number below 2³²: the same again whoever asks and when.

    They carry the seed's time, 42 bits of its hash, and the number; so they rise with the numbers.
    """
    digest = int.from_bytes(sha256(seed.bytes).digest()[:6], "big")
    head = f"{seed.hex[:8]}-{seed.hex[8:12]}-7{digest & 0xFFF:03x}"
    middle = (0b10 << 30) | (digest >> 12 & 0x3FFFFFFF)
    head += f"-{middle >> 16:04x}-{middle & 0xFFFF:04x}"

    def id_of(number: int) -> str:
        return f"{head}{number:08x}"

    return id_of
