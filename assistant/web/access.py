"""Who may call: a middleware over HTTP requests and websocket upgrades alike.

Three checks, in this order: the Host name (where only this machine may call, against DNS rebinding), the Origin of a
calling web page, and the token on ``/api/`` and ``/mcp``. The chat has its own login, mounted apps are covered by the
first two.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.problems import problem
from kpi.errors import SettingsError
from kpi.settings import Settings

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class AccessPolicy:
    """``hosts`` are the names the server answers to; None where a token guards it and any name will do."""

    token: str | None
    origins: frozenset[str]
    hosts: frozenset[str] | None

    @classmethod
    def from_settings(cls, settings: Settings) -> AccessPolicy:
        origins = frozenset(origin.lower() for origin in settings.allowed_origins)
        hosts = {"localhost", "127.0.0.1", "::1", settings.host.lower()}
        hosts.update(urlsplit(origin).hostname or "" for origin in origins)
        return cls(settings.api_token, origins, None if settings.api_token else frozenset(hosts))

    def refusal(self, scope: Scope) -> tuple[str, str] | None:
        """The problem's code and detail, or None where the call may pass."""
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if self.hosts is not None and _address(host, "http")[0] not in self.hosts:
            return "host_refused", "Without API_TOKEN this server answers only under http://localhost."
        if origin is not None and not self._known(origin, host):
            return "origin_refused", "Pages of another site may not call this server; ALLOWED_ORIGINS can admit them."
        if self.token and _is_api(scope) and not self._token_fits(headers):
            return "unauthorized", "Send the server's token in the header 'Authorization: Bearer …'."
        return None

    def _known(self, origin: str, host: str) -> bool:
        scheme = origin.partition("://")[0].lower()
        own = scheme in _DEFAULT_PORTS and _address(origin.partition("://")[2], scheme) == _address(host, scheme)
        return own or origin.lower() in self.origins

    def _token_fits(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        same = hmac.compare_digest(given.strip().encode(), (self.token or "").encode())
        return scheme.lower() == "bearer" and same


class Access:
    """ASGI middleware that applies the policy; a refused websocket is closed before it is accepted."""

    def __init__(self, app: ASGIApp, policy: AccessPolicy) -> None:
        self.app = app
        self.policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = None
        if scope["type"] in {"http", "websocket"}:
            refused = self.policy.refusal(scope)
        if refused is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": refused[0]})
        else:
            await problem(scope, *refused)(scope, receive, send)


def check_exposure(settings: Settings) -> None:
    """Raise SettingsError where the server would be open to other machines without a token."""
    if not settings.api_token and not is_loopback(settings.host):
        raise SettingsError(
            f"HOST={settings.host} would open the server to other machines: set API_TOKEN first, or HOST=127.0.0.1."
        )


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_api(scope: Scope) -> bool:
    """Not the browser's preflight, which can't carry a token and does nothing."""
    return (scope["path"] + "/").startswith(("/api/", "/mcp/")) and scope.get("method") != "OPTIONS"


def _address(netloc: str, scheme: str) -> tuple[str, int | None]:
    """Host name and port of ``name:port``; an empty name where it can't be read."""
    try:
        parts = urlsplit(f"//{netloc}")
        return parts.hostname or "", parts.port or _DEFAULT_PORTS.get(scheme)
    except ValueError:
        return "", None
