"""What a load would do to the warehouse, decided before anything is written: duplicate, question, or go.

For each platform + account + day the newest batch wins. So a load takes away the rows of every day from its first to
its last, of each platform + account it holds; where it is added beside, only those of its own campaigns.
"""

# ruff: noqa: S608  (the SQL is made of our own names; texts from outside are parameters or escaped literals)

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ingest.changes import COMPARISON, changes
from ingest.parsing import Parsed
from ingest.report import Changes, Choice
from kpi.errors import LoadRefused
from kpi.workspace import Workspace

Run = Callable[[str, Sequence[Any]], list[dict[str, Any]]]

# `$1` is the Parquet file of the incoming rows, `$2` whether they are added beside.
_INCOMING = """
    incoming AS (FROM read_parquet($1)),
    slices AS (SELECT platform, account, min(date) AS first_day, max(date) AS last_day,
                      CASE WHEN $2 THEN list(DISTINCT campaign ORDER BY campaign) END AS campaigns
               FROM incoming GROUP BY platform, account)"""

_HELD = f"""
    WITH {_INCOMING},
    held AS (SELECT facts.* FROM facts JOIN slices ON
             facts.platform = slices.platform AND facts.account = slices.account
             AND facts.date BETWEEN slices.first_day AND slices.last_day
             AND (slices.campaigns IS NULL OR list_contains(slices.campaigns, facts.campaign)))"""

# A day's loss is what its spend falls by. Days are weighed one by one: a day that grew doesn't hide one that vanishes.
_LOSSES = f"""{_HELD},
    held_days AS (SELECT platform, account, date, sum(spend) AS spend, count(*) AS rows, count(revenue) AS revenue_rows,
                         list(DISTINCT batch_id) AS batch_ids
                  FROM held GROUP BY ALL),
    new_days AS (SELECT platform, account, date, sum(spend) AS spend FROM incoming GROUP BY ALL),
    shared AS (SELECT DISTINCT platform, account, true AS campaign FROM held
               SEMI JOIN incoming USING (platform, account, campaign))
    SELECT platform, account, sum(rows)::BIGINT AS rows, sum(held_days.spend) AS spend,
           sum(greatest(held_days.spend - coalesce(new_days.spend, 0), 0)) AS lost,
           sum(revenue_rows) > 0 AS has_revenue,
           list_distinct(flatten(list(batch_ids))) AS batch_ids, bool_or(shared.campaign IS NOT NULL) AS shares_campaign
    FROM held_days LEFT JOIN new_days USING (platform, account, date) LEFT JOIN shared USING (platform, account)
    GROUP BY platform, account ORDER BY lost DESC, platform, account"""

_COMPARISON = f"{_HELD}, {COMPARISON}"

# A batch of the same bytes that still wins somewhere, and that was loaded for the same platforms and accounts.
_SAME_BYTES = f"""
    WITH {_INCOMING}
    SELECT batch_id, rows_loaded, (SELECT count(*) FROM facts WHERE facts.batch_id = batches.batch_id) AS winning
    FROM batches WHERE file_sha256 = $3 AND reverted_at IS NULL AND winning > 0
      AND NOT EXISTS (SELECT 1 FROM slices WHERE (platform, account, batches.batch_id)
                      NOT IN (SELECT (platform, account, batch_id) FROM claims))
    ORDER BY batch_id DESC LIMIT 1"""


@dataclass(frozen=True)
class Plan:
    """How to go on. A question carries its message and the choices that answer it."""

    action: Literal["load", "duplicate", "ask"]
    replaced_rows: int = 0
    batch_id: int | None = None
    message: str = ""
    choices: tuple[Choice, ...] = ()
    warnings: tuple[str, ...] = ()
    sets_currency: str | None = None
    changes: Changes | None = None


def make_plan(
    run: Run, workspace: Workspace, parsed: Parsed, *, replace: bool, add: bool, siblings: tuple[int, ...] = ()
) -> Plan:
    """Raises LoadRefused (mixed_currency). ``run`` reads the state that the load would change.

    ``siblings`` are the batches of other files of the same archive: one may not replace the other unasked.
    """
    same = run(_SAME_BYTES, [str(parsed.facts), add, parsed.source.original.sha256])
    if same and not (replace and same[0]["winning"] < same[0]["rows_loaded"]):
        return _duplicate(same[0])
    question = _currency_question(run, workspace, parsed)
    if question is not None:
        return question
    losses = run(_LOSSES, [str(parsed.facts), add])
    replaced = sum(loss["rows"] for loss in losses)
    moved = changes(run(_COMPARISON, [str(parsed.facts), add])[0]) if losses else None
    limit = workspace.settings.confirm_loss_share
    reasons = [_takes_away(loss, limit, workspace.currency or parsed.money_in) for loss in losses]
    asked = [reason for reason in reasons if reason] or _siblings_rows(losses, siblings)
    if asked and not replace:
        return Plan("ask", replaced, message=_question(asked, add), choices=_ways_out(add), changes=moved)
    return Plan(
        "load",
        replaced,
        warnings=_warnings(losses, workspace, parsed),
        sets_currency=None if workspace.currency else parsed.currency,
        changes=moved,
    )


def _duplicate(same: dict[str, Any]) -> Plan:
    message = f"These bytes were loaded before, as batch {same['batch_id']}, so nothing was changed."
    replaced = same["rows_loaded"] - same["winning"]
    choices: tuple[Choice, ...] = ()
    if replaced:
        message += f" Newer loads replaced {replaced:,} of its {same['rows_loaded']:,} rows."
        choices = (Choice(label="Make it win again", options={"replace": True}),)
    return Plan("duplicate", batch_id=same["batch_id"], message=message, choices=choices)


def _currency_question(run: Run, workspace: Workspace, parsed: Parsed) -> Plan | None:
    """The workspace's currency must be the file's. Money loaded before any currency was known needs a person's word."""
    ours, theirs = workspace.currency, parsed.money_in
    if theirs is None or theirs == ours:
        return None
    if ours is not None:
        raise LoadRefused(
            "mixed_currency",
            f"The file is in {theirs}, the workspace in {ours}. Convert the file, or load it into another workspace.",
        )
    if parsed.stated.currency or not run("SELECT 1 FROM facts LIMIT 1", []):
        return None
    return Plan(
        "ask",
        message=f"The file is in {theirs}, but money is loaded already that states no currency. "
        f"If that is {theirs} too, confirm it; if not, revert those loads first.",
        choices=(Choice(label=f"All money so far is in {theirs}", options={"currency": theirs}),),
    )


def _takes_away(loss: dict[str, Any], limit: float, currency: str | None) -> str | None:
    where = f"{loss['platform']} / {loss['account']}"
    spend, lost = loss["spend"] or 0, loss["lost"] or 0
    if spend and lost / spend > limit:
        return f"{lost:,.2f} of the {spend:,.2f} {currency or ''}".rstrip() + f" spend of {where} ({lost / spend:.0%})"
    if not loss["shares_campaign"]:
        return f"all {loss['rows']:,} rows of {where}, with which it shares no campaign"
    return None


def _siblings_rows(losses: list[dict[str, Any]], siblings: tuple[int, ...]) -> list[str]:
    return [
        f"rows of {loss['platform']} / {loss['account']} that another file of the same archive holds"
        for loss in losses
        if not set(siblings).isdisjoint(loss["batch_ids"])
    ]


def _question(asked: list[str], add: bool) -> str:
    more = f" and of {len(asked) - 1} more accounts" if len(asked) > 1 else ""
    beside = ", even where only its own campaigns are replaced" if add else ""
    return f"On the days it covers, this file would take away {asked[0]}{more}{beside}. Nothing was changed."


def _ways_out(add: bool) -> tuple[Choice, ...]:
    if add:
        return (Choice(label="Replace these campaigns", options={"add": True, "replace": True}),)
    return (
        Choice(label="Replace what is there", options={"replace": True}),
        Choice(label="Add beside it", options={"add": True}),
    )


def _warnings(losses: list[dict[str, Any]], workspace: Workspace, parsed: Parsed) -> tuple[str, ...]:
    found = []
    if parsed.currency is None:
        ours = (
            f"; its money counts as {workspace.currency}" if workspace.currency else ", and neither does the workspace"
        )
        found.append(f"The file states no currency{ours}.")
    if "revenue" not in parsed.layout.columns and any(loss["has_revenue"] for loss in losses):
        found.append("The rows it replaces held revenue; this file has none.")
    return tuple(found)
