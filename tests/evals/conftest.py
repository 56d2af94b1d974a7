"""Answers made by hand, so that the harness is tested without the assistant."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assistant.answer import Answer
from evals.case import Case, ExpectedQuery
from evals.dataset import DATASETS

JUNE = {"start": "2025-06-01", "end": "2025-06-30"}

MakeCase = Callable[..., Case]
MakeAnswer = Callable[..., Answer]


@pytest.fixture
def case() -> MakeCase:
    """A case that expects spend by platform in June 2025, or whatever else is given."""

    def make(**fields: Any) -> Case:
        query = {"metrics": ["spend"], "dimensions": ["platform"], "period": "2025-06-01..2025-06-30"}
        defaults = {
            "id": "spend-by-platform",
            "category": "breakdown",
            "dataset": "ads_spend",
            "today": date(2025, 7, 1),
            "ask": ["spend by platform last month"],
            "expect": ExpectedQuery.model_validate(query | fields.pop("query", {})),
            "gold": "SELECT 1",
        }
        return Case(**(defaults | fields))

    return make


@pytest.fixture
def answer() -> MakeAnswer:
    """An answer to that case, right unless something else is given. ``query`` changes fields of the right one."""

    def make(**fields: Any) -> Answer:
        query = {"metrics": ["spend"], "dimensions": ["platform"], "period": JUNE} | fields.pop("query", {})
        rows = [{"platform": "Google", "spend": 30.0}, {"platform": "Meta", "spend": 70.0}]
        return Answer(
            **({"status": "answered", "kind": "metrics", "text": "Spend.", "query": query, "rows": rows} | fields)
        )

    return make


@pytest.fixture(scope="session")
def datasets_at_hand() -> set[str]:
    """The datasets to run on: all, or the generated one where the tests run without the acceptance samples."""
    if os.environ.get("WITHOUT_SHARED_SAMPLES"):
        return {name for name, dataset in DATASETS.items() if dataset.sample_data_until}
    return set(DATASETS)
