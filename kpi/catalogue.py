"""What is loaded: members of every dimension, and how far each platform and account reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kpi.coverage import LoadedRange
from kpi.rollups import ROLLUPS, Rollup
from kpi.semantic import Dimension, SemanticModel
from kpi.views import FACTS, view_of
from kpi.warehouse import NOT_REPORTED, Warehouse


@dataclass(frozen=True)
class Catalogue:
    """A snapshot of one data version. ``members``: dimension -> its members, largest spend first."""

    members: dict[str, tuple[str, ...]]
    loaded: tuple[LoadedRange, ...]
    data_version: str
    knows_revenue: bool = True

    @property
    def is_empty(self) -> bool:
        return not self.loaded

    @property
    def first_day(self) -> date | None:
        return min((r.first_day for r in self.loaded), default=None)

    @property
    def last_day(self) -> date | None:
        return max((r.last_day for r in self.loaded), default=None)

    def reports(self, dimension: str) -> bool:
        """Whether any loaded row has a value for the dimension."""
        return any(member != NOT_REPORTED for member in self.members[dimension])


def read_catalogue(warehouse: Warehouse, model: SemanticModel) -> Catalogue:
    """The catalogue as of now, read from the rollups: its cost grows with the members, not with the facts."""
    return Catalogue(
        members={name: _members(warehouse, dimension) for name, dimension in model.dimensions.items()},
        loaded=_loaded_ranges(warehouse),
        data_version=_data_version(warehouse),
        knows_revenue=bool(warehouse.query(f"SELECT 1 FROM {_months(ROLLUPS[0])} WHERE revenue IS NOT NULL LIMIT 1")),  # noqa: S608
    )


def _members(warehouse: Warehouse, dimension: Dimension) -> tuple[str, ...]:
    if dimension.is_of_date:
        relation = f"(SELECT date, sum(spend) AS spend FROM {view_of(ROLLUPS[0].days)} GROUP BY date)"  # noqa: S608
    else:
        relation = next((_months(rollup) for rollup in ROLLUPS if dimension.columns <= set(rollup.keys)), FACTS)
    rows = warehouse.query(
        f"SELECT {dimension.column} AS member FROM {relation} GROUP BY 1 ORDER BY sum(spend) DESC NULLS LAST, 1"  # noqa: S608
    )
    return tuple(row["member"] for row in rows)


def _months(rollup: Rollup) -> str:
    return view_of(rollup.months)


def _loaded_ranges(warehouse: Warehouse) -> tuple[LoadedRange, ...]:
    rows = warehouse.query(
        """SELECT DISTINCT platform, account, claims.first_day, claims.last_day
           FROM claims JOIN batches USING (batch_id) WHERE reverted_at IS NULL ORDER BY ALL"""
    )
    return tuple(LoadedRange(**row) for row in rows)


def _data_version(warehouse: Warehouse) -> str:
    """Changes with every load, revert and decision that answers depend on; survives a restart."""
    row = warehouse.query(
        """SELECT coalesce(max(batch_id), 0) AS loads, count(reverted_at) AS reverts,
                  (SELECT coalesce(sum(hash(name, value)) % 10000, 0) FROM workspace_settings) AS decisions
           FROM batches"""
    )[0]
    return f"{row['loads']}.{row['reverts']}.{row['decisions']}"
