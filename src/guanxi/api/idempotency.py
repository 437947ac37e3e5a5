"""The header `Idempotency-Key`: a write that comes again gets its first answer."""

import hashlib
from typing import Annotated

from fastapi import Depends, Header, Request, Response

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.permissions.viewer import Viewer
from guanxi.records.answers import KeptAnswer, claim, keep

MOST_CHARACTERS = 200

_KEPT_HEADERS = ("etag", "content-type", "content-disposition", "location")

#: What makes two requests the same besides method, address and body.
_TELLING_HEADERS = ("if-match", "content-type")


class RepeatableRequest:
    """One request that may come again."""

    def __init__(self, request: Request, key: str | None, body: bytes) -> None:
        self.request = request
        self._key = key
        self._body = body

    async def replayed(self, work: UnitOfWork, viewer: Viewer) -> Response | None:
        """The first answer, when the request came before; otherwise None, and the key is taken for this request.

        Raises KeyReusedError.
        """
        if self._key is None or viewer.person_id is None:
            return None
        answer = await claim(work, viewer.person_id, self._key, self._hash())
        if answer is None:
            return None
        headers = {**answer.headers, "Idempotency-Replayed": "true"}
        return Response(answer.body, status_code=answer.status, headers=headers)

    async def keep(self, work: UnitOfWork, viewer: Viewer, response: Response) -> Response:
        """Keeps the answer together with what was done."""
        if self._key is not None and viewer.person_id is not None:
            headers = {
                name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers
            }
            answer = KeptAnswer(response.status_code, headers, bytes(response.body))
            await keep(work, viewer.person_id, self._key, answer)
        return response

    def _hash(self) -> bytes:
        request = self.request
        head = [request.method, request.url.path, request.url.query]
        head += [request.headers.get(name, "") for name in _TELLING_HEADERS]
        return hashlib.sha256("\n".join(head).encode() + b"\n\n" + self._body).digest()


async def repeatable(
    request: Request,
    idempotency_key: Annotated[str | None, Header(min_length=1, max_length=MOST_CHARACTERS)] = None,
) -> RepeatableRequest:
    """What a route asks for to take an `Idempotency-Key`."""
    body = await request.body() if idempotency_key else b""
    return RepeatableRequest(request, idempotency_key, body)


Idempotent = Annotated[RepeatableRequest, Depends(repeatable)]
