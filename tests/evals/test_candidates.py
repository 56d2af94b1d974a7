"""Answers called wrong: what the workspace keeps, and the case that is made of one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant import feedback
from assistant.feedback import Objection
from evals.case import read_cases
from evals.gold import Gold
from kpi.errors import DefinitionError

TODAY = date(2025, 7, 1)


@pytest.fixture
def objection(answer: Any) -> Objection:
    wrong = answer(id="0123456789ab", query={"filters": [{"dimension": "country", "values": ["US"]}]})
    return Objection.of('and: "US"?', wrong, after=["spend # by platform"], today=TODAY, user="ann")


def run(*arguments: str) -> int:
    from evals.__main__ import main

    return main(list(arguments))


def test_the_newest_line_of_an_answer_counts_and_a_cut_line_is_passed_over(tmp_path: Path, objection: Any) -> None:
    feedback.add(tmp_path, objection)
    feedback.add(tmp_path, objection.model_copy(update={"comment": "only mobile"}))
    with (tmp_path / feedback.FILE).open("a", encoding="utf-8") as file:
        file.write('{"answer": "half a li')
    (kept,) = feedback.read(tmp_path)
    assert (kept.comment, kept.question, kept.user) == ("only mobile", 'and: "US"?', "ann")


def test_they_are_listed_until_they_are_cases(
    tmp_path: Path, objection: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    feedback.add(tmp_path, objection)
    assert run("--candidates", "--workspace", str(tmp_path)) == 0
    assert "0123456789ab" in capsys.readouterr().out
    assert run("--promote", "0123456789ab", "--to", str(tmp_path / "chat.yml"), "--workspace", str(tmp_path)) == 0
    assert run("--candidates", "--workspace", str(tmp_path)) == 0
    assert "Nobody has called an answer wrong" in capsys.readouterr().out


def test_a_promoted_case_is_readable_but_can_not_pass_before_it_is_completed(
    tmp_path: Path, objection: Any, case: Any
) -> None:
    feedback.add(tmp_path, objection)
    to = tmp_path / "chat.yml"
    to.write_text("category: mine\ndataset: sample\ncases:\n  - {id: hi, ask: hi, expect: message}\n", "utf-8")
    assert run("--promote", "0123456789ab", "--to", str(to), "--workspace", str(tmp_path)) == 0
    _, made = read_cases([to])
    assert (made.id, made.category, made.after) == ("chat-0123456789ab", "mine", ("spend # by platform",))
    assert (made.ask, made.today) == (('and: "US"?',), TODAY)
    assert made.expect.filters[0].values == ("US",)
    file = tmp_path / "a.csv"
    file.write_text("date,spend\n2025-06-01,1.5\n", "utf-8")
    with pytest.raises(DefinitionError, match="doesn't run"):
        Gold("sample", [file]).rows(made)


def test_a_comment_over_several_lines_stays_a_comment(tmp_path: Path, objection: Any, capsys: Any) -> None:
    feedback.add(tmp_path, objection.model_copy(update={"comment": "it is\nexpect: cannot\n- x"}))
    assert run("--promote", "0123456789ab", "--workspace", str(tmp_path)) == 0
    (made,) = yaml.safe_load("cases:\n" + capsys.readouterr().out)["cases"]
    assert made["expect"]["metrics"] == ["spend"]


def test_an_unknown_answer_and_a_file_that_holds_no_cases_are_one_line_each(
    tmp_path: Path, objection: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    feedback.add(tmp_path, objection)
    assert run("--promote", "ffff", "--workspace", str(tmp_path)) == 1
    assert "--candidates" in capsys.readouterr().err
    other = tmp_path / "notes.yml"
    other.write_text("just text\n", "utf-8")
    assert run("--promote", "0123456789ab", "--to", str(other), "--workspace", str(tmp_path)) == 1
    assert capsys.readouterr().err == f"{other} is no file of cases.\n"
    assert other.read_text("utf-8") == "just text\n"
