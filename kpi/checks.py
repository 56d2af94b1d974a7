"""Is a MetricQuery one that the model and the data can answer? Each refusal says what to ask instead."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from kpi import extras
from kpi.catalogue import Catalogue
from kpi.errors import InvalidQuery
from kpi.query import MetricQuery
from kpi.semantic import SemanticModel


def check_names(query: MetricQuery, model: SemanticModel) -> None:
    """Raises InvalidQuery where the query names an unknown metric or dimension, or contradicts itself."""
    dimensions = [*query.dimensions, *(f.dimension for f in query.member_filters)]
    if query.top:
        dimensions.append(query.top.dimension)
    _check_order(query, model)
    _check_within(query)
    _check_conditions(query, model)
    check_known("metric", query.metrics_used, model.metrics)
    check_known("dimension", dimensions, model.dimensions)
    for what, names in (("metrics", query.metrics), ("dimensions", query.dimensions)):
        if len(set(names)) < len(names):
            raise InvalidQuery(f"The query lists some of its {what} twice.")
    _check_extras(query, model)


def check_members(query: MetricQuery, catalogue: Catalogue) -> None:
    """Raises InvalidQuery where a filter names a member that no loaded row has."""
    for condition in query.member_filters:
        members = catalogue.members[condition.dimension]
        for value in condition.values:
            if value not in members:
                raise InvalidQuery(f"No {condition.dimension} is called {value!r}.{_nearest(value, members)}")


def check_known(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    """Raises InvalidQuery at the first name that is not among the known ones."""
    for name in names:
        if name not in known:
            raise InvalidQuery(f"There is no {what} {name!r}.{_nearest(name, known)}")


def _check_order(query: MetricQuery, model: SemanticModel) -> None:
    if query.order is None:
        return
    sortable = {*query.dimensions, *model.metrics, *(extra.column for extra in query.extras)}
    if query.grain:
        sortable.add("period")
    if query.comparison:
        sortable.update(f"{name}_change" for name in query.metrics)
    check_known("sort key", [query.order.by], sortable)


def _check_within(query: MetricQuery) -> None:
    """Leaders of each group: a breakdown by the group and by what leads in it."""
    if query.top and query.top.within:
        groups = {*query.dimensions, *(["period"] if query.grain else [])} - {query.top.dimension}
        check_known("group", query.top.within, groups)
        check_known("breakdown", [query.top.dimension], query.dimensions)


def _check_conditions(query: MetricQuery, model: SemanticModel) -> None:
    columns = {*model.metrics, *(extra.column for extra in query.extras)}
    if query.comparison:
        columns.update(f"{name}_change" for name in model.metrics)
    check_known("metric", [condition.metric for condition in query.metric_filters], columns)


def _check_extras(query: MetricQuery, model: SemanticModel) -> None:
    for extra in query.extras:
        obstacle = extras.obstacle(extra, model.metrics[extra.metric], query)
        if obstacle:
            raise InvalidQuery(obstacle)


def _nearest(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = get_close_matches(name, names, n=3) or names[:5]
    return f" Did you mean {', '.join(close)}?" if close else " Nothing is loaded yet."
