"""Signatures over what n8n reports to us: HMAC-SHA256 of time stamp and raw body, good for five minutes and once."""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
from collections.abc import Callable

from kpi.errors import SignatureRefused

WINDOW_SECONDS = 300
VERSION = "v1"
STAMP_HEADER = "X-Timestamp"
SIGNATURE_HEADER = "X-Signature"


def signature(secret: str, stamp: str, body: bytes) -> str:
    """``v1=<hex>`` over ``<stamp>.<body>``; the stamp is whole seconds since 1970."""
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"{VERSION}={digest}"


def is_current(stamp: str, now: float) -> bool:
    return stamp.isdigit() and abs(now - int(stamp)) <= WINDOW_SECONDS


class Seen:
    """Remembers what was seen for as long as the window lasts. Safe to share between threads."""

    def __init__(self, seconds: float = 2 * WINDOW_SECONDS, clock: Callable[[], float] = time.time) -> None:
        self._seconds = seconds
        self._clock = clock
        self._seen: dict[str, float] = {}
        self._lock = threading.Lock()

    def is_new(self, what: str) -> bool:
        with self._lock:
            now = self._clock()
            for old in [key for key, moment in self._seen.items() if now - moment > self._seconds]:
                del self._seen[old]
            if what in self._seen:
                return False
            self._seen[what] = now
            return True


class Verifier:
    """Checks reports of n8n: signature, time stamp, and that none comes twice."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._secret = secret
        self._clock = clock
        self._seen = Seen(clock=clock)

    def check(self, stamp: str, given: str, body: bytes) -> None:
        """Raises SignatureRefused, which says what was wrong but nothing of the secret."""
        if not hmac.compare_digest(given.encode(), signature(self._secret, stamp, body).encode()):
            raise SignatureRefused("The signature of this report does not fit.")
        if not is_current(stamp, self._clock()):
            raise SignatureRefused("The time stamp of this report is more than five minutes away.")
        if not self._seen.is_new(given):
            raise SignatureRefused("This report was received before.")
