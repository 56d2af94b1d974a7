"""Rows of the sample data and the canonical CSV files they are written to."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from ingest.sample_data.calendar import first_day
from ingest.sample_data.conditions import Conditions, conditions, runs
from ingest.sample_data.story import Campaign, Story, read_story

COLUMNS = (
    "date", "platform", "account", "campaign", "country", "device",
    "spend", "revenue", "clicks", "impressions", "conversions", "currency",
)  # fmt: skip
DAY_NOISE, ROW_NOISE, VALUE_NOISE = 0.07, 0.12, 0.08

Row = tuple[str | int, ...]


def write(folder: Path, end: date) -> list[Path]:
    """Write one canonical CSV a platform, whose last day is ``end``, and return their paths.

    The same ``end`` always gives the same bytes. Existing files of these names are overwritten.
    """
    story = read_story()
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, platform in story.platforms.items():
        path = folder / platform.file
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(_platform_rows(story, name, end))
        paths.append(path)
    return paths


def write_week(folder: Path, end: date) -> Path:
    """One CSV of all platforms with the rows of the last whole week (Monday to Sunday) up to ``end``; its path."""
    last = end - timedelta(days=(end.weekday() + 1) % 7)
    first = last - timedelta(days=6)
    story = read_story()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"sample-export-{first}-to-{last}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for name in story.platforms:
            rows = _platform_rows(story, name, end)
            writer.writerows(row for row in rows if first.isoformat() <= str(row[0]) <= last.isoformat())
    return path


def _platform_rows(story: Story, platform: str, end: date) -> Iterator[Row]:
    """All rows of a platform by day, as an export lists them."""
    start = first_day(end, story.months)
    campaigns = [campaign for campaign in story.campaigns if campaign.platform == platform]
    # A generator of its own for each campaign: adding one to the story leaves the others' figures as they were.
    randoms = {campaign.name: Random(f"{story.seed}/{platform}/{campaign.name}") for campaign in campaigns}  # noqa: S311
    for offset in range((end - start).days + 1):
        day = start + timedelta(days=offset)
        for campaign in campaigns:
            if runs(campaign, (end - day).days):
                factors = conditions(story, campaign, day, start, end)
                yield from _day_rows(story, campaign, day, factors, randoms[campaign.name])


def _day_rows(story: Story, campaign: Campaign, day: date, factors: Conditions, random: Random) -> Iterator[Row]:
    """One row a country and device: the budget split by their weights, then noise on each step down to revenue."""
    devices = story.platforms[campaign.platform].devices
    whole = sum(story.countries[c].weight for c in campaign.countries) * sum(story.devices[d].weight for d in devices)
    budget = campaign.budget * factors.spend * random.lognormvariate(0, DAY_NOISE)
    for country in campaign.countries:
        for device in devices:
            share = story.countries[country].weight * story.devices[device].weight / whole
            spend = round(budget * share * random.lognormvariate(0, ROW_NOISE), 2)
            cpm = campaign.cpm * story.countries[country].cost * factors.cost
            impressions = _whole(1000 * spend / cpm * random.lognormvariate(0, ROW_NOISE), random)
            clicks = min(impressions, _whole(impressions * campaign.ctr * random.lognormvariate(0, ROW_NOISE), random))
            rate = campaign.cvr * story.devices[device].converts * factors.conversion_rate
            seen = clicks * rate * random.lognormvariate(0, ROW_NOISE) * factors.recorded
            conversions = min(clicks, _whole(seen, random))
            revenue = conversions * campaign.value * random.lognormvariate(0, VALUE_NOISE)
            yield (
                day.isoformat(), campaign.platform, campaign.account, campaign.name, country, device,
                f"{spend:.2f}", f"{revenue:.2f}", clicks, impressions, conversions, story.currency,
            )  # fmt: skip


def _whole(expected: float, random: Random) -> int:
    """A whole number whose average over many rows is ``expected``."""
    return int(expected + random.random())
