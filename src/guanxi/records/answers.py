"""First answers to writes, kept by the transaction that did the work, so that a repetition does nothing twice."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import InvalidValuesError
from guanxi.kit.text import Text

#: Kept for so long; afterwards the key may be used anew.
KEPT = "24 hours"

#: Claims the key. A row younger than KEPT stays as it is; a second request waits here for the first to end.
_CLAIM = f"""
insert into idempotency (person, key, request_hash) values (%(person)s, %(key)s, %(hash)s)
on conflict (person, key) do update
   set request_hash = excluded.request_hash, status = null, headers = '{{}}', body = null, at = now()
 where idempotency.at < now() - interval '{KEPT}'
returning 1
"""
_FIND = "select request_hash, status, headers, body from idempotency where person = %s and key = %s"
_KEEP = """
update idempotency set status = %s, headers = %s::jsonb, body = %s where person = %s and key = %s
"""


class KeyReusedError(InvalidValuesError):
    """The key stood for another request before."""

    code = "idempotency_key_reused"
    title = Text(zh="Idempotency-Key 已用于另一请求", en="Idempotency-Key used before")
    sentence = Text(
        zh="这个 Idempotency-Key 在 24 小时内已用于另一个请求，请换一个新的。",
        en="This Idempotency-Key was used for another request within 24 hours. Use a new one.",
    )


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was answered the first time."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def claim(work: UnitOfWork, person: UUID, key: str, request_hash: bytes) -> KeptAnswer | None:
    """Takes the key for a request, or returns the answer it got before. Raises KeyReusedError."""
    values = {"person": person, "key": key, "hash": request_hash}
    if await work.row(_CLAIM, values) is not None:
        return None
    row = await work.row(_FIND, [person, key])
    if row is None or row[1] is None or bytes(row[0]) != request_hash:
        raise KeyReusedError
    return KeptAnswer(status=row[1], headers=row[2], body=bytes(row[3]))


async def keep(work: UnitOfWork, person: UUID, key: str, answer: KeptAnswer) -> None:
    """Keeps the answer of a claimed key."""
    headers = json.dumps(dict(answer.headers))
    await work.execute(_KEEP, [answer.status, headers, answer.body, person, key])


async def forget_old_answers(work: UnitOfWork) -> None:
    """Removes answers nobody may ask for any more."""
    await work.execute(f"delete from idempotency where at < now() - interval '{KEPT}'")
