"""The words of an answer: every number is a cell of the result, and chips ask what they say."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant import Assistant, formats
from assistant.narrate.question import question
from kpi.query import MetricQuery

TODAY = date(2025, 7, 1)
QUESTIONS = [
    "performance last month",
    "CAC by campaign last month vs the month before",
    "spend by day in May",
    "which campaign got worse?",
    "share of spend by platform",
    "top 3 countries by ROAS in Q2",
    "spend by platform with ROAS above 3 in Q1",
    "clicks on mobile excluding Meta last week",
    "CTR by week, last 8 weeks",
]


@pytest.mark.parametrize("asked", QUESTIONS)
def test_every_number_in_the_sentence_is_in_the_result(ads_spend: Assistant, asked: str) -> None:
    answer = ads_spend.conversation(today=TODAY).ask(asked)
    assert answer.status == "answered", answer.text
    allowed = {str(len(answer.rows) - 3), formats.days(answer.query.period) if answer.query else ""}
    for row in answer.rows:
        for column in answer.columns:
            cell = row[column.name]
            if isinstance(cell, int | float):
                allowed.add(formats.value(cell, column.unit, None))
                allowed.add(formats.value(abs(cell), column.unit, None))
            elif column.unit == "date" and answer.query and answer.query.grain:
                allowed.add(formats.bucket(cell, answer.query.grain))
    known = " ".join(allowed)
    for number in re.findall(r"\d[\d,.]*\d|\d", answer.text):
        assert number in known, f"{number} in “{answer.text}” is not in the result"


@pytest.mark.parametrize("asked", QUESTIONS)
def test_a_query_said_as_a_question_is_read_back_as_the_same_query(ads_spend: Assistant, asked: str) -> None:
    said = ads_spend.conversation(today=TODAY).ask(asked).query
    assert said is not None
    plain = said.model_copy(update={"order": None, "limit": None, "top": None})
    read = ads_spend.translate(question(plain, ads_spend.model), today=TODAY).query
    assert read == plain, question(plain, ads_spend.model)


@pytest.mark.parametrize("asked", QUESTIONS)
def test_every_chip_is_answered(ads_spend: Assistant, asked: str) -> None:
    answer = ads_spend.conversation(today=TODAY).ask(asked)
    assert answer.follow_ups
    for chip in answer.follow_ups:
        assert ads_spend.conversation(today=TODAY).ask(chip.question).status == "answered", chip.question


def test_nothing_fell_is_not_told_as_a_fall(ads_spend: Assistant) -> None:
    """In June every campaign's ROAS rose: 'which campaign got worse' must say so."""
    answer = ads_spend.conversation(today=TODAY).ask("which campaign got worse?")
    assert "fell nowhere" in answer.text


def test_interpretation_names_exact_dates_and_filters(ads_spend: Assistant) -> None:
    answer = ads_spend.conversation(today=TODAY).ask("Meta CAC in May vs April by device")
    assert answer.interpretation == "CAC · by device · platform Meta · 1–31 May 2025 against 1–30 April 2025"


def test_missing_days_are_noted(small: Assistant) -> None:
    query = MetricQuery.model_validate({"metrics": ["spend"], "period": {"start": "2025-05-31", "end": "2025-06-05"}})
    answer = small.answer_query(query, today=date(2025, 7, 1))
    notes = {note.code: note.text for note in answer.notes}
    assert "31 May 2025" in notes["missing_days"] and "5 June 2025" in notes["missing_days"]


def test_a_change_is_not_between_two_figures_that_look_alike(ads_spend: Assistant) -> None:
    """CTR is 1.829 % in 19 May - 17 June and 1.809 % in the 30 days before."""
    text = ads_spend.conversation(today=date(2025, 6, 18)).ask("is CTR falling?").text
    assert text == "No. CTR was 1.83 %, up 1.1 % from 1.81 %."


def test_a_limit_that_was_missed_is_said_with_the_figure(ads_spend: Assistant) -> None:
    text = ads_spend.conversation(today=TODAY).ask("did we hit 9000 conversions in May").text
    assert text == "No: Conversions were 8,760, not at least 9,000."
