"""The chat's websocket by itself: what a browser can't be made to do."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest
import socketio

pytestmark = pytest.mark.slow


async def connect(url: str, **headers: str) -> tuple[socketio.AsyncClient, list[dict[str, Any]]]:
    """A connected chat and the messages that it receives."""
    client, received = socketio.AsyncClient(), list[dict[str, Any]]()
    client.on("new_message", received.append)
    session = {"clientType": "webapp", "sessionId": str(uuid4()), "threadId": "", "userEnv": "{}", "chatProfile": ""}
    await client.connect(
        url, headers=headers, auth=session, socketio_path="/chat/ws/socket.io", transports=["websocket"]
    )
    await client.emit("connection_successful")
    await asyncio.sleep(0.5)
    return client, received


async def ask(client: socketio.AsyncClient, text: str) -> None:
    message = {
        "id": str(uuid4()),
        "name": "User",
        "type": "user_message",
        "output": text,
        "createdAt": "2025-07-01T00:00:00Z",
    }
    await client.emit("client_message", {"message": message, "fileReferences": []})


async def answer(received: list[dict[str, Any]]) -> str:
    for _ in range(100):
        for message in received:
            if message["type"] == "assistant_message":
                return str(message["output"])
        await asyncio.sleep(0.1)
    raise AssertionError(f"no answer among {received}")


def test_twenty_people_at_once_each_get_their_own_answer(scripted: Any) -> None:
    async def run() -> list[str]:
        chats = await asyncio.gather(*(connect(scripted.url) for _ in range(20)))
        await asyncio.gather(*(ask(client, f"I am {n}") for n, (client, _) in enumerate(chats)))
        answers = await asyncio.gather(*(answer(received) for _, received in chats))
        await asyncio.gather(*(client.disconnect() for client, _ in chats))
        return list(answers)

    assert asyncio.run(run()) == [f"question 1 of None: I am {n}" for n in range(20)]


def test_without_a_login_the_websocket_is_closed(guarded: Any) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        asyncio.run(connect(guarded.url))


def test_another_site_may_not_open_the_websocket(scripted: Any) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        asyncio.run(connect(scripted.url, Origin="http://evil.example"))


async def how_it_ended(url: str, seconds: float) -> str:
    """What another chat hears of the endless query, asked until it is over or so many seconds have gone by."""
    client, received = await connect(url)
    said = ""
    for _ in range(int(seconds / 0.5)):
        received.clear()
        await ask(client, "how did it end")
        said = await answer(received)
        if "'" in said:
            break
        await asyncio.sleep(0.5)
    await client.disconnect()
    return said


def test_stop_ends_the_query_itself(fresh_scripted: Any) -> None:
    async def run() -> str:
        client, _ = await connect(fresh_scripted.url)
        await ask(client, "endless")
        await asyncio.sleep(1)
        await client.emit("stop")
        said = await how_it_ended(fresh_scripted.url, 5)
        await client.disconnect()
        return said

    assert asyncio.run(run()) == "ended by \\['cancelled'\\]"


def test_a_closed_tab_ends_its_query(fresh_scripted: Any) -> None:
    async def run() -> str:
        client, _ = await connect(fresh_scripted.url)
        await ask(client, "endless")
        await asyncio.sleep(1)
        await client.disconnect()
        return await how_it_ended(fresh_scripted.url, 15)

    assert asyncio.run(run()) == "ended by \\['cancelled'\\]"
