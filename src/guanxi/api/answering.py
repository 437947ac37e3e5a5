"""Answers as responses that can be kept for a repeated request."""

from fastapi import Response
from pydantic import BaseModel


def answered(answer: BaseModel, *, status: int = 200) -> Response:
    """The answer as JSON."""
    body = answer.model_dump_json(by_alias=True).encode()
    return Response(body, status_code=status, media_type="application/json")
