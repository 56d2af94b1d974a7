"""Reports of n8n are signed: wrong, old and repeated ones are refused."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from kpi.errors import SignatureRefused
from n8n.signing import Verifier, signature

BODY = b'{"event": "started", "job": 1}'
NOW = 1_750_000_000


def test_the_signature_is_hmac_sha256_over_stamp_and_body() -> None:
    expected = hmac.new(b"secret", f"{NOW}.".encode() + BODY, hashlib.sha256).hexdigest()
    assert signature("secret", str(NOW), BODY) == f"v1={expected}"


def test_a_good_one_passes_once() -> None:
    verifier = Verifier("secret", lambda: NOW)
    given = signature("secret", str(NOW), BODY)
    verifier.check(str(NOW), given, BODY)
    with pytest.raises(SignatureRefused, match="before"):
        verifier.check(str(NOW), given, BODY)


@pytest.mark.parametrize("away", [-301, 301])
def test_one_outside_the_window_is_refused(away: int) -> None:
    stamp = str(NOW + away)
    with pytest.raises(SignatureRefused, match="five minutes"):
        Verifier("secret", lambda: NOW).check(stamp, signature("secret", stamp, BODY), BODY)


@pytest.mark.parametrize(
    ("stamp", "given", "body"),
    [
        (str(NOW), "", BODY),
        (str(NOW), signature("other", str(NOW), BODY), BODY),
        (str(NOW), signature("secret", str(NOW), BODY), BODY + b" "),
        (str(NOW + 1), signature("secret", str(NOW), BODY), BODY),
        ("soon", signature("other", "soon", BODY), BODY),
        (str(NOW), "v1=é", BODY),
    ],
)
def test_a_wrong_one_is_refused(stamp: str, given: str, body: bytes) -> None:
    with pytest.raises(SignatureRefused):
        Verifier("secret", lambda: NOW).check(stamp, given, body)
