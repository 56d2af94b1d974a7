"""Changes that must not change the query, and sums that must agree, over every evaluation question on the real file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant import Assistant
from evals.case import Case, ExpectedQuery, read_cases

TODAY = date(2025, 7, 1)
HARMLESS: dict[str, Callable[[str], str]] = {
    "please": lambda q: f"{q.rstrip('?')} please",
    "a polite opening": lambda q: f"Hey, can you show me {q}",
    "upper case": lambda q: q.upper(),
    "no capitals": lambda q: q.lower(),
    "thanks": lambda q: f"{q} Thanks!",
    "double spaces": lambda q: q.replace(" ", "  "),
    "question marks": lambda q: f"{q.rstrip('?')}??",
}
# Written in capitals these words are codes of countries, and in the question they are not.
CODES_IN_CAPITALS = {" ca ", " us "}


def questions() -> list[str]:
    def applies(case: Case) -> bool:
        return case.dataset == "ads_spend" and isinstance(case.expect, ExpectedQuery) and not case.after

    return [question for case in read_cases() if applies(case) for question in case.ask]


@pytest.mark.parametrize("change", HARMLESS)
def test_harmless_changes_keep_the_query(ads_spend: Assistant, change: str) -> None:
    differ = []
    for question in questions():
        plain = ads_spend.translate(question, today=TODAY).query
        changed = HARMLESS[change](question)
        if ads_spend.translate(changed, today=TODAY).query != plain:
            differ.append(changed)
    assert not differ, f"{len(differ)} questions are read differently, such as {differ[:5]}"


def test_last_month_is_the_same_on_two_days_of_a_month(ads_spend: Assistant) -> None:
    one = ads_spend.translate("spend last month", today=date(2025, 6, 3)).query
    assert one == ads_spend.translate("spend last month", today=date(2025, 6, 27)).query


@pytest.mark.parametrize(
    "dimension", ["platform", "account", "campaign", "country", "device", "day of week", "day type"]
)
@pytest.mark.parametrize("metric", ["spend", "clicks", "conversions", "revenue"])
def test_a_breakdown_sums_to_its_total(ads_spend: Assistant, dimension: str, metric: str) -> None:
    total = ads_spend.conversation(today=TODAY).ask(f"{metric} in Q2").rows[0][metric]
    rows = ads_spend.conversation(today=TODAY).ask(f"{metric} by {dimension} in Q2").rows
    assert sum(row[metric] for row in rows) == pytest.approx(total)


@pytest.mark.parametrize("grain", ["day", "week", "month", "quarter"])
def test_a_trend_sums_to_its_total(ads_spend: Assistant, grain: str) -> None:
    rows = ads_spend.conversation(today=TODAY).ask(f"spend by {grain} in Q2").rows
    total = ads_spend.conversation(today=TODAY).ask("spend in Q2").rows[0]["spend"]
    assert sum(row["spend"] for row in rows) == pytest.approx(total)


def test_the_order_of_metrics_does_not_change_their_values(ads_spend: Assistant) -> None:
    one = ads_spend.conversation(today=TODAY).ask("CAC and ROAS by platform in May").rows
    other = ads_spend.conversation(today=TODAY).ask("ROAS and CAC by platform in May").rows
    assert {r["platform"]: (r["cac"], r["roas"]) for r in one} == {r["platform"]: (r["cac"], r["roas"]) for r in other}
