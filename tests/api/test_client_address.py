"""Where a request comes from."""

import pytest
from fastapi import Request

from guanxi.api.client_address import client_address

TRUSTED = "10.0.0.0/8, 192.168.1.1"


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("1.2.3.4", "9.9.9.9", "1.2.3.4"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "9.9.9.9", "9.9.9.9"),
        ("10.0.0.1", "6.6.6.6, 9.9.9.9, 192.168.1.1", "9.9.9.9"),
        ("10.0.0.1", "10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "no address", "no address"),
        ("::1", "9.9.9.9", "::1"),
    ],
)
def test_only_our_own_proxies_are_believed(peer: str, forwarded: str, expected: str) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    request = Request({"type": "http", "headers": headers, "client": (peer, 1)})
    assert client_address(request, TRUSTED) == expected


def test_a_request_without_address_is_unknown() -> None:
    assert client_address(Request({"type": "http", "headers": []}), TRUSTED) == "unknown"
