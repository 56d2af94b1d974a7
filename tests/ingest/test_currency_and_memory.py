"""Money of another currency by the workspace's rates; what was said of a layout, remembered while it is one answer."""

from __future__ import annotations

from typing import Any

import pytest

import ingest
from kpi.workspace import Workspace

EUR = "date,platform,spend,revenue,currency\n2026-05-01,Meta,1,2,EUR\n"
USD = "date,platform,spend,revenue,currency\n2026-06-01,Google,100,,USD\n2026-06-03,Google,100,50,USD\n"
RATES = "date,currency,rate\n2026-06-03,USD,0.9\n2026-05-01,USD,0.8\n2026-06-01,GBP,1.2\n"


def money(workspace: Workspace) -> list[tuple[Any, ...]]:
    rows = workspace.warehouse.query(
        "SELECT date::VARCHAR AS d, spend::DOUBLE AS s, revenue::DOUBLE AS r FROM facts "
        "WHERE platform = 'Google' ORDER BY date"
    )
    return [tuple(row.values()) for row in rows]


def test_another_currency_is_converted_by_the_rate_of_the_day(workspace: Workspace, write: Any) -> None:
    ingest.load(workspace, write(EUR))
    (workspace.folder / "rates.csv").write_text(RATES, "utf-8")
    report = ingest.load(workspace, write(USD, "usd.csv"))
    assert report.status == "loaded", report.message
    assert money(workspace) == [("2026-06-01", 80.0, 0.0), ("2026-06-03", 90.0, 45.0)]
    assert (report.currency, report.totals["spend"], workspace.currency) == ("USD", 200, "EUR")
    assert report.converted and (report.converted.to, report.converted.lowest, report.converted.highest) == (
        "EUR",
        0.8,
        0.9,
    )
    assert any("converted from USD to EUR" in warning for warning in report.warnings)


@pytest.mark.parametrize(
    ("rates", "words"),
    [
        (None, "Put a rates.csv"),
        ("date,currency,rate\n2026-06-02,USD,0.9\n", "no rate for 2026-06-01"),
        ("day,code,rate\n2026-06-01,USD,0.9\n", "must start with the line date,currency,rate"),
        ("date,currency,rate\n2026-06-01,USD,nine\n", "Line 2 of rates.csv"),
        ("date,currency,rate\n2026-06-01,USD,-1\n", "Line 2 of rates.csv"),
    ],
)
def test_without_a_rate_for_every_day_it_is_refused(
    workspace: Workspace, write: Any, rates: str | None, words: str
) -> None:
    ingest.load(workspace, write(EUR))
    if rates is not None:
        (workspace.folder / "rates.csv").write_text(rates, "utf-8")
    report = ingest.load(workspace, write(USD, "usd.csv"))
    assert (report.status, report.reason) == ("refused", "mixed_currency") and words in report.message
    assert money(workspace) == []


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("Account,Acme\nCurrency,EUR\n\ndate,platform,spend\n2026-06-01,Meta,5\n", "EUR"),
        ("# Currency: USD\ndate,platform,spend\n2026-06-01,Meta,5\n", "USD"),
        ("date,platform,spend [GBP]\n2026-06-01,Meta,5\n", "GBP"),
        ("date,platform,cost (€)\n2026-06-01,Meta,5\n", "EUR"),
        ("date,platform,cost ($)\n2026-06-01,Meta,5\n", None),
        ("date,platform,spend_usd\n2026-06-01,Meta,5\n", "USD"),
        ("date,platform,spend\n2026-06-01,Meta,US$3.38\n", "USD"),
        ('date,platform,spend\n2026-06-01,Meta,"12,50 €"\n', "EUR"),
        ("date,platform,spend\n2026-06-01,Meta,1 234 kr\n", None),
    ],
)
def test_where_a_currency_may_be_stated(workspace: Workspace, write: Any, text: str, currency: str | None) -> None:
    report = ingest.load(workspace, write(text))
    assert (report.status, report.currency) == ("loaded", currency), report.message


def test_the_lines_above_the_header_are_kept_and_name_the_account(workspace: Workspace, write: Any) -> None:
    report = ingest.load(workspace, write("My report\nAccount: Acme GmbH\n\ndate,platform,spend\n2026-06-01,Meta,5\n"))
    assert report.accounts == ("Acme GmbH",)
    assert report.preamble == ("My report", "Account: Acme GmbH")


def plain(day: str) -> str:
    return f"day,campaign,cost\n2026-06-{day},A,5\n"


def test_what_was_said_of_a_layout_is_remembered_for_it(workspace: Workspace, write: Any) -> None:
    assert ingest.load(workspace, write(plain("01"))).reason == "unknown_format"
    assert ingest.load(workspace, write(plain("01")), platform="FB", account="Shop").status == "loaded"
    report = ingest.load(workspace, write(plain("02"), "next.csv"))
    assert (report.status, report.platforms, report.accounts) == ("loaded", ("Meta",), ("Shop",))
    assert any("as was said of an earlier file" in warning for warning in report.warnings)
    other_layout = write("day,campaign,cost,clicks\n2026-06-02,A,5,1\n", "other.csv")
    assert ingest.load(workspace, other_layout).reason == "unknown_format"


def test_two_different_answers_for_a_layout_are_none(workspace: Workspace, write: Any) -> None:
    ingest.load(workspace, write(plain("01")), platform="Meta")
    ingest.load(workspace, write(plain("02"), "b.csv"), platform="TikTok")
    assert ingest.load(workspace, write(plain("03"), "c.csv")).reason == "unknown_format"
