"""Words and numbers that look like dates: each trap with the question that springs it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.dates import Calendar, find_mentions

WEDNESDAY = Calendar(today=date(2025, 6, 18))


def phrases(text: str) -> list[str]:
    return [text[m.start : m.end] for m in find_mentions(text, WEDNESDAY)]


@pytest.mark.parametrize(
    "text",
    [
        "may I see the spend",
        "may we compare platforms",
        "Q4_Sale performance",
        "spend of May_Promo",
        "promo-june spend",
        "the second campaign",
        "spend for the 2nd campaign",
        "sun ads spend",
        "2-3 campaigns with the best ROAS",
        "ROAS above 3.5",
        "ROAS > 2000",
        "spend over $2000",
        "campaigns over 2000",
        "top 2024",
        "campaigns with 2000 clicks",
        "30 day ltv",
        "7-day click attribution",
        "spend every 30 days",
        "best day of the week",
        "the month with the best ROAS",
        "spend per day",
        "spend by month",
        "spend on Mondays",
        "weekends vs weekdays",
        "what about clicks",
        "macro campaigns",
        "www.example.com/2024/05",
        "GA4 spend",
        "CAC between 20 and 30",
        "",
    ],
)
def test_no_date_in(text):
    assert phrases(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("may I see the spend in may?", ["may"]),
        ("May spend by campaign", ["May"]),
        ("Q4_Sale spend in Q4", ["Q4"]),
        ("spend over $2000 in May", ["May"]),
        ("top 5 June campaigns", ["June"]),
        ("campaigns spending over 1000 in 2024", ["2024"]),
        ("2024 ROAS", ["2024"]),
        ("is ROAS better than 2023", ["2023"]),
        ("ROAS 2024 vs 2023", ["2024", "2023"]),
        ("compare May to June", ["May", "June"]),
        ("compare spend from May to June", ["from May to June"]),
        ("june/july", ["june", "july"]),
        ("how did we do in the month", ["the month"]),
        ("7-day click attribution for the last 7 days", ["the last 7 days"]),
        ("CAC for the last 30 days vs the prior 30 days", ["the last 30 days", "the prior 30 days"]),
        ("spend on the 10th October", ["the 10th October"]),
        ("what about the 30 days before that?", ["the 30 days before that"]),
        ("WoW spend for the last 8 weeks", ["WoW", "the last 8 weeks"]),
        ("yesterday's spend", ["yesterday's"]),
        ("spend since the start of May by week", ["since the start of May"]),
    ],
)
def test_mentions_cover_exactly(text, expected):
    assert phrases(text) == expected
