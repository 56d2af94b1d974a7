"""Teams: the outgoing webhook's HMAC, what a message says, and a card that fits the response."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.channels.teams_card import card, message
from assistant.channels.teams_messages import check_signature, read
from kpi.errors import SignatureRefused
from kpi.result import Column
from tools.base import Option

SECRET = base64.b64encode(b"a secret of thirty-two bytes ...").decode()
NOW = 1_750_000_000.0


def activity(**fields: Any) -> bytes:
    whole = {
        "type": "message",
        "id": "1",
        "timestamp": datetime.fromtimestamp(NOW, UTC).isoformat(),
        "text": "<p><at>Numbers</at>&nbsp;total <b>spend</b> last&nbsp;month</p>\n",
        "from": {"id": "29:1"},
        "conversation": {"id": "19:x@thread.tacv2;messageid=7"},
        "channelData": {"channel": {"id": "19:x@thread.tacv2"}},
        **fields,
    }
    return json.dumps(whole).encode()


def signed(body: bytes, secret: str = SECRET) -> str:
    return "HMAC " + base64.b64encode(hmac.new(base64.b64decode(secret), body, hashlib.sha256).digest()).decode()


def test_a_good_signature_passes() -> None:
    check_signature(SECRET, signed(b"body"), b"body")


@pytest.mark.parametrize("given", ["", "HMAC ", signed(b"other"), signed(b"body").removeprefix("HMAC ")])
def test_a_wrong_signature_is_refused(given: str) -> None:
    with pytest.raises(SignatureRefused):
        check_signature(SECRET, given, b"body")


def test_a_secret_that_is_none_is_told() -> None:
    with pytest.raises(SignatureRefused, match="TEAMS_SECRET"):
        check_signature("not base64!", signed(b"body"), b"body")


def test_a_message_is_read_without_its_markup() -> None:
    found = read(activity(), NOW)
    assert found is not None
    assert found.question == "total spend last month"
    assert found.conversation == "19:x@thread.tacv2;messageid=7"


def test_an_old_message_is_refused_as_a_replay() -> None:
    with pytest.raises(SignatureRefused):
        read(activity(), NOW + 301)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", activity(type="typing"), activity(**{"from": {"role": "bot"}})])
def test_what_is_no_message_of_a_person_is_ignored(body: bytes) -> None:
    assert read(body, NOW) is None


def test_a_card_holds_table_and_options_and_fits_the_response() -> None:
    columns = [
        Column(name="campaign", label="Campaign", unit="text"),
        Column(name="spend", label="Spend", unit="currency"),
    ]
    rows = [{"campaign": "[click](http://evil.example) " + "x" * 200, "spend": 1.5}] * 500
    chips = [Option(label=f"Option {n}", question=f"question {n}") for n in range(30)]
    answer = Answer(
        status="needs_clarification", kind="metrics", text="t" * 9000, columns=columns, rows=rows, options=chips
    )
    made = card(answer, "USD")
    table = next(element for element in made["body"] if element["type"] == "Table")
    assert len(table["rows"]) == 16
    assert {len(row["cells"]) for row in table["rows"]} == {len(table["columns"])}
    whole = json.dumps(message(made, answer.text))
    assert len(whole) < 28_000
    assert '"TextBlock"' not in whole, "a TextBlock would make a link of a campaign's name"
    assert "1. Option 0" in whole
