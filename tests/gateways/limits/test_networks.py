"""T26: which network is counted; a forged X-Forwarded-For changes nothing."""

import pytest

from duly_server.gateways.limits import network_of, trusted

PROXY = trusted(("127.0.0.1", "10.0.0.0/8", "fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("203.0.113.1", "203.0.113.0/24"),
        ("203.0.114.1", "203.0.114.0/24"),
        ("2001:db8:7:1::5", "2001:db8:7::/48"),
        ("2001:db8:7:ffff::9", "2001:db8:7::/48"),
        ("2001:db8:8::1", "2001:db8:8::/48"),
        ("::ffff:203.0.113.9", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_the_network_is_the_24_or_the_48(peer: str, network: str) -> None:
    assert network_of(peer, "", ()) == network


@pytest.mark.parametrize(
    "forged", ["198.51.100.1", "10.0.0.1, 198.51.100.1", "garbage", ",,,", "x" * 100_000]
)
def test_without_a_trusted_proxy_the_header_is_not_read(forged: str) -> None:
    assert network_of("203.0.113.77", forged, ()) == "203.0.113.0/24"
    assert network_of("203.0.113.77", forged, PROXY) == "203.0.113.0/24"


@pytest.mark.parametrize("forged", ["", "198.51.100.1", "127.0.0.1", "198.51.100.1, 10.0.0.1", "junk, , ["])
def test_behind_a_proxy_only_what_it_wrote_itself_counts(forged: str) -> None:
    header = ", ".join(filter(None, [forged, "203.0.113.77"]))
    assert network_of("127.0.0.1", header, PROXY) == "203.0.113.0/24"
    assert network_of("10.1.2.3", f"{header}, 10.9.9.9", PROXY) == "203.0.113.0/24"


@pytest.mark.parametrize(
    ("header", "network"),
    [
        ("203.0.113.77:4711", "203.0.113.0/24"),
        ("[2001:db8:7::1]:4711", "2001:db8:7::/48"),
        ("not an address", "unknown"),
        ("", "127.0.0.0/24"),
        ("10.0.0.1, 10.0.0.2", "10.0.0.0/24"),
    ],
)
def test_what_a_proxy_may_write(header: str, network: str) -> None:
    assert network_of("127.0.0.1", header, PROXY) == network


def test_a_long_header_is_read_from_its_end_and_no_further_than_sixteen_hops() -> None:
    assert network_of("127.0.0.1", "10.0.0.1, " * 5000 + "203.0.113.77", PROXY) == "203.0.113.0/24"
    assert (
        network_of("127.0.0.1", "203.0.113.77, " + "10.0.0.1, " * 5000 + "10.0.0.2", PROXY) == "10.0.0.0/24"
    )
