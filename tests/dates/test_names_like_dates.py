"""Campaigns that are called like a day or a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant

TODAY = date(2025, 6, 18)
NAMES = ("Black_Friday", "May Promo", "Q4_Sale", "2024 Brand", "Cyber Week", "Easter")
HEADER = "date,platform,account,campaign,country,device,spend,clicks,impressions,conversions\n"


@pytest.fixture(scope="module")
def named_so(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("named_so")
    rows = (f"2025-06-{day:02},Google,A,{name},US,Mobile,100,10,1000,2\n" for day, name in enumerate(NAMES, 10))
    (folder / "ads.csv").write_text(HEADER + "".join(rows), "utf-8")
    assistant = Assistant.open(folder / "workspace")
    assistant.load_file(folder / "ads.csv")
    yield assistant
    assistant.close()


@pytest.mark.parametrize(
    ("question", "campaigns", "first_day"),
    [
        ("spend of the Black Friday campaign last month", ("Black_Friday",), "2025-05-01"),
        ("spend for campaign Black Friday this month", ("Black_Friday",), "2025-06-01"),
        ("Cyber Week campaign spend this month", ("Cyber Week",), "2025-06-01"),
        ("May Promo spend in June", ("May Promo",), "2025-06-01"),
        ("Q4 Sale spend this month", ("Q4_Sale",), "2025-06-01"),
        ("spend for 2024 Brand in June", ("2024 Brand",), "2025-06-01"),
        ("spend on Black Friday", None, "2024-11-29"),
        ("spend at Easter", None, "2025-04-20"),
        ("spend by campaign on Black Friday", None, "2024-11-29"),
        ("spend in May", None, "2025-05-01"),
    ],
)
def test_a_name_or_a_date(
    named_so: Assistant, question: str, campaigns: tuple[str, ...] | None, first_day: str
) -> None:
    query = named_so.conversation(today=TODAY).ask(question).query
    assert query
    filters = [tuple(map(str, condition.values)) for condition in query.filters]
    assert (filters, str(query.period.start)) == ([campaigns] if campaigns else [], first_day)


def test_a_name_and_a_period_without_the_word_campaign_are_asked_about(named_so: Assistant) -> None:
    """'Black Friday last month' may be the campaign in May or a slip."""
    assert named_so.conversation(today=TODAY).ask("spend of Black Friday last month").query is None
