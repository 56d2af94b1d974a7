"""Servers in processes of their own, and a real browser to use them with."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS = 1000  # of the milliseconds that playwright counts in


@dataclass
class Server:
    url: str
    workspace: Path
    process: subprocess.Popen[str]
    log: Path

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="module")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start a server on a free port with a fresh workspace; extra settings by keyword. All are stopped in the end."""
    running: list[Server] = []

    def start(command: list[str], **settings: str) -> Server:
        folder = tmp_path_factory.mktemp("chat")
        workspace, log = folder / "workspace", folder / "server.log"
        path = f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
        environment = {**os.environ, "PYTHONPATH": path, "WORKSPACE": str(workspace), "PORT": "0", **settings}
        full = [sys.executable, *(part.format(workspace=workspace) for part in command)]
        with log.open("w") as errors:
            process = subprocess.Popen(full, cwd=folder, env=environment, stdout=-1, stderr=errors, text=True)
        assert process.stdout is not None
        announced = re.search(r"http://\S+", process.stdout.readline())
        assert announced, f"the server did not start: {log.read_text()[-2000:]}"
        running.append(Server(announced.group(), workspace, process, log))
        return running[-1]

    yield start
    for server in running:
        server.stop()


@pytest.fixture(scope="module")
def scripted(start_server: Callable[..., Server]) -> Server:
    return start_server([str(Path(__file__).with_name("scripted_server.py")), "{workspace}"], CURRENCY="USD")


@pytest.fixture
def fresh_scripted(start_server: Callable[..., Server]) -> Iterator[Server]:
    """A scripted server of one test's own."""
    server = start_server([str(Path(__file__).with_name("scripted_server.py")), "{workspace}"], CURRENCY="USD")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def guarded(start_server: Callable[..., Server]) -> Server:
    """A scripted server with a login: Ann, whose password is 'correct horse'."""
    import bcrypt

    hashed = bcrypt.hashpw(b"correct horse", bcrypt.gensalt(4)).decode()
    script = str(Path(__file__).with_name("scripted_server.py"))
    return start_server([script, "{workspace}"], CHAT_USERS=f"Ann:{hashed}", API_TOKEN="0123456789abcdef")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.fail("no Chromium found: run `make test`, which installs it or says how")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


class ChatPage:
    """One person's browser tab on the chat. ``outside`` collects what the page asked of other hosts."""

    def __init__(self, context: Any, server: Server, screenshots: Path) -> None:
        self.page = context.new_page()
        self.outside: list[str] = []
        self._screenshots = screenshots
        self.page.on("request", self._note)
        self.page.goto(f"{server.url}/chat/")

    def _note(self, request: Any) -> None:
        if not re.match(r"(https?|wss?)://(localhost|127\.0\.0\.1)[:/]|data:|blob:", request.url):
            self.outside.append(request.url)

    def ask(self, text: str) -> Any:
        """Type and send; the newest answer, once the assistant is idle again."""
        before = self.answers.count()
        self._when_connected()
        self.page.locator("#chat-input").fill(text)
        self.page.locator("#chat-submit").click()
        return self.answer_after(before)

    def click(self, label: str) -> Any:
        before = self.answers.count()
        button = self.page.get_by_role("button", name=label, exact=True, disabled=False).last
        button.evaluate("element => element.click()")  # by mouse it may miss: the page scrolls smoothly to new messages
        return self.answer_after(before)

    def drop(self, *files: Path) -> Any:
        before = self.answers.count()
        self._when_connected()
        self.page.set_input_files("#upload-button-input", [str(file) for file in files])
        self.page.locator("#chat-submit:enabled").click(timeout=45 * SECONDS)
        return self.answer_after(before)

    def _when_connected(self) -> None:
        """Before that a click on the send button does nothing: the text just stays in its field."""
        self.page.locator("#upload-button:enabled").wait_for()

    def answer_after(self, count: int) -> Any:
        self.answers.nth(count).wait_for(timeout=45 * SECONDS)
        self.page.locator("#stop-button").wait_for(state="detached", timeout=45 * SECONDS)
        return self.answers.last

    @property
    def answers(self) -> Any:
        return self.page.locator("[data-step-type=assistant_message]")

    def screenshot(self, name: str) -> None:
        self.page.wait_for_timeout(700)  # smooth scrolling and the marks of a chart
        self.page.screenshot(path=self._screenshots / f"{name}.png")


@pytest.fixture
def open_chat(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., ChatPage]]:
    """Open a chat in a tab of a fresh browser context. CHAT_SCREENSHOTS names a folder to keep pictures in."""
    contexts: list[Any] = []
    kept = os.environ.get("CHAT_SCREENSHOTS")
    screenshots = Path(kept) if kept else tmp_path_factory.mktemp("screenshots")

    def open_page(server: Server, width: int = 1280, dark: bool = False) -> ChatPage:
        context = browser.new_context(viewport={"width": width, "height": 844})
        context.add_init_script(f"localStorage.setItem('vite-ui-theme', '{'dark' if dark else 'light'}')")
        contexts.append(context)
        return ChatPage(context, server, screenshots)

    yield open_page
    for context in contexts:
        context.close()
