"""What a file says differently about days that are loaded already: platforms rewrite their last weeks."""

# ruff: noqa: S608  (the SQL is made of our own names; texts from outside are parameters)

from __future__ import annotations

from typing import Any

from ingest.format import COUNTS, MEASURES
from ingest.report import Change, Changes

_SUMS = ", ".join(f"sum({measure}) AS {measure}" for measure in MEASURES)
_MOVED = " OR ".join(f"old.{measure} IS DISTINCT FROM new.{measure}" for measure in MEASURES)

# To follow the expressions `incoming` and `held` of the plan: by campaign and day, what was there and what comes.
COMPARISON = f"""
    old AS (SELECT platform, account, date, campaign, {_SUMS} FROM held GROUP BY ALL),
    new AS (SELECT platform, account, date, campaign, {_SUMS} FROM incoming
            SEMI JOIN held USING (platform, account, date) GROUP BY ALL)
    SELECT count(*) AS campaign_days, count(*) FILTER ({_MOVED}) AS moved,
           list(DISTINCT coalesce(old.date, new.date)) FILTER ({_MOVED}) AS days, max(old.date) AS newest,
           {", ".join(f"sum(old.{m}) AS {m}_before, sum(new.{m}) AS {m}_after" for m in MEASURES)}
    FROM old FULL JOIN new USING (platform, account, date, campaign)"""


def changes(found: dict[str, Any]) -> Changes | None:
    """None where nothing of these days was loaded before."""
    if not found["campaign_days"]:
        return None
    return Changes(
        campaign_days=found["campaign_days"],
        moved=found["moved"],
        days=tuple(sorted(found["days"] or ())),
        newest_day_moved=found["newest"] in (found["days"] or ()),
        measures={measure: _change(found, measure) for measure in MEASURES if found[f"{measure}_before"] is not None},
    )


def _change(found: dict[str, Any], measure: str) -> Change:
    before, after = found[f"{measure}_before"], found[f"{measure}_after"] or 0
    number = int if measure in COUNTS else float
    share = float((after - before) / before) if before else None
    return Change(before=number(before), after=number(after), change=share)


def describe_changes(found: Changes) -> str:
    """In a few words: how many campaign-days moved, and which figures by how much."""
    if not found.moved:
        return f"none of {found.campaign_days:,} campaign-days moved"
    moved = f"{found.moved:,} of {found.campaign_days:,} campaign-days moved"
    shares = {name: change.change for name, change in found.measures.items() if change.change}
    largest = sorted(shares.items(), key=lambda share: -abs(share[1]))
    return ", ".join(
        [moved, *(f"{name} {share:+.1%}".replace("%", " %") for name, share in largest if abs(share) >= 0.0005)]
    )
