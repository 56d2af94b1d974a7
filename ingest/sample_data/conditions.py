"""What a day was like for a campaign: factors on its budget, prices and conversions, taken from the story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ingest.sample_data.calendar import days_from_black_friday
from ingest.sample_data.story import Campaign, Story

DAYS_PER_MONTH = 30.4375


@dataclass(frozen=True)
class Conditions:
    """Factors on a campaign's own figures; ``recorded`` is the share of conversions that tracking sees."""

    spend: float
    cost: float
    conversion_rate: float
    recorded: float


def conditions(story: Story, campaign: Campaign, day: date, start: date, end: date) -> Conditions:
    """The factors of one day of a campaign in data that runs from ``start`` to ``end``."""
    months = (day - start).days / DAYS_PER_MONTH
    spend = (1 + story.growth_per_month) ** months * story.season[day.month - 1]
    spend *= story.platforms[campaign.platform].weekdays[day.weekday()]
    cost = conversion_rate = 1.0
    if -story.sale.days_before <= days_from_black_friday(day) <= story.sale.days_after:
        spend *= story.sale.spend
        cost *= story.sale.cost
        conversion_rate *= story.sale.conversion_rate
    worn = _worn(story, campaign, (end - day).days)
    cost *= 1 + worn * (story.fatigue.cost - 1)
    conversion_rate *= 1 + worn * (story.fatigue.conversion_rate - 1)
    return Conditions(spend, cost, conversion_rate, _recorded(story, campaign, (end - day).days))


def runs(campaign: Campaign, days_left: int) -> bool:
    """Whether the campaign ran on the day that lies ``days_left`` before the last one."""
    return days_left >= campaign.last_day and (campaign.first_day is None or days_left <= campaign.first_day)


def _worn(story: Story, campaign: Campaign, days_left: int) -> float:
    """How far the wearing-out has come: 0 before it begins, 1 on the last day."""
    fatigue = story.fatigue
    if (campaign.platform, campaign.name) != (fatigue.platform, fatigue.campaign):
        return 0.0
    return max(0.0, 1 - days_left / (fatigue.days - 1))


def _recorded(story: Story, campaign: Campaign, days_left: int) -> float:
    outage = story.outage
    hit = campaign.platform == outage.platform and outage.last_day <= days_left <= outage.first_day
    return outage.recorded if hit else 1.0
