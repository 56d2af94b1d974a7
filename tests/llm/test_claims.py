"""Prose that can't lie: what a summary claims must be in the result, or it isn't shown. Values worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.llm.claims import Claims
from kpi.query import Extra, MetricQuery, Order, Period
from kpi.semantic import SemanticModel

JUNE = Period(start=date(2025, 6, 1), end=date(2025, 6, 30))
MAY = Period(start=date(2025, 5, 1), end=date(2025, 5, 31))


def claims(rows: list[dict[str, Any]], **query: Any) -> Claims:
    return Claims(MetricQuery(period=JUNE, **query), rows, SemanticModel.load(), "USD")


CHANGE = claims(
    [{"cac": 29.81, "cac_previous": 32.27, "cac_change": -0.0763,
      "roas": 3.35, "roas_previous": 3.10, "roas_change": 0.0826}],
    metrics=("cac", "roas"),
    comparison=MAY,
)  # fmt: skip
PLATFORMS = claims(
    [{"platform": "Meta", "roas": 3.41}, {"platform": "Google", "roas": 2.9}, {"platform": "X", "roas": 1.2}],
    metrics=("roas",),
    dimensions=("platform",),
)
TREND = claims(
    [{"period": "2025-05-01", "spend": 1200.0}, {"period": "2025-06-01", "spend": 900.5}],
    metrics=("spend",),
    grain="month",
)


@pytest.mark.parametrize(
    "text",
    [
        "CAC was $29.81 and ROAS 3.35.",
        "CAC fell 7.6 % to $29.81, from $32.27.",
        "CAC improved to $29.81. ROAS rose 8.3% from 3.10 to 3.35.",
        "In 1–30 June 2025, CAC was $29.81 while ROAS was 3.35.",
        "ROAS changed".replace("changed", "was 3.35") + ", a change of +8.3 %.",
        "CAC and ROAS improved.",
        "In 1–31 May 2025 CAC was $32.27.",
    ],
)
def test_a_true_summary_passes(text: str) -> None:
    assert CHANGE.objection(text) is None


@pytest.mark.parametrize(
    ("text", "objection"),
    [
        ("CAC was $29.18.", "number"),  # digits swapped
        ("CAC was €29.81.", "number"),  # another currency
        ("CAC was 29.81.", "number"),  # the unit left out
        ("CAC was $30.", "number"),  # rounded otherwise than in the table
        ("CAC was 3.35.", "number"),  # the other metric's number
        ("ROAS was $29.81 and CAC 3.35.", "number"),
        ("CAC rose 7.6 % to $29.81.", "direction"),  # it fell
        ("CAC fell 8.3 %.", "number"),  # the other metric's change
        ("CAC worsened to $29.81.", "direction"),  # lower is better
        ("CAC and ROAS rose.", "direction"),
        ("CAC was unchanged.", "direction"),
        ("CAC was $32.27.", "number"),  # the earlier period's value as today's
        ("CAC fell to $29.81 from $29.81.", "number"),
        ("CAC fell −7.6 % to $29.81, a change of +7.6 %.", "number"),  # the sign turned round
        ("CAC was $29.81 because of seasonality.", "word"),  # a cause
        ("CAC nearly doubled.", "word"),  # a number in a word
        ("CAC was $29.81, thirty percent below target.", "word"),
        ("CAC was $29.81, 12 points under plan.", "word"),
        ("CAC did not fall.", "word"),  # a negation turns every check round
        ("CAC was $29.81 ![x](https://evil.example/p).", "word"),
        ("CAC fiel auf $29.81.", "word"),  # a language we can't check
        ("<b>CAC</b> was $29.81.", "word"),
        ("CAC was $29.81 and ROAS.", "name"),  # what of ROAS?
        ("CTR was 3.35.", "number"),  # a metric that was never asked for
    ],
)
def test_a_lie_is_found(text: str, objection: str) -> None:
    assert CHANGE.objection(text) == objection


@pytest.mark.parametrize(
    "text",
    [
        "Meta had the highest ROAS, 3.41.",
        "ROAS was 3.41 on Meta, 2.90 on Google and 1.20 on X.",
        "The best platform was Meta at 3.41; the worst was X.",
    ],
)
def test_members_keep_their_own_numbers(text: str) -> None:
    assert PLATFORMS.objection(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "ROAS was 2.90 on Meta and 3.41 on Google.",
        "Meta and Google had a ROAS of 3.41.",
        "ROAS was 3.41 on Meta and Google.",
        "Google had the highest ROAS, 2.90.",
        "X had the best ROAS.",
        "ROAS was 3.41.",  # on which platform?
        "Meta rose to 3.41.",  # nothing was compared
        "Pinterest had a ROAS of 3.41.",
    ],
)
def test_numbers_of_one_member_are_not_lent_to_another(text: str) -> None:
    assert PLATFORMS.objection(text) is not None


def test_a_trend_names_its_buckets() -> None:
    assert TREND.objection("Spend was highest in May 2025, at $1,200.00, and lowest in June 2025 at $900.50.") is None
    assert TREND.objection("Spend was highest in June 2025, at $900.50.") is not None
    assert TREND.objection("Spend was $1,200.00 in June 2025.") is not None


def test_the_first_five_do_not_hold_the_lowest() -> None:
    rows = [{"campaign": "A", "spend": 300.0, "roas": 1.0}, {"campaign": "B", "spend": 200.0, "roas": 2.0}]
    top = claims(rows, metrics=("spend", "roas"), dimensions=("campaign",), order=Order(by="spend"), limit=2)
    assert top.objection("A had the highest spend, $300.00.") is None
    assert top.objection("B had the lowest spend, $200.00.") == "extreme"
    assert top.objection("B had the best ROAS, 2.00.") == "extreme"


def test_digits_inside_a_campaigns_name_are_no_claim() -> None:
    rows = [{"campaign": "Promo 2024 50% off", "spend": 300.0}, {"campaign": "B", "spend": 2.0}]
    named = claims(rows, metrics=("spend",), dimensions=("campaign",))
    assert named.objection("Promo 2024 50% off had the highest spend, $300.00.") is None
    assert named.objection("Promo 2024 50% off had the highest spend, $2,024.00.") == "number"


AVERAGE = Claims(
    MetricQuery(metrics=("spend",), period=JUNE, extras=(Extra(kind="per_day", metric="spend"),)),
    [{"spend": 1200.0, "spend_per_day": 40.0}], SemanticModel.load(), "USD",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Previously CAC was $29.81.",  # today's value told as the earlier one
        "CAC was $29.81 before.",
        "The earlier CAC was $29.81.",
        "The previous period had a CAC of $29.81.",
        "The prior ROAS was 3.35.",
        "CAC was $29.81 previously and ROAS 3.35.",
        "In 1–31 May 2025 CAC was $32.27 and ROAS 3.35.",  # the sentence is about May
        "From 1–31 May 2025, CAC was $29.81.",
        "CAC fell from the previous $29.81.",
        "ROAS rose from 3.35.",
        "ROAS rose versus the prior 3.35.",
        "CAC was $32.27 now.",
        "Now ROAS is 3.10.",
        "ROAS was +8.3 %.",  # a change told as the value
        "CAC was −7.6 %.",
        "ROAS was –3.35.",  # a dash for a minus
        "ROAS was —3.35.",
        "CAC was $29.81, then $29.81.",  # a second value that isn't there
        "ROAS was 3.35, over 3.35.",
        "ROAS was 3.35 per day.",
        "The average ROAS was 3.35.",
        "ROAS was a share of 3.35.",
        "ROAS was 3.35 this week.",  # the period is a month
        "ROAS was 3.35 in the year.",
        "ROAS was 3.35 in the quarter.",
        "The daily ROAS was 3.35.",
        "CAC spent $29.81.",
        "ROAS was 3.35 on all platforms.",
        "Both were 3.35.",
        "ROAS doubled to 3.35.",
        "ROAS was 3.35, twice as much.",
        "ROAS was not 3.35.",
        "ROAS was 3.35 million.",
        "ROAS was 3,35.",
        "ROAS was 33.5.",
        "ROAS was 335.",
        "ROAS was 3.350.",
        "ROAS was 3.35x.",
        "ROAS improved by 3.35.",
        "ROAS fell to 3.35.",
        "ROAS declined.",
        "ROAS is worse.",
        "CAC is higher.",
        "CAC grew 7.6 %.",
        "CAC is flat at $29.81.",
        "ROAS stayed the same.",
        "Spend was $29.81.",
        "Cost per click was $29.81.",
        "ROAS had the highest 3.35.",
        "CAC was the best, $29.81.",
    ],
)
def test_further_lies_are_found(text: str) -> None:
    assert CHANGE.objection(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Meta had 3.41, others 3.41.",
        "Meta had a ROAS of 3.41, then 3.41.",
        "Meta had a ROAS of 3.41, next 3.41.",
        "ROAS was 3.41 on Meta, 2.90 on X and 1.20 on Google.",
        "All had a ROAS of 3.41.",
        "Each had 3.41.",
        "Meta was the worst at 3.41.",
        "The lowest ROAS was 3.41 on Meta.",
        "The highest ROAS was 2.90.",
        "Google had the least ROAS.",
        "Meta fell to 3.41.",
        "Google was 1.20 and X 2.90.",
        "3 platforms had a ROAS of 3.41.",
        "Meta made 3.41 per platform.",
    ],
)
def test_further_lies_about_members_are_found(text: str) -> None:
    assert PLATFORMS.objection(text) is not None


def test_an_average_and_a_sum_are_not_each_other() -> None:
    assert AVERAGE.objection("Spend was $1,200.00, an average of $40.00 per day.") is None
    assert AVERAGE.objection("Spend was $40.00.") is not None
    assert AVERAGE.objection("Spend was $1,200.00 per day.") is not None
    assert AVERAGE.objection("The average spend was $1,200.00.") is not None


def test_a_second_bucket_must_be_named() -> None:
    assert TREND.objection("Spend was $1,200.00 in May 2025 and $900.50 in June 2025.") is None
    assert TREND.objection("Spend was $1,200.00 in May 2025, then $1,200.00.") is not None
    assert TREND.objection("Spend was $1,200.00 in May 2025, the month after $1,200.00.") is not None


@pytest.mark.parametrize(
    "text",
    [
        "CAC fell 7.6 % from the previous period.",
        "CAC was down 7.6 % versus the prior period.",
        "CAC fell from the previous $32.27 to $29.81.",
        "Previously CAC was $32.27.",
        "CAC was $32.27 before and is $29.81 now.",
        "The prior ROAS was 3.10.",
        "ROAS was 3.35, up 8.3 % from 3.10.",
        "ROAS was 3.35 in the month.",
        "In 1–31 May 2025 CAC was $32.27 and ROAS 3.10.",
        "In 1–31 May 2025 CAC was $32.27, while in 1–30 June 2025 it was $29.81.",
        "ROAS improved to 3.35.",
        "ROAS was 3.35, a change of +8.3 %.",
        "CAC decreased to $29.81 while ROAS increased to 3.35.",
        "CAC is lower, ROAS is higher.",
        "Over 1–30 June 2025, ROAS came to 3.35.",
        "ROAS rose 8.3 %, from 3.10 to 3.35.",
        "CAC stood at $29.81.",
        "Currently CAC is $29.81.",
    ],
)
def test_further_true_summaries_pass(text: str) -> None:
    assert CHANGE.objection(text) is None
