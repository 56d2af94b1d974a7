"""A server whose assistant answers by script, so that tests can make it slow, broken or hostile. Run by conftest.py."""

from __future__ import annotations

import socket
import sys
import time
from pathlib import Path
from typing import Any

import uvicorn

from assistant.answer import Answer
from assistant.web.app import create_app
from kpi import events
from kpi.errors import PlatformError
from kpi.query import MetricQuery, Period
from kpi.result import Column
from kpi.semantic import SemanticModel
from kpi.settings import Settings
from kpi.workspace import Workspace
from tools.base import Note, Option

JUNE = Period.model_validate({"start": "2025-06-01", "end": "2025-06-30"})
MAY = Period.model_validate({"start": "2025-05-02", "end": "2025-05-31"})
HOSTILE = (
    "![x](http://evil.example/p.png)",
    "<img src=http://evil.example/q.png onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "a|b `code` **bold** _it_ ~~gone~~",
    "http://evil.example/ www.evil.example me@evil.example",
    "Spend:high :smile[x]{y}",
    "<script>alert(1)</script> &lt;b&gt;",
)


ENDLESS = "SELECT sum(a.range * b.range) AS n FROM range(10_000_000) AS a, range(10_000_000) AS b"


class ScriptedConversation:
    def __init__(self, user: str | None, assistant: ScriptedAssistant) -> None:
        self.user = user
        self.asked = 0
        self.assistant = assistant

    def ask(self, text: str) -> Answer:
        self.asked += 1
        if text == "break":
            raise RuntimeError("the password is in /etc/secret")
        if text == "slow":
            time.sleep(3)
        if text == "endless":
            self.assistant.run_endlessly()
        if text == "how did it end":
            return Answer(status="message", kind="message", text=f"ended by {self.assistant.endings}")
        if text == "compare":
            return _compared()
        if text == "hostile":
            return _hostile()
        said = f"question {self.asked} of {self.user}: {text}"
        chips = [Option(label="Only mobile", question="and only on mobile")]
        return Answer(id="0123456789ab", status="message", kind="message", text=said, follow_ups=chips)


def _compared() -> Answer:
    columns = [
        Column(name="cac", label="CAC", unit="currency"),
        Column(name="cac_previous", label="CAC before", unit="currency"),
        Column(name="cac_change", label="CAC change", unit="percent"),
    ]
    return Answer(
        id="0123456789ab",
        status="answered",
        kind="metrics",
        text="CAC was $29.81, down 7.6 %.",
        interpretation="CAC, 1–30 June 2025 vs 2–31 May 2025",
        query=MetricQuery(metrics=("cac",), period=JUNE, comparison=MAY),
        sql="SELECT 1 AS cac",
        columns=columns,
        rows=[{"cac": 29.8093, "cac_previous": 32.2715, "cac_change": -0.0763}],
        chart={"data": [{"type": "bar", "x": ["CAC"], "y": [29.8]}], "layout": {"title": {"text": "CAC in June"}}},
        notes=[Note(code="revenue_assumed", text="A conversion counts as $100.")],
        follow_ups=[Option(label="By platform", question="by platform")],
    )


def _hostile() -> Answer:
    return Answer(
        status="answered",
        kind="metrics",
        text="\n".join(HOSTILE),
        interpretation=HOSTILE[0] + HOSTILE[1],
        query=MetricQuery(metrics=("spend",), dimensions=("campaign",), period=JUNE),
        sql="SELECT '```' || '</code><img src=http://evil.example/r.png>'",
        columns=[
            Column(name="campaign", label=HOSTILE[0], unit="text"),
            Column(name="spend", label="Spend", unit="currency"),
        ],
        rows=[{"campaign": text, "spend": 1.0} for text in HOSTILE],
        notes=[Note(code="x", text=HOSTILE[0])],
        options=[Option(label=HOSTILE[1], question=HOSTILE[0])],
    )


class ScriptedAssistant:
    def __init__(self, folder: Path) -> None:
        self.workspace = Workspace.open(folder, Settings.load())
        self.model = SemanticModel.load()
        self.endings: list[str] = []

    def conversation(self, today: Any = None, user: str | None = None) -> ScriptedConversation:
        return ScriptedConversation(user, self)

    def run_endlessly(self) -> None:
        """A query that only ends from outside; how it ended is remembered."""
        try:
            self.workspace.warehouse.query(ENDLESS)
        except PlatformError as error:
            self.endings.append(error.code)
            raise


def main() -> None:
    events.switch_on("info")
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(ScriptedAssistant(Path(sys.argv[1])))  # type: ignore[arg-type]
    sys.stdout.write(f"Open http://localhost:{listener.getsockname()[1]} \n")
    sys.stdout.flush()
    uvicorn.Server(uvicorn.Config(app, log_config=None)).run(sockets=[listener])


if __name__ == "__main__":
    main()
