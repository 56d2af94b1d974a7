"""A ratio on few events says so. The counts are those of the ``small`` fixture's five rows."""

from __future__ import annotations

from datetime import date

from assistant import Assistant
from assistant.answer import Answer


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.conversation(today=date(2025, 6, 5)).ask(question)


def small_samples(answer: Answer) -> list[str]:
    return [note.text for note in answer.notes if note.code == "small_sample"]


def test_cac_by_campaign_names_those_with_few_conversions(small: Assistant) -> None:
    found = small_samples(ask(small, "CAC by campaign this month"))
    assert found == [
        "CAC rests on fewer than 10 conversions in 2 of 3 rows: Retargeting 5, Prospecting 1."
    ] or found == ["CAC rests on fewer than 10 conversions in 2 of 3 rows: Prospecting 1, Retargeting 5."]


def test_a_single_figure_says_on_how_many_it_rests(small: Assistant) -> None:
    assert small_samples(ask(small, "CAC on Google this month")) == [
        "CAC rests on 5 conversions only: one more or less changes much."
    ]


def test_enough_events_and_plain_sums_need_no_note(small: Assistant) -> None:
    assert small_samples(ask(small, "CAC this month")) == []  # 16 conversions
    assert small_samples(ask(small, "conversions by campaign this month")) == []
    assert small_samples(ask(small, "CTR on Meta this month")) == []  # 115 clicks
