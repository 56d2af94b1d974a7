"""Every expected text is written by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant import formats
from kpi.query import Grain, Period
from kpi.result import Unit


@pytest.mark.parametrize(
    ("v", "unit", "currency", "expected"),
    [
        (29.8093, "currency", "USD", "$29.81"),
        (1234.5, "currency", "EUR", "€1,234.50"),
        (9999.99, "currency", "USD", "$9,999.99"),
        (1690764.32, "currency", "USD", "$1,690,764"),
        (1234.0, "currency", "AUD", "AUD 1,234.00"),
        (12345.6, "currency", "AUD", "AUD 12,346"),
        (12.5, "currency", None, "12.50"),
        (12345.6, "currency", None, "12,346"),
        (-5, "currency", "GBP", "−£5.00"),
        (0, "currency", "USD", "$0.00"),
        (0.0042, "currency", "USD", "$0.0042"),
        (0.05, "currency", "USD", "$0.05"),
        (0.045, "currency", "USD", "$0.045"),
        (54917, "count", "USD", "54,917"),
        (12.5, "count", None, "12.5"),
        (1234.3000000000002, "count", None, "1,234.3"),
        (1 / 3, "count", None, "0.33"),
        (0, "count", None, "0"),
        (3.3547, "ratio", "USD", "3.35"),
        (3, "ratio", None, "3.00"),
        (0.076, "percent", None, "7.6 %"),
        (0.5, "percent", None, "50.0 %"),
        (12.345, "percent", None, "1,234.5 %"),
        (0.00045, "percent", None, "0.045 %"),
        (0.0045, "percent", None, "0.45 %"),
        ("2025-06-02", "date", None, "2 June 2025"),
        (date(2025, 6, 2), "date", None, "2 June 2025"),
        ("Brand_Search", "text", "USD", "Brand_Search"),
        (None, "currency", "USD", "–"),
        (None, "text", None, "–"),
        (float("nan"), "ratio", None, "–"),
        (float("inf"), "ratio", None, "–"),
    ],
)
def test_value(v: Any, unit: Unit, currency: str | None, expected: str) -> None:
    assert formats.value(v, unit, currency) == expected


@pytest.mark.parametrize("unit", ["currency", "count", "ratio", "percent"])
def test_a_negative_number_rounded_to_zero_has_no_minus(unit: Unit) -> None:
    assert "−" not in formats.value(-0.0000000001, unit, "USD")
    assert "−" not in formats.value(-0.0, unit, "USD")


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [
        (0.0826, "+8.3 %"),
        (-0.0763, "−7.6 %"),
        (0.0, "0.0 %"),
        (-0.0001, "0.0 %"),
        (0.0001, "0.0 %"),
        (12.5, "+1,250.0 %"),
        (-1, "−100.0 %"),
        (None, "no earlier value"),
        (float("inf"), "no earlier value"),
    ],
)
def test_change(fraction: float | None, expected: str) -> None:
    assert formats.change(fraction) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025-06-01", "2025-06-30", "1–30 June 2025"),
        ("2025-05-28", "2025-06-03", "28 May – 3 June 2025"),
        ("2025-06-02", "2025-06-02", "2 June 2025"),
        ("2024-12-28", "2025-01-03", "28 December 2024 – 3 January 2025"),
        ("2024-06-01", "2025-06-30", "1 June 2024 – 30 June 2025"),
    ],
)
def test_days(start: str, end: str, expected: str) -> None:
    assert formats.days(Period(start=date.fromisoformat(start), end=date.fromisoformat(end))) == expected


@pytest.mark.parametrize(
    ("day", "grain", "expected"),
    [
        ("2025-06-02", "day", "2 June 2025"),
        ("2025-06-02", "week", "Week of 2 June"),
        (date(2025, 6, 1), "month", "June 2025"),
        ("2025-04-01", "quarter", "Q2 2025"),
        ("2025-12-01T00:00:00", "quarter", "Q4 2025"),
        ("2025-01-01", "year", "2025"),
    ],
)
def test_bucket(day: date | str, grain: Grain, expected: str) -> None:
    assert formats.bucket(day, grain) == expected


@pytest.mark.parametrize(
    ("several", "unit", "expected"),
    [
        ([0.0183, 0.0181], "percent", ["1.83 %", "1.81 %"]),
        ([0.0183, 0.0171], "percent", ["1.8 %", "1.7 %"]),
        ([0.0183, 0.0183], "percent", ["1.8 %", "1.8 %"]),
        ([3.154, 3.151], "ratio", ["3.154", "3.151"]),
        ([12345.6, 12346.1], "currency", ["12,345.6", "12,346.1"]),
        ([8760, 9000], "count", ["8,760", "9,000"]),
        ([3.1, None], "ratio", ["3.10", "–"]),
    ],
)
def test_values_that_differ_do_not_look_alike(several: list[Any], unit: Unit, expected: list[str]) -> None:
    assert formats.values(several, unit, None) == expected
