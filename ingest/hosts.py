"""Which hosts files may be fetched from: public ones, and those the setting IMPORT_HOSTS lists.

A server that fetches whatever address it is given can be turned against its own network. So a name is resolved once,
every address it stands for must be public, and the connection goes to the one that was checked.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from kpi.errors import LoadRefused

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # an IPv4 address behind a translator


@dataclass(frozen=True)
class Target:
    """An address that may be fetched: what to ask for, and the IP to connect to."""

    url: SplitResult
    ip: str

    @property
    def host(self) -> str:
        return self.url.hostname or ""

    @property
    def pinned(self) -> str:
        """The address with the IP in place of the host's name."""
        shown = f"[{self.ip}]" if ":" in self.ip else self.ip
        port = f":{self.url.port}" if self.url.port else ""
        return self.url._replace(netloc=shown + port, fragment="").geturl()

    @property
    def host_header(self) -> str:
        return self.url.netloc


def check_address(url: str, listed: tuple[str, ...]) -> Target:
    """Raises LoadRefused: not_allowed, or unreadable where the host can't be found."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise LoadRefused("not_allowed", "This is no web address like https://example.com/june.csv.") from error
    is_listed = host.casefold() in {name.casefold() for name in listed}
    if not host or parts.scheme not in ("https", *(("http",) if is_listed else ())):
        raise LoadRefused("not_allowed", "Only addresses that start with https:// are fetched.")
    if "@" in parts.netloc:
        raise LoadRefused("not_allowed", "Addresses with a user name or password in them are not fetched.")
    found = _resolve(host, port or (443 if parts.scheme == "https" else 80))
    if not is_listed and not all(map(is_public, found)):
        raise LoadRefused(
            "not_allowed",
            f"{host[:100]} is an address of a local network, which is not fetched. "
            "Whoever runs the server can list the host in IMPORT_HOSTS.",
        )
    return Target(parts, str(found[0]))


def is_public(ip: _IP) -> bool:
    """Also what an IPv6 address wraps must be public."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _TRANSLATED:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if ip.is_site_local or not all(is_public(one) for one in inner if one is not None):
            return False
    return ip.is_global and not ip.is_multicast


def _resolve(host: str, port: int) -> list[_IP]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    except (OSError, UnicodeError, ValueError) as error:
        raise LoadRefused("unreadable", f"There is no host {host[:100]}. Check the address.") from error
