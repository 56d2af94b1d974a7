"""Phrases by kind, each with the reading worked out by hand: the tables in ``readings/``, asked of the assistant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant import Assistant
from kpi.query import Period

BEFORE = "total spend "
ASKED_ON = "2025-06-18"
TABLES = sorted(Path(__file__).with_name("readings").glob("*.yml"))


@pytest.fixture(scope="module")
def nothing_loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An open start is 1 January 1900 here."""
    assistant = Assistant.open(tmp_path_factory.mktemp("nothing_loaded"))
    yield assistant
    assistant.close()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_every_phrase_of_the_table_is_read_so(nothing_loaded: Assistant, table: Path) -> None:
    rows = yaml.safe_load(table.read_text("utf-8"))
    wrong = {
        f"{phrase} @ {today}": f"{read}, not {expected}"
        for phrase, expected, today in ([*row, ASKED_ON][:3] for row in rows)
        if (read := reading(nothing_loaded, phrase, date.fromisoformat(today))) != expected
    }
    assert rows
    assert wrong == {}


def reading(assistant: Assistant, phrase: str, today: date) -> str:
    """'2025-06-01 to 2025-06-30', 'x vs y', or 'asks' where no query is made of the phrase."""
    answer = assistant.translate(BEFORE + phrase, today=today)
    if answer.query is None:
        return "asks"
    periods = [answer.query.period, *([answer.query.comparison] if answer.query.comparison else [])]
    return " vs ".join(map(written, periods))


def written(period: Period) -> str:
    return f"{period.start}" if period.start == period.end else f"{period.start} to {period.end}"
