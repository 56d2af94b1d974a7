"""``python -m evals``: exit codes and one clear line where something can't be run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

CASE = """category: toy
dataset: sample
cases:
  - id: greeting
    ask: [hello, hi]
    expect: message
  - id: last-year
    ask: total spend last year
    expect: {metrics: [spend], period: 2024-01-01..2024-12-31}
    gold: SELECT sum(spend) AS spend FROM sample WHERE year(date) = 2024
"""


def run(*arguments: str) -> int:
    from evals.__main__ import main

    return main(list(arguments))


def test_a_run_writes_both_reports_and_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "toy.yml").write_text(CASE, "utf-8")
    assert run(str(tmp_path / "toy.yml"), "--report", str(tmp_path / "out"), "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert printed["scores"]["total"] == {"questions": 3, "passed": 3, "silently_wrong": 0}
    assert "Evaluation report" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(tmp_path / "absent.yml")) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_changed_questions_and_the_trend_are_in_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "toy.yml").write_text(CASE, "utf-8")
    trend = tmp_path / "trend.csv"
    assert run(str(tmp_path / "toy.yml"), "--perturb", "--trend", str(trend), "--report", str(tmp_path), "--json") == 0
    rates = json.loads(capsys.readouterr().out)["perturbed"]["rates"]
    assert rates["all"]["questions"] >= 3
    assert trend.read_text("utf-8").count("\n") == 2
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "<td>politeness</td>" in page
    assert "<polyline" in page


def test_wrong_usage_exits_with_2() -> None:
    with pytest.raises(SystemExit) as stopped:
        run("--route", "guess")
    assert stopped.value.code == 2
