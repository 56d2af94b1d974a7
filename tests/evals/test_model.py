"""``python -m evals --route llm`` over real HTTP, against the stand-in of tests/llm that plays a script."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evals.case import read_cases
from evals.model.run import EXAMPLES, first_wordings, unseen

CASES = """category: toy
dataset: sample
cases:
  - id: spend
    ask: [total spend last year, what did the whole thing cost last year]
    expect: {metrics: [spend], period: 2024-01-01..2024-12-31}
    gold: SELECT sum(spend) AS spend FROM sample WHERE year(date) = 2024
"""
RIGHT = {"metrics": ["spend"], "period": "last year"}


@pytest.fixture(scope="module")
def standin() -> Any:
    spec = importlib.util.spec_from_file_location("standin", Path(__file__).parents[1] / "llm" / "standin.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault("standin", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def endpoint(standin: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    server = standin.StandIn()
    monkeypatch.setenv("OPENAI_API_KEY", "key-of-a-test")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("LLM_MODEL", "stand-in")
    monkeypatch.setenv("LLM_INPUT_PRICE", "2")
    monkeypatch.setenv("LLM_OUTPUT_PRICE", "8")
    yield server
    server.close()


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "toy.yml"
    path.write_text(CASES, "utf-8")
    return path


def run(*arguments: str) -> int:
    from evals.__main__ import main

    return main(["--route", "llm", *arguments])


def test_rules_and_model_side_by_side_with_cost(
    cases: Path, endpoint: Any, standin: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rules can't read the second wording. The model reads both, the second of two times the first one wrongly."""
    right = standin.calls("query_kpis", **RIGHT)
    wrong = standin.calls("query_kpis", **RIGHT, dimensions=["platform"])
    endpoint.plays(right, right, wrong, right)
    assert run(str(cases), "--repeat", "2", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    scores = report["scores"]
    assert (scores["rules"]["total"]["passed"], scores["rules"]["total"]["questions"]) == (1, 2)
    assert scores["by_model"]["total"] == {"questions": 4, "passed": 3, "silently_wrong": 1}
    assert scores["together"] == {"both": 1, "only rules": 0, "only model": 1, "neither": 0}
    assert (scores["steady"], scores["questions"], scores["rounds"]) == (1, 2, 2)
    assert (scores["tokens"], scores["read_by_model"]) == (4 * 1050, 4)
    assert scores["cost"] == pytest.approx(4 * (1000 * 2 + 50 * 8) / 1_000_000)
    (miss,) = report["misses"]
    assert [found["silently_wrong"] for found in miss["rounds"]] == [False, True]


def test_a_model_that_fails_is_counted_and_the_rules_answer(
    cases: Path, endpoint: Any, standin: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    endpoint.plays(standin.fails(500))
    assert run(str(cases), "--report", str(tmp_path / "out")) == 0
    said = capsys.readouterr().out
    assert "Model failed: 2 of 2" in said
    assert "Read by the model: 0 of 2" in said
    assert json.loads((tmp_path / "out" / "model.json").read_text("utf-8"))["scores"]["failed"] == 2


def test_without_a_key_it_says_what_to_set(
    cases: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert run(str(cases)) == 1
    assert "set OPENAI_API_KEY" in capsys.readouterr().err


def test_the_rules_are_scored_without_the_model_even_where_a_key_is_set(cases: Path, endpoint: Any) -> None:
    from evals.__main__ import main

    assert main([str(cases)]) == 0
    assert endpoint.requests == []


def test_cases_that_the_prompt_shows_are_not_asked_of_the_model() -> None:
    shown = {file.stem for file in EXAMPLES.glob("*.md")}
    everything = read_cases()
    left_out = {case.id for case in everything} - {case.id for case in unseen(everything)}
    assert left_out == shown


def test_a_cheap_look_asks_one_wording_of_every_so_many_cases() -> None:
    cases = read_cases()
    few = first_wordings(cases, 20)
    assert len(few) == -(-len(cases) // 20)
    assert {len(case.ask) for case in few} == {1}
