"""Workflows from the chat: named before they run, run on a yes, stopped, tried again; with n8n away all the time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from kpi.settings import Settings
from n8n.service import Workflows, workflows

TODAY = date(2026, 11, 28)


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    (tmp_path / "imports").mkdir()
    (tmp_path / "imports" / "sample-export-2026-11-16-to-2026-11-22.csv").write_text("date\n")
    away = "http://127.0.0.1:9"
    opened = Assistant.open(
        tmp_path / "workspace", Settings(_env_file=None, import_folder=tmp_path / "imports", n8n_url=away)
    )
    (tmp_path / "workspace" / "sources.yml").write_text(
        "meta: {says: [meta, facebook], address: 'https://example.com/{start}.csv', platform: Meta}\n"
    )
    yield opened
    opened.close()


@pytest.fixture
def service(assistant: Assistant) -> Workflows:
    return workflows(assistant.workspace)


@pytest.fixture
def chat(assistant: Assistant) -> Any:
    return assistant.conversation(today=TODAY)


def test_nothing_runs_before_the_yes_and_the_question_names_what_will_happen(chat: Any, service: Workflows) -> None:
    asked = chat.ask("load last week's sample export")
    assert asked.status == "needs_clarification"
    assert "sample-export-2026-11-16-to-2026-11-22.csv" in asked.text
    assert service.store.get(1).state == "proposed"
    chat.ask("yes")
    job = service.store.get(1)
    assert (job.state, job.parameters) == ("waiting", {"import_path": "sample-export-2026-11-16-to-2026-11-22.csv"})
    assert job.conversation == chat.id


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("pull yesterday's Meta data", "https://example.com/2026-11-27.csv"),
        ("please fetch the facebook export of 3 November 2026", "https://example.com/2026-11-03.csv"),
        ("import Meta", "https://example.com/2026-11-27.csv"),
        ("load the Meta numbers for yesterday", "https://example.com/2026-11-27.csv"),
    ],
)
def test_a_source_is_named_by_its_words_or_its_platform(chat: Any, service: Workflows, said: str, address: str) -> None:
    answer = chat.ask(said)
    assert answer.kind == "workflow", answer.text
    assert service.store.get(1).parameters == {"address": address, "platform": "Meta"}


def test_an_unknown_source_says_how_to_add_one(chat: Any, service: Workflows) -> None:
    answer = chat.ask("pull yesterday's TikTok data")
    assert answer.status == "cannot_answer"
    assert "sources.yml" in answer.text
    assert service.store.newest() == []


def test_a_file_that_is_not_there_is_told_before_anything_runs(chat: Any) -> None:
    answer = chat.ask("load yesterday's sample export")
    assert answer.status == "cannot_answer"
    assert "holds no file" in answer.text


def test_a_no_runs_nothing(chat: Any, service: Workflows) -> None:
    chat.ask("run the daily import")
    chat.ask("no")
    assert service.store.get(1).state in {"proposed", "stopped"}


def test_the_daily_import_is_known_by_what_its_workflow_calls_itself(chat: Any, service: Workflows) -> None:
    for said in ("run the daily import", "start the scheduled import", "kick off the import now"):
        assert chat.ask(said).options[0].label == "Yes, run it", said
    assert {job.workflow for job in service.store.newest()} == {"scheduled-ingest"}


def test_with_n8n_away_it_says_so_and_keeps_the_job(chat: Any) -> None:
    chat.ask("run the daily import")
    answer = chat.ask("yes")
    assert "n8n_away" in {note.code for note in answer.notes}
    assert chat.ask("what is running?").rows[0]["job"] == "1"
    assert chat.ask("what is ROAS?").status == "answered", "the chat stays usable"


def test_stop_it_stops_the_one_that_runs(chat: Any, service: Workflows) -> None:
    assert chat.ask("stop it").text == "Nothing is running."
    chat.ask("run the daily import")
    chat.ask("yes")
    assert "stopped" in chat.ask("stop it").text
    assert service.store.get(1).state == "stopped"


def test_with_several_running_it_asks_which(chat: Any, service: Workflows) -> None:
    for _ in range(2):
        chat.ask("run the daily import")
        chat.ask("yes")
    answer = chat.ask("stop it")
    assert answer.status == "needs_clarification"
    assert len(answer.options) == 2
    chat.ask(answer.options[0].question)
    assert [job.state for job in service.store.newest()].count("stopped") == 1


def test_what_failed_is_told_with_step_and_reason_and_can_be_tried_again(chat: Any, service: Workflows) -> None:
    chat.ask("run the daily import")
    chat.ask("yes")
    service.store.fail(1, step="looking for new files", reason="The app was away.")
    answer = chat.ask("what failed?")
    assert (answer.rows[0]["step"], answer.rows[0]["reason"]) == ("looking for new files", "The app was away.")
    chat.ask(answer.follow_ups[0].question)
    assert service.store.get(1).state == "waiting"
    assert chat.ask("what failed?").text == "Nothing failed."


def test_last_night_begins_in_the_evening(chat: Any, assistant: Assistant) -> None:
    answer = assistant.conversation().ask("what failed last night?")
    assert answer.interpretation == "Jobs that failed since yesterday evening"


def test_a_workflow_tagged_in_n8n_is_offered_by_what_its_notes_say(
    chat: Any, service: Workflows, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook = {"type": "n8n-nodes-base.webhook", "name": "Start", "parameters": {"path": "w1"}}
    weekly = {
        "id": "w1",
        "name": "Weekly",
        "nodes": [{**webhook, "notes": "says: [board report]\ndoes: mail the board"}],
    }
    broken = {"id": "w2", "name": "Broken", "nodes": [{**webhook, "parameters": {"path": "w2"}, "notes": "says: {"}]}

    class Listing:
        def workflows(self) -> list[dict[str, Any]]:
            return [weekly, broken]

        def is_up(self) -> bool:
            return True

    monkeypatch.setattr(service, "client", Listing)
    service.offers()
    answer = chat.ask("run the board report")
    assert answer.text == "Weekly: n8n will mail the board. Run it?"
    assert service.store.get(1).workflow == "w1"


@pytest.mark.parametrize("said", ["load last week's sample export", "import Meta"])
def test_old_data_does_not_move_the_days_of_a_workflow(assistant: Assistant, tmp_path: Path, said: str) -> None:
    """Questions count the day after the newest loaded one as today; a file of last week is last week's."""
    old = tmp_path / "old.csv"
    old.write_text("date,platform,spend\n2025-06-01,Meta,5\n")
    assistant.load_file(old)
    today = assistant.workspace.today()
    monday = today - timedelta(days=today.weekday() + 7)
    name = f"sample-export-{monday}-to-{monday + timedelta(days=6)}.csv"
    (tmp_path / "imports" / name).write_text("date\n")
    asked = assistant.conversation().ask(said).text
    assert (name if "sample" in said else str(today - timedelta(days=1))) in asked


def test_questions_about_data_are_no_workflows(ads_spend: Any) -> None:
    chat = ads_spend.conversation(today=date(2025, 7, 1))
    for question in ("Meta spend yesterday", "show me Meta performance last month", "what is CAC?"):
        assert chat.ask(question).kind != "workflow", question


@pytest.mark.parametrize("tool", ["run_job", "stop_job"])
def test_what_changes_something_is_never_done_on_a_models_word(tool: str) -> None:
    from tools.registry import all_tools

    assert all_tools()[tool].changes_data
