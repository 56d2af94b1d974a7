"""The digest and the alert rules over real data: figures worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.channels.alerts import evaluate, rules
from assistant.channels.digest import contents, digest
from assistant.channels.pictures import Pictures
from kpi.errors import DefinitionError
from kpi.settings import Settings
from n8n.jobs.alerts import AlertMemory
from tests.n8n.slack_standin import fault_of


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    opened = Assistant.open(tmp_path / "workspace", Settings(_env_file=None))
    yield opened
    opened.close()


@pytest.fixture
def memory(tmp_path: Path) -> AlertMemory:
    return AlertMemory(tmp_path)


def load(assistant: Assistant, tmp_path: Path, conversions: dict[int, int], skip: int = 0) -> None:
    """Two weeks up to yesterday, 100 spent a day; conversions by the week (0 the newer)."""
    lines = ["date,platform,account,campaign,spend,revenue,clicks,impressions,conversions"]
    for ago in range(1, 15):
        if ago != skip:
            day = date.today() - timedelta(days=ago)
            lines.append(f"{day},Meta,Main,Brand,100,300,10,1000,{conversions[(ago - 1) // 7]}")
    file = tmp_path / "two-weeks.csv"
    file.write_text("\n".join(lines) + "\n")
    assert assistant.load_file(file).status == "loaded"


def test_a_rule_fires_with_both_figures_and_once(assistant: Assistant, memory: AlertMemory, tmp_path: Path) -> None:
    load(assistant, tmp_path, {0: 5, 1: 10})  # CAC 20 now, 10 before
    found = evaluate(assistant, memory)
    assert [one["key"] for one in found["fired"]] == ["cac-up:Meta"]
    assert found["fired"][0]["text"].startswith("Meta: CAC 20.00, before 10.00 (+100.0 %)")
    assert fault_of({"channel": "C1", **found["post"]}) == ""
    assert evaluate(assistant, memory)["fired"] == []


def test_no_rule_fires_where_nothing_moved(assistant: Assistant, memory: AlertMemory, tmp_path: Path) -> None:
    load(assistant, tmp_path, {0: 10, 1: 10})
    assert evaluate(assistant, memory) == {"fired": [], "post": None, "skipped": []}


def test_a_missing_day_is_no_fall(assistant: Assistant, memory: AlertMemory, tmp_path: Path) -> None:
    load(assistant, tmp_path, {0: 5, 1: 10}, skip=3)
    found = evaluate(assistant, memory)
    assert found["fired"] == [] or found["skipped"] == []
    assert {one["rule"] for one in found["skipped"]} <= {rule.name for rule in rules(assistant.workspace.folder)}


def test_without_data_nothing_fires_and_the_digest_says_so(assistant: Assistant, memory: AlertMemory) -> None:
    assert evaluate(assistant, memory)["fired"] == []
    assert "Nothing is loaded" in digest(assistant, Pictures())["post"]["text"]


def test_the_digest_answers_every_question_in_one_message(assistant: Assistant, tmp_path: Path) -> None:
    load(assistant, tmp_path, {0: 5, 1: 10})
    made = digest(assistant, Pictures())
    assert len(made["answers"]) == len(contents(assistant.workspace.folder).questions)
    assert all(answer["status"] == "answered" for answer in made["answers"]), [a["text"] for a in made["answers"]]
    assert fault_of({"channel": "C1", "text": made["post"]["text"], "blocks": made["post"]["blocks"]}) == ""
    assert made["post"]["blocks"][0]["type"] == "header"


@pytest.mark.parametrize(
    "text",
    [
        "rules: [{name: a, title: t, metric: cac, days: 7}]",
        "rules: [{name: a, title: t, metric: cac, days: 7, rises_by: 1, falls_by: 1}]",
        "rules: [{name: A B, title: t, metric: cac, days: 7, rises_by: 1}]",
        "- a",
        "rules: {",
    ],
)
def test_malformed_rules_are_told_by_the_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "alerts.yml").write_text(text)
    with pytest.raises(DefinitionError, match=r"alerts\.yml"):
        rules(tmp_path)


def test_a_chart_becomes_a_png_and_an_unknown_id_a_clear_refusal(assistant: Assistant, tmp_path: Path) -> None:
    from kpi.errors import PictureUnavailable

    load(assistant, tmp_path, {0: 5, 1: 10})
    answer: Any = assistant.conversation().ask("spend by day last 14 days")
    pictures = Pictures()
    assert pictures.png(pictures.keep(answer.chart)).startswith(b"\x89PNG")
    with pytest.raises(PictureUnavailable):
        pictures.png("unknown")


def test_without_chromium_the_answer_comes_as_text_with_a_note(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.channels.rendered import render

    load(assistant, tmp_path, {0: 5, 1: 10})
    answer = assistant.conversation().ask("spend by day last 14 days")
    monkeypatch.setattr("assistant.channels.rendered.can_draw", lambda: False)
    shown = render(answer, None, Pictures())
    assert shown.image is None
    assert "Chromium" in str(shown.blocks)
