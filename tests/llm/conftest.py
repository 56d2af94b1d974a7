"""A stand-in endpoint, and assistants that talk to it."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

# Tests are imported by path (importlib mode), so their helper is made importable here, under a name of its own.
_SPEC = importlib.util.spec_from_file_location("standin", Path(__file__).with_name("standin.py"))
assert _SPEC and _SPEC.loader
standin_module = importlib.util.module_from_spec(_SPEC)
sys.modules["standin"] = standin_module
_SPEC.loader.exec_module(standin_module)

ROWS = [
    "date,platform,account,campaign,country,device,spend,revenue,clicks,impressions,conversions",
    "2025-05-10,Meta,Main,Brand_Search,US,Mobile,80,240,20,900,4",
    "2025-06-01,Meta,Main,Brand_Search,US,Mobile,100,300,50,1000,4",
    "2025-06-01,Google,Main,Retargeting,CA,Desktop,50,0,10,500,0",
    "2025-06-02,Meta,Main,Brand_Search,SE,Mobile,200,300,60,2000,6",
    "2025-06-04,Meta,Main,Prospecting,NO,Mobile,30,90,5,100,1",
    "2025-06-04,Google,Main,Retargeting,CA,Desktop,150,450,40,900,5",
]
TODAY = date(2025, 7, 1)


@pytest.fixture
def stand_in() -> Iterator[Any]:
    server = standin_module.StandIn()
    yield server
    server.close()


@pytest.fixture
def open_assistant(tmp_path: Path, stand_in: Any) -> Iterator[Callable[..., Any]]:
    """Opens an assistant over ``rows`` (ROWS) whose language model is the stand-in; settings may be named."""
    from assistant import Assistant
    from kpi.settings import Settings

    opened: list[Any] = []

    def open_it(rows: list[str] | None = None, **settings: Any) -> Any:
        given = {
            "openai_api_key": "key-of-a-test",
            "openai_base_url": stand_in.url,
            "llm_timeout_seconds": 20,
            **settings,
        }
        given.setdefault("llm_summaries", False)
        assistant = Assistant.open(tmp_path / f"workspace-{len(opened)}", Settings.load(**given))
        opened.append(assistant)
        if rows != []:
            file = tmp_path / "ads.csv"
            file.write_text("\n".join(rows or ROWS) + "\n", encoding="utf-8")
            report = assistant.load_file(file)
            assert report.status == "loaded", report.message
        return assistant

    yield open_it
    for assistant in opened:
        assistant.close()


@pytest.fixture
def assistant(open_assistant: Callable[..., Any]) -> Any:
    return open_assistant()


@pytest.fixture
def conversation(assistant: Any) -> Any:
    return assistant.conversation(today=TODAY, user="ann")
