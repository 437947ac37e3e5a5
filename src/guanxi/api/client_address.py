"""Where a request comes from, when it may have passed proxies."""

from functools import lru_cache
from ipaddress import ip_address, ip_network

from fastapi import Request

UNKNOWN = "unknown"


def client_address(request: Request, trusted_proxies: str) -> str:
    """The nearest address that is not one of our own proxies."""
    peer = request.client.host if request.client else UNKNOWN
    hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",")]
    while hops and hops[-1] and _is_trusted(peer, trusted_proxies):
        peer = hops.pop()
    return peer[:64]


@lru_cache(maxsize=4096)
def _is_trusted(address: str, trusted_proxies: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    networks = [one.strip() for one in trusted_proxies.split(",") if one.strip()]
    return any(found in ip_network(network, strict=False) for network in networks)
