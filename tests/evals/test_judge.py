"""Judging an answer: each way to be wrong has its reason code, and what says nothing is not held against it."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answer import Answer
from evals.case import Case
from evals.compare.answer import judge
from evals.compare.rows import rows_differ

GOLD = [{"platform": "Meta", "spend": 70}, {"platform": "Google", "spend": 30}]
MAY = {"start": "2025-05-01", "end": "2025-05-31"}


def reasons(case: Case, answer: Answer, gold: list[dict[str, Any]] | None = None) -> list[str]:
    return [reason.value for reason, _ in judge(case, answer, GOLD if gold is None else gold)]


def test_right_whatever_the_order_of_the_rows(case: Any, answer: Any) -> None:
    assert reasons(case(), answer()) == []


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"metrics": ["cac"]}, "wrong_metric"),
        ({"metrics": ["spend", "cac"]}, "wrong_metric"),
        ({"extras": [{"kind": "share", "metric": "spend"}]}, "wrong_metric"),
        ({"period": MAY}, "wrong_period"),
        ({"comparison": MAY}, "wrong_comparison"),
        ({"filters": [{"dimension": "country", "values": ["US"]}]}, "wrong_filter"),
        ({"dimensions": []}, "wrong_breakdown"),
        ({"grain": "week"}, "wrong_grain"),
        ({"limit": 3}, "wrong_order"),
        ({"top": {"dimension": "platform", "by": "spend", "n": 3}}, "wrong_order"),
    ],
)
def test_each_part_of_the_query_has_its_reason(case: Any, answer: Any, changed: dict[str, Any], reason: str) -> None:
    assert reasons(case(), answer(query=changed)) == [reason]


def test_all_wrong_parts_are_named(case: Any, answer: Any) -> None:
    assert reasons(case(), answer(query={"metrics": ["cac"], "period": MAY})) == ["wrong_metric", "wrong_period"]


def test_members_and_filters_are_sets(case: Any, answer: Any) -> None:
    country = {"dimension": "country", "values": ["US", "CA"]}
    device = {"dimension": "device", "op": "not in", "values": ["Mobile"]}
    swapped = [device, {"dimension": "country", "values": ["CA", "US"]}]
    assert reasons(case(query={"filters": [country, device]}), answer(query={"filters": swapped})) == []


def test_keeping_is_not_leaving_out(case: Any, answer: Any) -> None:
    kept = {"filters": [{"dimension": "device", "op": "in", "values": ["Mobile"]}]}
    left_out = {"filters": [{"dimension": "device", "op": "not in", "values": ["Mobile"]}]}
    assert reasons(case(query=kept), answer(query=left_out)) == ["wrong_filter"]


def test_an_order_is_compared_only_where_the_case_states_one(case: Any, answer: Any) -> None:
    largest_first = {"order": {"by": "spend", "descending": True}}
    assert reasons(case(), answer(query=largest_first)) == []
    assert reasons(case(query=largest_first), answer()) == ["wrong_order"]


def test_rows_in_the_wrong_order_miss_where_an_order_was_asked(case: Any, answer: Any) -> None:
    largest_first = {"order": {"by": "spend", "descending": True}}
    assert reasons(case(query=largest_first), answer(query=largest_first)) == ["wrong_rows"]


def test_a_right_query_with_wrong_rows_misses(case: Any, answer: Any) -> None:
    assert reasons(case(), answer(rows=[{"platform": "Meta", "spend": 70.1}, {"platform": "Google", "spend": 30}])) == [
        "wrong_rows"
    ]


def test_no_rows_are_not_the_gold_rows(case: Any, answer: Any) -> None:
    assert reasons(case(), answer(rows=[])) == ["wrong_rows"]
    assert reasons(case(), answer(rows=[]), gold=[]) == []


def test_a_clarification_where_a_query_was_due(case: Any, answer: Any) -> None:
    assert reasons(case(), answer(status="needs_clarification", query={})) == ["wrong_status"]


def test_an_error_is_never_right(case: Any, answer: Any) -> None:
    assert reasons(case(expect="cannot", gold=None), answer(status="error")) == ["error"]


@pytest.mark.parametrize(
    ("verdict", "status", "kind"),
    [
        ("clarify", "needs_clarification", "metrics"),
        ("cannot", "cannot_answer", "forecast"),
        ("define", "answered", "define"),
        ("data_status", "answered", "data_status"),
        ("message", "message", "message"),
    ],
)
def test_verdicts(case: Any, answer: Any, verdict: str, status: str, kind: str) -> None:
    expecting = case(expect=verdict, gold=None)
    assert reasons(expecting, answer(status=status, kind=kind)) == []
    assert reasons(expecting, answer()) == ["wrong_status"]


def test_what_an_answer_must_mention_may_stand_in_an_option(case: Any, answer: Any) -> None:
    expecting = case(expect="clarify", gold=None, mentions=["Meta"])
    options = [{"label": "All of Meta", "question": "spend on Meta"}]
    assert reasons(expecting, answer(status="needs_clarification", text="Which?", options=options)) == []
    assert reasons(expecting, answer(status="needs_clarification", text="Which?")) == ["wrong_text"]


class TestRows:
    def test_numbers_to_a_millionth(self) -> None:
        assert rows_differ([{"spend": 1_000_000.0}], [{"spend": 1_000_000.5}], ordered=False) is None
        assert rows_differ([{"spend": 1_000_000.0}], [{"spend": 1_000_002.0}], ordered=False)

    def test_null_is_only_null_and_never_zero(self) -> None:
        assert rows_differ([{"cac": None}], [{"cac": None}], ordered=False) is None
        assert rows_differ([{"cac": None}], [{"cac": 0}], ordered=False)
        assert rows_differ([{"cac": 0}], [{"cac": None}], ordered=False)

    def test_a_missing_column_is_named(self) -> None:
        assert rows_differ([{"cac": 1}], [{"spend": 1}], ordered=False) == "no column cac"

    def test_more_columns_than_the_gold_rows_are_fine(self) -> None:
        assert rows_differ([{"cac": 1}], [{"cac": 1.0, "cac_change": 0.1}], ordered=False) is None

    def test_swapped_values_of_two_members_differ(self) -> None:
        gold = [{"platform": "Meta", "spend": 1}, {"platform": "Google", "spend": 2}]
        swapped = [{"platform": "Meta", "spend": 2}, {"platform": "Google", "spend": 1}]
        assert rows_differ(gold, swapped, ordered=False)
