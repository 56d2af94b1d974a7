"""Slack: what is for us and what is not, signatures by the vendor's own example, blocks within Slack's limits."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from assistant.answer import Answer
from assistant.channels.slack_blocks import blocks
from assistant.channels.slack_events import Asked, check_signature, read
from kpi.errors import SignatureRefused
from kpi.result import Column
from tests.n8n.slack_standin import fault_of
from tools.base import Note, Option

# The example of Slack's documentation of request signing: secret, time stamp, body and signature.
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
STAMP = 1531420618
BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
    b"&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack"
    b".com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc"
    b"887a14d10d2c447fce8b6703c"
)
SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


def event(**fields: Any) -> bytes:
    said = {"type": "app_mention", "user": "U1", "text": "<@UBOT> total spend", "ts": "17.1", "channel": "C1", **fields}
    ours = [{"user_id": "UBOT", "is_bot": True}]
    whole = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "authorizations": ours, "event": said}
    return json.dumps(whole).encode()


def asked(body: bytes) -> Asked | None:
    return read("application/json; charset=utf-8", body)


def test_the_vendors_own_example_passes() -> None:
    check_signature(SECRET, str(STAMP), SIGNATURE, BODY, STAMP + 299)


@pytest.mark.parametrize(
    ("stamp", "given", "body", "now"),
    [
        (STAMP, SIGNATURE, BODY, STAMP + 301),
        (STAMP, SIGNATURE, BODY + b"&", STAMP),
        (STAMP, "v0=" + "0" * 64, BODY, STAMP),
        (STAMP + 1, SIGNATURE, BODY, STAMP),
        (STAMP, "", BODY, STAMP),
    ],
)
def test_old_and_wrong_signatures_are_refused(stamp: int, given: str, body: bytes, now: int) -> None:
    with pytest.raises(SignatureRefused):
        check_signature(SECRET, str(stamp), given, body, now)


def test_a_mention_is_answered_in_its_thread() -> None:
    found = asked(event())
    assert found is not None
    assert (found.question, found.thread, found.conversation) == ("total spend", "17.1", "slack:T1:C1:17.1")
    later = asked(event(ts="17.9", thread_ts="17.1"))
    assert later is not None
    assert later.conversation == found.conversation


def test_a_direct_message_needs_no_mention_and_stays_one_conversation() -> None:
    first = asked(event(type="message", channel_type="im", channel="D1", text="total spend"))
    second = asked(event(type="message", channel_type="im", channel="D1", text="and ROAS?", ts="18.0"))
    assert first is not None
    assert second is not None
    assert first.thread is None
    assert first.conversation == second.conversation


@pytest.mark.parametrize(
    "fields",
    [
        {"bot_id": "B1"},
        {"subtype": "bot_message"},
        {"user": "UBOT"},
        {"type": "message", "channel_type": "channel"},
        {"type": "message", "channel_type": "im", "subtype": "message_changed"},
        {"type": "reaction_added"},
    ],
)
def test_bots_and_what_is_not_for_us_are_ignored(fields: dict[str, str]) -> None:
    assert asked(event(**fields)) is None


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"\xff", b'{"type": "event_callback", "event": null}'])
def test_what_makes_no_sense_is_ignored(body: bytes) -> None:
    assert asked(body) is None
    assert read("application/x-www-form-urlencoded", body) is None


def test_text_is_read_as_it_was_typed() -> None:
    found = asked(event(text="<@UBOT> ROAS &gt; 3 on <http://meta.com|meta.com> &amp; CAC &lt; 40"))
    assert found is not None
    assert found.question == "ROAS > 3 on meta.com & CAC < 40"


def test_a_slash_command_of_the_vendors_example_is_read() -> None:
    found = read("application/x-www-form-urlencoded", BODY)
    assert found is not None
    assert (found.question, found.user, found.channel) == ("", "U2CERLKJA", "G8PSS9T3V")
    assert str(found.response_url).startswith("https://hooks.slack.com/")


def test_a_click_under_an_answer_only_one_person_sees_is_answered_to_that_person() -> None:
    click = {
        "type": "block_actions",
        "trigger_id": "t1",
        "user": {"id": "U1"},
        "channel": {"id": "C1", "name": "marketing"},
        "container": {"type": "message", "is_ephemeral": True},
        "response_url": "https://hooks.slack.com/actions/1",
        "actions": [{"value": "and by device?"}],
    }
    found = read("application/x-www-form-urlencoded", urlencode({"payload": json.dumps(click)}).encode())
    assert found is not None
    assert (found.question, found.thread, found.response_url) == ("and by device?", None, click["response_url"])


@pytest.mark.parametrize(
    ("channels", "direct", "allowed"),
    [
        ((), False, True),
        (("C1",), False, True),
        (("C2",), False, False),
        (("C1",), True, False),
        (("direct",), True, True),
    ],
)
def test_the_list_of_channels(channels: tuple[str, ...], direct: bool, allowed: bool) -> None:
    one = Asked(id="1", team="T", channel="C1", user="U", question="?", is_direct=direct)
    assert one.is_allowed(channels) is allowed


def answer(rows: int = 2, campaign: str = "Brand_Search", **fields: Any) -> Answer:
    columns = [
        Column(name="campaign", label="Campaign", unit="text"),
        Column(name="spend", label="Spend", unit="currency"),
    ]
    found = [{"campaign": f"{campaign} {n}", "spend": 1234.5 + n} for n in range(rows)]
    chips = [Option(label="By week", question="by week")]
    told = {"columns": columns, "rows": found, "follow_ups": chips, "notes": [Note(code="n", text="A note.")], **fields}
    said: dict[str, Any] = {"text": "Spend was <big>.", "interpretation": "Spend", **told}
    return Answer(status="answered", kind="metrics", **said)


def test_an_answer_becomes_text_table_notes_and_buttons() -> None:
    made = blocks(answer(), "USD")
    assert [block["type"] for block in made] == ["section", "context", "section", "context", "actions"]
    assert made[0]["text"]["text"] == "Spend was &lt;big&gt;."
    table = made[2]["text"]["text"].strip("`\n").split("\n")
    assert [len(line) for line in table if "$" in line] == [len(table[1])] * 2, "columns are lined up"
    assert made[4]["elements"][0]["value"] == "by week"


@pytest.mark.parametrize(
    "hostile",
    [
        answer(campaign="<!channel> ``` <@U1> &"),
        answer(rows=500, campaign="x" * 300),
        answer(rows=0, text="t" * 9000),
        answer(options=[Option(label="o" * 200, question="q" * 3000), Option(label="fine", question="fine")]),
        answer(options=[Option(label=f"option {n}", question=f"{n}") for n in range(60)]),
        answer(text="", interpretation="", notes=[], follow_ups=[]),
    ],
)
def test_whatever_the_data_holds_slack_takes_it(hostile: Answer) -> None:
    made = blocks(hostile, "USD")
    assert fault_of({"channel": "C1", "blocks": made, "text": "-"}) == ""
    for block in made:
        text = block.get("text", {}).get("text", "")
        assert "<!channel>" not in text
        assert text.count("```") in (0, 2)
