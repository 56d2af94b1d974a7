"""Runs metric queries on a workspace: check, compile, execute, describe the columns."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kpi.cache import ResultCache
from kpi.catalogue import Catalogue, read_catalogue
from kpi.checks import check_members, check_names
from kpi.compiler import Compiler
from kpi.coverage import kept_by
from kpi.errors import RevenueUnknown
from kpi.extras import column_label, early_filters, unit_of
from kpi.health import Health, HealthReader
from kpi.query import MetricQuery
from kpi.result import Column, Result
from kpi.sandbox import Sandbox
from kpi.semantic import SemanticModel
from kpi.slots import Relation
from kpi.substitution import relation_for
from kpi.workspace import Workspace


@dataclass(frozen=True)
class Outcome:
    """A result and the health of the rows behind it."""

    result: Result
    health: Health


class Engine:
    """The metric layer over one workspace; safe to use from several threads."""

    def __init__(self, workspace: Workspace, model: SemanticModel) -> None:
        self.workspace = workspace
        self.model = model
        self._compiler = Compiler(model, workspace.settings.week_start)
        self._health = HealthReader(model)
        self._reading = threading.Lock()
        self._catalogue: tuple[int, Catalogue] | None = None
        self._cache: ResultCache[Outcome] = ResultCache(workspace.warehouse.changes)
        self._sandbox: Sandbox | None = None

    @property
    def catalogue(self) -> Catalogue:
        """What is loaded now, read again only after something was written."""
        with self._reading:
            generation = self.workspace.warehouse.generation
            if self._catalogue is None or self._catalogue[0] != generation:
                self._catalogue = generation, read_catalogue(self.workspace.warehouse, self.model)
            return self._catalogue[1]

    @property
    def sandbox(self) -> Sandbox:
        """Where SQL runs that the compiler did not write; made when it is first needed."""
        with self._reading:
            if self._sandbox is None:
                self._sandbox = Sandbox(self)
            return self._sandbox

    def close(self) -> None:
        if self._sandbox:
            self._sandbox.close()

    def compile(self, query: MetricQuery) -> str:
        """The SQL of a checked query, over kpi_daily. Raises InvalidQuery."""
        check_names(query, self.model)
        return self._sql(query, self.catalogue)

    def _sql(self, query: MetricQuery, catalogue: Catalogue, relation: Relation | None = None) -> str:
        return self._compiler.sql(query, kept_by(early_filters(query), catalogue.loaded), relation)

    def run(self, query: MetricQuery) -> Outcome:
        """The outcome of a query, from the cache where what it reads is still the same.

        Raises InvalidQuery for names and members we don't hold, RevenueUnknown, QueryTimeout, Cancelled.
        """
        generation, catalogue = self.workspace.warehouse.generation, self.catalogue
        check_names(query, self.model)
        check_members(query, catalogue)
        outcome = self._cache.get(generation, query)
        if outcome is None:
            outcome = self._compute(query, catalogue)
            cells = len(outcome.result.rows) * len(outcome.result.columns)
            self._cache.put(generation, query, outcome, cells)
        if outcome.result.data_version != catalogue.data_version:  # loaded since, but nothing that this query reads
            outcome = replace(outcome, result=replace(outcome.result, data_version=catalogue.data_version))
        return outcome

    def _compute(self, query: MetricQuery, catalogue: Catalogue) -> Outcome:
        relation = relation_for(query, self.model)
        health = self._health.read(self.workspace.warehouse, query, catalogue, relation)
        if self.needs_revenue(query) and health.spend and not health.revenue_known:
            raise RevenueUnknown("The loaded files hold no revenue for that, so revenue, ROAS and AOV are unknown.")
        columns = describe(query, self.model)
        units = {column.name: column.unit for column in columns}
        rows = tuple(
            {name: _plain(value, units[name]) for name, value in row.items()}
            for row in self.workspace.warehouse.query(self._sql(query, catalogue, relation))
        )
        return Outcome(Result(query, self._sql(query, catalogue), columns, rows, catalogue.data_version), health)

    def needs_revenue(self, query: MetricQuery) -> bool:
        return any("revenue" in self.model.metrics[name].measures for name in query.metrics_used)


def describe(query: MetricQuery, model: SemanticModel) -> tuple[Column, ...]:
    """The columns of the query's result, in order."""
    columns = [Column(name=name, label=model.dimensions[name].label, unit="text") for name in query.dimensions]
    if query.grain:
        columns.append(Column(name="period", label=query.grain.capitalize(), unit="date"))
    for name in query.metrics:
        metric = model.metrics[name]
        columns.append(Column(name=name, label=metric.label, unit=metric.unit))
        if query.comparison:
            columns.append(Column(name=f"{name}_previous", label=f"{metric.label}, before", unit=metric.unit))
            columns.append(Column(name=f"{name}_change", label=f"{metric.label}, change", unit="percent"))
    for extra in query.extras:
        metric = model.metrics[extra.metric]
        label, unit = column_label(extra, metric), unit_of(extra, metric)
        columns.append(Column(name=extra.column, label=label, unit=unit))
    return tuple(columns)


def _plain(value: Any, unit: str) -> Any:
    """JSON's own kinds: dates as ISO text, whole counts without a decimal point."""
    if isinstance(value, date):
        return value.isoformat()
    if unit == "count" and isinstance(value, float) and value.is_integer():
        return int(value)
    return value
