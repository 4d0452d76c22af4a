"""Which network a request came from: the /24 or /48 around the sender, as far as it can be believed."""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

MOST_HOPS = 16  # of a header that anybody can write as long as they like
UNKNOWN = "unknown"


@lru_cache(maxsize=8)
def trusted(said: Sequence[str]) -> tuple[Network, ...]:
    """The proxies an office names, each an address or a network. Raises ValueError."""
    return tuple(ip_network(each.strip()) for each in said)


def network_of(peer: str, forwarded: str, proxies: Sequence[Network]) -> str:
    """ "203.0.113.0/24" or "2001:db8:7::/48"; "unknown" where nothing that can be believed is an address.

    `peer` is the other end of the connection, `forwarded` the X-Forwarded-For it sent. Only what a trusted
    proxy wrote there counts: from the right, up to the first address that is no trusted proxy. Without such a
    proxy the header is not read at all.
    """
    here = _read(peer)
    hops = forwarded.rsplit(",", MOST_HOPS)[-MOST_HOPS:] if forwarded and proxies else []
    while here is not None and hops and _is_among(here, proxies):
        here = _read(hops.pop())
    if here is None:
        return UNKNOWN
    return str(ip_network((here, 24 if here.version == 4 else 48), strict=False))


def _is_among(address: Address, proxies: Sequence[Network]) -> bool:
    return any(address in network for network in proxies)


def _read(said: str) -> Address | None:
    """An address as proxies write it: bare, with a port, in brackets; an IPv4 address in IPv6 is IPv4."""
    said = said.strip()
    if said.startswith("["):
        said = said[1:].partition("]")[0]
    elif said.count(":") == 1:
        said = said.partition(":")[0]
    try:
        found = ip_address(said.partition("%")[0])
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found
