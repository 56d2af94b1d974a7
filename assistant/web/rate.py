"""How often one caller may call the API: a middleware, before the token is looked at, so that guessing is slow too."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.problems import problem

_MINUTE = 60.0
_MOST_CALLERS = 10_000


class RateLimit:
    """A bucket a caller (address and token) that holds a minute's calls and fills up steadily."""

    def __init__(self, app: ASGIApp, calls_a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self._size = float(calls_a_minute)
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}  # caller -> calls left, and when that was

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait = self._take(_caller(scope)) if _is_counted(scope) else 0.0
        if wait <= 0:
            await self.app(scope, receive, send)
            return
        refused = problem(scope, "too_many_requests", f"Try again in {math.ceil(wait)} seconds.")
        refused.headers["Retry-After"] = str(math.ceil(wait))
        await refused(scope, receive, send)

    def _take(self, caller: str) -> float:
        """0 where the call may pass, else the seconds until one may."""
        now = self._clock()
        left, since = self._buckets.pop(caller, (self._size, now))
        left = min(self._size, left + (now - since) * self._size / _MINUTE)
        passes = left >= 1
        self._buckets[caller] = (left - 1 if passes else left, now)  # at the end: the oldest callers come first
        if len(self._buckets) > _MOST_CALLERS:
            self._buckets.pop(next(iter(self._buckets)))
        return 0.0 if passes else (1 - left) * _MINUTE / self._size


def _is_counted(scope: Scope) -> bool:
    return bool(scope["type"] == "http" and (scope["path"] + "/").startswith("/api/"))


def _caller(scope: Scope) -> str:
    address = (scope.get("client") or ("", 0))[0]
    token = Headers(scope=scope).get("authorization", "")
    return f"{address} {hashlib.sha256(token.encode()).hexdigest()}"
