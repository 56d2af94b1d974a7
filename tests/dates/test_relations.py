"""Periods named by another one. The base is named on Wednesday, 18 June 2025."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.dates import Calendar, find_mentions

WEDNESDAY = Calendar(today=date(2025, 6, 18))


def related(base: str, phrase: str) -> str:
    first, second = find_mentions(f"spend {base} vs {phrase}", WEDNESDAY)
    assert first.period
    assert second.relation
    period = second.relation.resolve(first.period)
    return f"{period.start} {period.end}"


@pytest.mark.parametrize(
    ("base", "phrase", "expected"),
    [
        ("last month", "previous period", "2025-04-01 2025-04-30"),
        ("last 30 days", "the period before", "2025-04-19 2025-05-18"),
        ("last 30 days", "the prior 30 days", "2025-04-19 2025-05-18"),
        ("last 30 days", "the 30 days before that", "2025-04-19 2025-05-18"),
        ("last 30 days", "anteriores 30", "2025-04-19 2025-05-18"),
        ("last 7 days", "prior 30 days", "2025-05-12 2025-06-10"),
        ("this month", "the month before", "2025-05-01 2025-05-17"),
        ("May", "previous month", "2025-04-01 2025-04-30"),
        ("June 10 to June 12", "the month before", "2025-05-01 2025-05-31"),
        ("last week", "2 weeks before that", "2025-05-26 2025-06-08"),
        ("May", "last year", "2024-05-01 2024-05-31"),
        ("May", "LY", "2024-05-01 2024-05-31"),
        ("May", "a year ago", "2024-05-01 2024-05-31"),
        ("May", "same period last year", "2024-05-01 2024-05-31"),
        ("this month", "same period last month", "2025-05-01 2025-05-17"),
        ("this month", "same days last month", "2025-05-01 2025-05-17"),
        ("yesterday", "same day last week", "2025-06-10 2025-06-10"),
        ("last 7 days", "4 weeks earlier", "2025-05-14 2025-05-20"),
        ("this year", "this time last year", "2024-01-01 2024-06-17"),
        ("May", "mismo periodo del año anterior", "2024-05-01 2024-05-31"),
        ("May", "Vorjahr", "2024-05-01 2024-05-31"),
    ],
)
def test_related_period(base, phrase, expected):
    assert related(base, phrase) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("MoM", "2025-04-01 2025-04-30"),
        ("month over month", "2025-04-01 2025-04-30"),
        ("yoy", "2024-05-01 2024-05-31"),
        ("QoQ", "2025-02-01 2025-02-28"),
        ("pop", "2025-04-01 2025-04-30"),
    ],
)
def test_month_over_month_is_the_calendar_month_before_not_30_days(word, expected):
    mentions = find_mentions(f"spend in May by {word}", WEDNESDAY)
    may, relation = mentions[0].period, mentions[1].relation
    assert may
    assert relation
    period = relation.resolve(may)
    assert f"{period.start} {period.end}" == expected


def test_last_month_is_no_relation():
    (mention,) = find_mentions("spend vs last month", WEDNESDAY)
    assert mention.relation is None
    assert mention.period


def test_a_phrase_that_only_relates_has_no_period():
    (mention,) = find_mentions("vs the month before", WEDNESDAY)
    assert mention.period is None
    assert mention.relation
