from __future__ import annotations

from typing import Any

from assistant.answer import Answer
from assistant.chat.table import table
from kpi.query import MetricQuery
from kpi.result import Column

JUNE = {"start": "2025-06-01", "end": "2025-06-30"}
MAY = {"start": "2025-05-02", "end": "2025-05-31"}
CAMPAIGN = Column(name="campaign", label="Campaign", unit="text")
SPEND = Column(name="spend", label="Spend", unit="currency")


def answer(columns: list[Column], rows: list[dict[str, Any]], **query: Any) -> Answer:
    typed = MetricQuery.model_validate({"metrics": ["spend"], "period": JUNE, **query})
    return Answer(status="answered", kind="metrics", text="", columns=columns, rows=rows, query=typed)


def test_one_number_needs_no_table() -> None:
    assert table(answer([SPEND], [{"spend": 1}]), "USD") is None
    assert table(answer([SPEND], []), "USD") is None


def test_values_are_formatted_and_text_can_not_break_the_table() -> None:
    rows = [{"campaign": "a|b ![x](//evil)", "spend": 1234.5}, {"campaign": "c\nd", "spend": None}]
    assert table(answer([CAMPAIGN, SPEND], rows, dimensions=["campaign"]), "USD") == (
        "| Campaign | Spend |\n| :--- | ---: |\n| a\\|b !\\[x\\](//evil) | $1,234.50 |\n| c d | – |"
    )


def test_a_single_row_with_a_comparison_stands_upright() -> None:
    columns = [
        SPEND,
        Column(name="spend_previous", label="Spend before", unit="currency"),
        Column(name="spend_change", label="Spend change", unit="percent"),
    ]
    row = {"spend": 90.0, "spend_previous": 100.0, "spend_change": -0.1}
    assert table(answer(columns, [row], comparison=MAY), None) == (
        "|  | 1–30 June 2025 | 2–31 May 2025 | Change |\n| :--- | ---: | ---: | ---: |\n"
        "| Spend | 90.00 | 100.00 | −10.0 % |"
    )


def test_buckets_of_a_grain_are_named() -> None:
    columns = [Column(name="period", label="Month", unit="date"), SPEND]
    shown = table(
        answer(columns, [{"period": "2025-05-01", "spend": 1}, {"period": "2025-06-01", "spend": 2}], grain="month"),
        "EUR",
    )
    assert shown is not None
    assert "| May 2025 | €1.00 |" in shown


def test_a_long_table_says_that_it_is_cut() -> None:
    rows = [{"campaign": f"c{n}", "spend": n} for n in range(250)]
    shown = table(answer([CAMPAIGN, SPEND], rows, dimensions=["campaign"]), "USD")
    assert shown is not None
    assert shown.count("\n| c") == 100
    assert shown.endswith("The first 100 of 250 rows; the files below hold all of them.")
