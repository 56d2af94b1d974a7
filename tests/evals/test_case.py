"""Case files: what is refused, so that no case passes without anything being checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evals.case import ExpectedQuery, read_cases
from kpi.errors import DefinitionError

HEAD = "category: breakdown\ndataset: ads_spend\ncases:\n"
GOOD = HEAD + (
    "  - id: one\n    ask: spend last month\n    expect: {metrics: [spend], period: 2025-06-01..2025-06-30}\n"
    "    gold: SELECT 1 AS spend\n"
)


def written(folder: Path, text: str) -> list[Path]:
    path = folder / "some.yml"
    path.write_text(text, "utf-8")
    return [path]


def test_a_case_takes_what_its_file_and_dataset_say(tmp_path: Path) -> None:
    (case,) = read_cases(written(tmp_path, GOOD))
    assert (case.category, case.dataset, case.today, case.ask) == (
        "breakdown", "ads_spend", date(2025, 7, 1), ("spend last month",),
    )  # fmt: skip
    assert isinstance(case.expect, ExpectedQuery)
    assert case.expect.period.days == 30


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(GOOD.replace("    gold: SELECT 1 AS spend\n", ""), "needs `gold`", id="query without gold rows"),
        pytest.param(HEAD + "  - id: one\n    ask: hi\n", "expect", id="nothing expected"),
        pytest.param(HEAD + "  - id: one\n    ask: hi\n    expect: {}\n", "metrics", id="empty expectation"),
        pytest.param(HEAD + "  - id: one\n    ask: hi\n    expect: maybe\n", "expect", id="unknown verdict"),
        pytest.param(HEAD + "  - id: one\n    ask: []\n    expect: message\n", "ask", id="no question"),
        pytest.param(
            HEAD + "  - id: one\n    ask: hi\n    expect: message\n    gold: SELECT 1\n",
            "never looked at",
            id="unused gold",
        ),
        pytest.param(
            HEAD + "  - id: one\n    ask: hi\n    expect: cannot\n    mentions: ['']\n",
            "empty text",
            id="empty mention",
        ),
        pytest.param(GOOD + "    golf: 1\n", "golf", id="misspelt key"),
        pytest.param(GOOD.replace("ads_spend", "adspend"), "no dataset is called", id="unknown dataset"),
        pytest.param(GOOD.replace("2025-06-01..", "2025-07-01.."), "ends", id="period the wrong way round"),
        pytest.param(GOOD.replace("30}", "30, limit: 3}"), "without an order", id="limit without order"),
        pytest.param(GOOD + GOOD[len(HEAD) :], "Two cases are called one", id="one id twice"),
        pytest.param(
            HEAD + "  - id: one\n    turns:\n      - {ask: hi, expect: message}\n",
            "two or more turns",
            id="a conversation of one turn",
        ),
        pytest.param(HEAD + "  - id: one\n    turns: [hi, bye]\n", "each with `ask`", id="a turn that is no case"),
        pytest.param("category: [", "no file of cases", id="no YAML"),
        pytest.param("category: x\ndataset: sample\ncases: []\n", "cases", id="no case"),
    ],
)
def test_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DefinitionError, match=says):
        read_cases(written(tmp_path, text))


def test_an_empty_folder_is_no_run_that_passes(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="no case to run"):
        read_cases([tmp_path])


def test_our_own_cases_are_many_and_varied() -> None:
    cases = read_cases()
    assert len(cases) >= 400
    assert sum(len(case.ask) >= 3 for case in cases) >= 300
    assert len({case.conversation for case in cases if case.conversation}) >= 80
    assert len({case.category for case in cases}) >= 35
    assert {case.dataset for case in cases} == {"ads_spend", "sample", "no_revenue"}


def test_turns_are_cases_that_know_what_was_said_before(tmp_path: Path) -> None:
    turns = (
        "  - id: talk\n    turns:\n      - {ask: hi, expect: message}\n"
        "      - {ask: [spend, total spend], expect: clarify}\n      - {ask: back, expect: cannot}\n"
    )
    first, second, third = read_cases(written(tmp_path, HEAD + turns))
    assert [(c.id, c.after) for c in (first, second, third)] == [
        ("talk-1", ()), ("talk-2", ("hi",)), ("talk-3", ("hi", "spend")),
    ]  # fmt: skip
    assert {c.conversation for c in (first, second, third)} == {"talk"}


def test_no_wording_stands_twice() -> None:
    asked = [(case.dataset, case.today, case.after, question) for case in read_cases() for question in case.ask]
    assert len(set(asked)) == len(asked)
