"""The network of a client is that of its peer, or of the last hop that no trusted proxy is."""

from ipaddress import ip_network

import pytest

from endpoint.layers.networks import UNKNOWN, Networks

PROXIES = (ip_network("10.0.0.0/8"), ip_network("::1/128"))


def of(peer: str | None, *forwarded: str, proxies=PROXIES) -> str:
    headers = [(b"host", b"localhost"), *((b"x-forwarded-for", value.encode("latin-1")) for value in forwarded)]
    scope = {"client": (peer, 1234) if peer else None, "headers": headers}
    return Networks(proxies=proxies).of(scope)


@pytest.mark.parametrize(
    ("peer", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2ff:3::4", "2001:db8:1:200::/56"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("fe80::1%eth0", "fe80::/56"),
        (None, UNKNOWN),
        ("testclient", UNKNOWN),
    ],
)
def test_neighbours_are_of_one_network(peer, network):
    assert of(peer) == network


@pytest.mark.parametrize(
    ("peer", "forwarded", "network"),
    [
        ("10.1.1.1", ["192.0.2.1"], "192.0.2.0/24"),
        ("::1", ["192.0.2.1"], "192.0.2.0/24"),
        ("10.1.1.1", ["198.51.100.9, 192.0.2.1"], "192.0.2.0/24"),  # the first is what the client wrote itself
        ("10.1.1.1", ["198.51.100.9", "192.0.2.1"], "192.0.2.0/24"),
        ("10.1.1.1", ["192.0.2.1, 10.2.2.2"], "192.0.2.0/24"),  # through two proxies
        ("10.1.1.1", ["192.0.2.1:4321"], "192.0.2.0/24"),
        ("10.1.1.1", ["[2001:db8::7]:4321"], "2001:db8::/56"),
        ("10.1.1.1", ["2001:db8::7"], "2001:db8::/56"),
        ("192.0.2.1", ["198.51.100.9"], "192.0.2.0/24"),  # a stranger names no other
        ("10.1.1.1", [], "10.1.1.0/24"),
        ("10.1.1.1", ["unknown"], "10.1.1.0/24"),
        ("10.1.1.1", ["192.0.2.1, \xff, 10.2.2.2"], "10.2.2.0/24"),
        ("10.1.1.1", ["10.3.3.3"], "10.3.3.0/24"),
        ("10.1.1.1", [", , "], "10.1.1.0/24"),
    ],
)
def test_the_last_hop_that_no_trusted_proxy_is_counts(peer, forwarded, network):
    assert of(peer, *forwarded) == network


def test_without_trusted_proxies_nobody_is_believed():
    assert of("10.1.1.1", "192.0.2.1", proxies=()) == "10.1.1.0/24"
