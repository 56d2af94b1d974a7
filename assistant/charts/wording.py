"""Texts on a chart. Plotly reads tags and entities in them: whatever comes from data goes through ``safe``."""

from __future__ import annotations

import re
import textwrap
from html import escape

from assistant import formats
from kpi.columns import column_named
from kpi.query import AnyOf, MemberFilter, MetricFilter, MetricQuery
from kpi.result import Unit
from kpi.semantic import SemanticModel

_TITLE_WIDTH, _SUBTITLE_WIDTH = 38, 50  # characters that fit beside each other on a phone of 390 px
_MOST_NAMED = 3
_POWERS = ((1e9, "B"), (1e6, "M"), (1e3, "k"))


def safe(text: str) -> str:
    """The text as Plotly must be given it to show it as it is: '<b>x</b>' is a name, not bold type."""
    return escape(re.sub(r"[\x00-\x20\x7f]+", " ", text), quote=False)


def shorten(text: str, longest: int) -> str:
    """Cut in the middle: long campaign names differ in their ends as often as in their beginnings."""
    if len(text) <= longest:
        return text
    tail = (longest - 1) // 3
    return f"{text[: longest - 1 - tail]}…{text[-tail:]}"


def title(query: MetricQuery, model: SemanticModel, note: str = "") -> tuple[list[str], list[str]]:
    """Lines of the title and of the smaller line under it, safe to show. Made from the query; ``note`` is added."""
    measured = _listed([model.metrics[name].label for name in query.metrics])
    broken_down = [model.dimensions[name].label.lower() for name in query.dimensions]
    broken_down += [query.grain] if query.grain else []
    heading = f"{measured} by {_listed(broken_down)}" if broken_down else measured
    days = formats.days(query.period)
    if query.comparison:
        days = f"{days} vs {formats.days(query.comparison)}"
    details = [days, *(_condition(condition, query, model) for condition in query.filters), _picked(query, model), note]
    return _wrapped(heading, _TITLE_WIDTH), _wrapped(" · ".join(part for part in details if part), _SUBTITLE_WIDTH)


def compact(number: float, unit: Unit) -> str:
    """A number for a narrow cell: '169k', '29.8', '7.6 %'."""
    size = abs(number)
    if unit == "percent" or size < 1000:
        return formats.value(number, unit, None)
    power, letter = next((power, letter) for power, letter in _POWERS if size >= power * 0.9995)
    return f"{formats.MINUS if number < 0 else ''}{size / power:.3g}{letter}"


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _condition(condition: MemberFilter | MetricFilter | AnyOf, query: MetricQuery, model: SemanticModel) -> str:
    if isinstance(condition, AnyOf):
        return " or ".join(_condition(one, query, model) for one in condition.any_of)
    if isinstance(condition, MetricFilter):
        column = column_named(condition.metric, query, model)
        return f"{column.label} {condition.op} {formats.value(condition.values[0], column.unit, None)}"
    named = ", ".join(shorten(value, 30) for value in condition.values[:_MOST_NAMED])
    more = len(condition.values) - _MOST_NAMED
    without = "not " if condition.op == "not in" else ""
    return f"{model.dimensions[condition.dimension].label}: {without}{named}{f' + {more} more' if more > 0 else ''}"


def _picked(query: MetricQuery, model: SemanticModel) -> str:
    """Which rows a limit left: '5 lowest by CAC'."""
    if query.top:
        plural, end = model.dimensions[query.top.dimension].plural, _end(query.top.descending)
        within = "".join(f", in each {name.replace('_', ' ')}" for name in query.top.within)
        return f"{query.top.n} {plural} with the {end} {model.metrics[query.top.by].label}{within}"
    if not (query.limit and query.order) or query.order.by == "period":
        return ""
    name = query.order.by.removesuffix("_change")
    dimension = model.dimensions.get(name)
    label = dimension.label if dimension else column_named(name, query, model).label
    change = "change of " if name != query.order.by else ""
    return f"{query.limit} {_end(query.order.descending)} by {change}{label}"


def _end(descending: bool) -> str:
    return "highest" if descending else "lowest"


def _wrapped(text: str, width: int) -> list[str]:
    return [safe(line) for line in textwrap.wrap(text, width)]
