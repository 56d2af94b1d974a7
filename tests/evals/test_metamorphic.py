"""What must hold between two questions, whatever the right answer is, over all our cases and datasets.

Harmless changes of a whole question are tests/understand/test_metamorphic.py, taking out a word is test_deletion.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from evals.case import Case, ExpectedQuery, read_cases
from evals.compare.query import differences
from kpi.query import MetricQuery

TODAY = date(2025, 7, 1)
SUMS = {"spend", "impressions", "clicks", "conversions", "revenue"}
METRICS = ("spend", "impressions", "clicks", "conversions", "revenue", "cac", "roas", "ctr", "cpc", "cpm", "cvr", "aov")
PARTS = [("in january", "in february", "from january to february"), ("in Q1", "in Q2", "in H1")]
HARMLESS: dict[str, Callable[[str], str]] = {
    "please": lambda question: f"{question.rstrip('?')} please",
    "upper case": str.upper,
    "a question mark": lambda question: f"{question.rstrip('?')}?",
}

# Of harmlessly changed follow-ups, at most so many are asked back, or taken for another question: what holds today.
ASKED_BACK, ANOTHER = 0.03, 0.01

Assistants = dict[str, Any]


@pytest.fixture(scope="module")
def assistants(datasets_at_hand: set[str]) -> Iterator[Assistants]:
    from evals.run import loaded

    with ExitStack() as opened:
        yield {name: opened.enter_context(loaded(name))[0] for name in sorted(datasets_at_hand)}


def cases_of(assistants: Assistants, *, follow_ups: bool) -> list[Case]:
    expected = [case for case in read_cases() if isinstance(case.expect, ExpectedQuery)]
    return [case for case in expected if case.dataset in assistants and bool(case.after) == follow_ups]


def value(assistant: Any, question: str) -> float:
    answer = assistant.conversation(today=TODAY).ask(question)
    assert len(answer.rows) == 1, answer.text
    return float(answer.rows[0][answer.query.metrics[0]])


@pytest.mark.parametrize("change", HARMLESS)
def test_harmless_changes_of_a_follow_up_keep_the_query(assistants: Assistants, change: str) -> None:
    def understood(case: Case, question: str) -> Any:
        conversation = assistants[case.dataset].conversation(today=case.today)
        for earlier in case.after:
            conversation.ask(earlier)
        answer = conversation.ask(question)
        return answer.query if answer.status == "answered" else answer.status

    asked = [(case, case.ask[0]) for case in cases_of(assistants, follow_ups=True)]
    taken = [(q, understood(case, q), understood(case, HARMLESS[change](q))) for case, q in asked]
    differ = [(q, changed) for q, plain, changed in taken if plain != changed]
    assert len(asked) >= 80
    another = [(q, changed) for q, changed in differ if isinstance(changed, MetricQuery)]
    assert len(another) <= ANOTHER * len(asked), another
    assert len(differ) - len(another) <= ASKED_BACK * len(asked), differ


def test_last_month_is_the_same_on_two_days_of_a_month(assistants: Assistants) -> None:
    differ = []
    for case in cases_of(assistants, follow_ups=False):
        translate = assistants[case.dataset].translate
        for question in case.ask:
            if "last month" in question.lower() and case.today == TODAY:
                early, late = (translate(question, today=date(2025, 6, day)) for day in (3, 27))
                if (early.status, early.query) != (late.status, late.query):
                    differ.append(question)
    assert not differ


def test_a_breakdown_sums_to_its_total(assistants: Assistants) -> None:
    """Every case that breaks sums down and keeps all rows: without the breakdown, the same sum in one row."""
    tried = 0
    for case in cases_of(assistants, follow_ups=False):
        query = MetricQuery.model_validate(case.expect.model_dump())  # type: ignore[union-attr]
        sums = SUMS.intersection(query.metrics)
        whole = query.model_copy(update={"dimensions": (), "grain": None, "order": None, "extras": ()})
        if whole == query or not sums or query.limit or query.top or query.metric_filters:
            continue
        rows, (total,) = (assistants[case.dataset].answer_query(q, case.today).rows for q in (query, whole))
        for metric in sums:
            assert sum(row[metric] or 0 for row in rows) == pytest.approx(total[metric]), case.id
        tried += 1
    assert tried >= 20


@pytest.mark.parametrize("pair", list(combinations(METRICS, 2)), ids="-".join)
def test_the_order_of_metrics_does_not_matter(assistants: Assistants, pair: tuple[str, str]) -> None:
    one, other = (
        assistants["sample"].translate(f"{a} and {b} by platform in may", today=TODAY) for a, b in (pair, pair[::-1])
    )
    assert set(one.query.metrics) == set(pair)
    assert not differences(one.query, other.query)


@pytest.mark.parametrize(
    "members", [("Meta", "Google"), ("TikTok", "LinkedIn"), ("US", "Germany"), ("mobile", "tablet")]
)
def test_the_order_of_compared_members_does_not_matter(assistants: Assistants, members: tuple[str, str]) -> None:
    one, other = (
        assistants["sample"].translate(f"{a} vs {b} roas last month", today=TODAY) for a, b in (members, members[::-1])
    )
    assert one.status == "answered"
    assert not differences(one.query, other.query)


@pytest.mark.parametrize("parts", PARTS)
@pytest.mark.parametrize("metric", sorted(SUMS))
def test_periods_add_up(assistants: Assistants, metric: str, parts: tuple[str, str, str]) -> None:
    first, second, both = (value(assistants["sample"], f"{metric} {period}") for period in parts)
    assert first + second == pytest.approx(both)


@pytest.mark.parametrize("member", ["Meta", "Germany", "mobile", "Brand_Search", "Northwind_Outlet"])
def test_a_member_and_everything_but_it_add_up(assistants: Assistants, member: str) -> None:
    questions = (f"{member} spend in may", f"spend in may excluding {member}", "spend in may")
    only, without, everything = (value(assistants["sample"], question) for question in questions)
    assert only + without == pytest.approx(everything)
    assert 0 < only < everything


@pytest.mark.parametrize("metric", METRICS)
def test_a_comparison_is_the_two_periods_by_themselves(assistants: Assistants, metric: str) -> None:
    answer = assistants["sample"].conversation(today=TODAY).ask(f"{metric} in june vs may")
    june, may = (value(assistants["sample"], f"{metric} in {month}") for month in ("june", "may"))
    (row,) = answer.rows
    assert (row[metric], row[f"{metric}_previous"]) == (pytest.approx(june), pytest.approx(may))
    assert row[f"{metric}_change"] == pytest.approx(june / may - 1)
