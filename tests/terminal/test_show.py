"""Answers as people see them at a terminal."""

from __future__ import annotations

import io
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.terminal.bars import bar, spark_line
from assistant.terminal.show import MOST_ROWS, console, show
from kpi.query import MetricQuery
from kpi.result import Column

SPEND = Column(name="spend", label="Spend", unit="currency")
PLATFORM = Column(name="platform", label="Platform", unit="text")
PERIOD = Column(name="period", label="Month", unit="date")
JUNE = {"start": "2025-06-01", "end": "2025-06-30"}


def answer(**fields: Any) -> Answer:
    query = MetricQuery.model_validate({"metrics": ["spend"], "period": JUNE} | fields.pop("query", {}))
    return Answer.model_validate({"status": "answered", "kind": "metrics", "text": "Here.", "query": query} | fields)


def shown(given: Answer, width: int = 100, terminal: bool = False) -> str:
    file = io.StringIO()
    show(given, console(file=file, width=width, force_terminal=terminal), "USD")
    return file.getvalue()


def test_a_breakdown_has_a_row_and_a_bar_a_member() -> None:
    rows = [{"platform": "Meta", "spend": 2000.0}, {"platform": "Google", "spend": 1000.0}]
    lines = shown(answer(columns=[PLATFORM, SPEND], rows=rows, query={"dimensions": ["platform"]})).splitlines()
    assert lines[0] == "Here."
    assert lines[2].split() == ["Meta", "$2,000.00", "█" * 20]
    assert lines[3].split() == ["Google", "$1,000.00", "█" * 10]


def test_a_trend_has_names_of_months_and_a_spark_line() -> None:
    rows = [{"period": f"2025-0{month}-01", "spend": spend} for month, spend in ((4, 100.0), (5, None), (6, 200.0))]
    text = shown(answer(columns=[PERIOD, SPEND], rows=rows, query={"grain": "month"}))
    assert "April 2025" in text
    assert "Spend  ▁ █  $100.00 to $200.00" in text


def test_a_change_has_a_sign_and_none_is_a_dash() -> None:
    change = Column(name="spend_change", label="Change", unit="percent")
    rows = [{"spend": 2.0, "spend_change": -0.0763}, {"spend": 2.0, "spend_change": None}]
    text = shown(answer(columns=[SPEND, change], rows=rows))
    assert "−7.6 %" in text
    assert text.splitlines()[3].split() == ["$2.00", "–"]


def test_notes_options_and_interpretation_follow() -> None:
    given = answer(
        text="Here. The data is old.",
        notes=[{"code": "partial", "text": "June is not over."}, {"code": "data_old", "text": "The data is old."}],
        options=[{"label": "Meta", "question": "Meta spend"}, {"label": "help", "question": "help"}],
        interpretation="Spend, 1–30 June 2025",
    )
    assert shown(given).splitlines()[1:] == [
        "! June is not over.",
        "1. Meta: Meta spend",
        "2. help",
        "Spend, 1–30 June 2025",
    ]


def test_a_long_result_says_how_much_is_left_out() -> None:
    rows = [{"platform": f"p{number}", "spend": 1.0} for number in range(MOST_ROWS + 7)]
    assert "and 7 more rows" in shown(answer(columns=[PLATFORM, SPEND], rows=rows, query={"dimensions": ["platform"]}))


def test_colours_only_on_a_terminal() -> None:
    assert "\x1b[" not in shown(answer())
    assert "\x1b[" in shown(answer(), terminal=True)


@pytest.mark.parametrize(
    "name", ["\x1b[31mred\x1b]0;title\x07", "[bold]no markup[/bold]", "a\nb", ":smile:", "\u202egnp.exe"]
)
def test_names_from_a_file_can_not_drive_the_terminal(name: str) -> None:
    rows = [{"platform": name, "spend": 1.0}]
    text = shown(answer(columns=[PLATFORM, SPEND], rows=rows, text=name, query={"dimensions": ["platform"]}))
    assert not set(text) & {"\x1b", "\x07", "\u202e"}
    assert name.translate({0x1B: None, 7: None, 0x202E: None}).split("\n")[0] in text


def test_a_narrow_terminal_still_shows_everything() -> None:
    rows = [{"platform": "A campaign with a rather long name", "spend": 1234.5}, {"platform": "B", "spend": 1.0}]
    given = answer(columns=[PLATFORM, SPEND], rows=rows, query={"dimensions": ["platform"]})
    assert "1,234.50" in shown(given, width=40)


def test_bars_are_shares_of_the_largest() -> None:
    assert bar(10, 10, width=4) == "████"
    assert bar(5, 10, width=4) == "██"
    assert bar(1, 10, width=4) == "▍"  # 0.4 of a block, rounded to 3 eighths
    assert bar(0.0001, 10, width=4) == "▏"
    assert [bar(value, 10) for value in (None, 0, -3)] == ["", "", ""]


def test_spark_lines_keep_gaps() -> None:
    assert spark_line([1, None, 8]) == "▁ █"
    assert spark_line([3, 3]) == "▅▅"
    assert spark_line([None, None]) == spark_line([]) == ""
