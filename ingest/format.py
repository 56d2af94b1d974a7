"""What a definition may say: the schemas of ``formats/*.yml``, ``other_exports.yml`` and ``vocabulary.yml``."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ingest.names import comparable

Dimension = Literal["platform", "account", "campaign", "ad_group", "ad", "country", "device"]
Measure = Literal["spend", "revenue", "clicks", "impressions", "conversions"]
FieldName = Literal["date", "until", "currency", Dimension, Measure]
DateOrder = Literal["day_first", "month_first"]
DIMENSIONS: tuple[Dimension, ...] = ("platform", "account", "campaign", "ad_group", "ad", "country", "device")
MEASURES: tuple[Measure, ...] = ("spend", "revenue", "clicks", "impressions", "conversions")
MONEY = frozenset({"spend", "revenue"})
COUNTS = frozenset({"clicks", "impressions"})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """Where a field stands: accepted headers by preference, and what an empty cell of a measure means.

    ``micros`` are headers, after the others, of money in millionths, as platforms' own interfaces give it.
    """

    headers: tuple[str, ...] = Field(min_length=1)
    micros: tuple[str, ...] = ()
    required: bool = False
    blank: Literal["reject", "zero", "unknown"] | None = None


class RangeColumns(_Strict):
    """Columns with the first and the last day of a row: its day, where no column is the day itself."""

    start: tuple[str, ...] = Field(min_length=1)
    end: tuple[str, ...] = Field(min_length=1)


class Format(_Strict):
    """One way a file is laid out; ``formats/README.md`` explains each key."""

    name: str = Field(pattern="^[a-z0-9_]+$")
    label: str
    platform: str | None = None
    platform_aliases: tuple[str, ...] | None = None
    signature: tuple[tuple[str, ...], ...] = ()
    whole_headers: tuple[tuple[str, ...], ...] = ()
    columns: dict[FieldName, Column]
    range: RangeColumns | None = None
    known: tuple[str, ...] = ()
    several: Literal["first", "refuse"] = "first"
    date_order: DateOrder | None = None
    totals: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    no_data: tuple[str, ...] = ()
    how_to_export: str

    @cached_property
    def names(self) -> frozenset[str]:
        """Every header that this format knows, as it is compared."""
        used = (header for column in self.columns.values() for header in (*column.headers, *column.micros))
        spans = (*self.range.start, *self.range.end) if self.range else ()
        return frozenset(map(comparable, (*used, *self.known, *spans)))

    @model_validator(mode="after")
    def _complete(self) -> Format:
        if not {"date", "spend"} <= {name for name, column in self.columns.items() if column.required}:
            raise ValueError("date and spend must be required columns")
        wrong = [name for name, column in self.columns.items() if (name in MEASURES) != (column.blank is not None)]
        if wrong:
            raise ValueError(f"`blank` belongs to every measure and to nothing else: {', '.join(wrong)}")
        in_micros = [name for name, column in self.columns.items() if column.micros and name not in MONEY]
        if in_micros:
            raise ValueError(f"`micros` belongs to money only: {', '.join(in_micros)}")
        for pattern in (*self.totals, *self.footers, *self.no_data):
            re.compile(pattern)
        return self


class OtherExport(_Strict):
    """A file that people drop by mistake, known by sets of headers one of which is there in full."""

    name: str | None = Field(None, pattern="^[a-z0-9_]+$")
    label: str
    reason: Literal["not_ad_data", "no_daily_date"] = "not_ad_data"
    headers: tuple[tuple[str, ...], ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    advice: str


DatePart = Literal["year", "month", "day", "month_name"]


class DatePattern(_Strict):
    """A way to write a day: a regular expression and what its groups hold, in order."""

    regex: str
    parts: tuple[DatePart, DatePart, DatePart]


class _NotText(_Strict):
    starts_with: str = Field(pattern="^([0-9a-f]{2})+$")
    advice: str


class Vocabulary(_Strict):
    """Spellings that all formats share."""

    platforms: dict[str, tuple[str, ...]]
    devices: dict[str, tuple[str, ...]]
    date_patterns: dict[str, DatePattern]
    months: dict[int, tuple[str, ...]]
    earliest_day: date
    placeholders: tuple[str, ...]
    totals: tuple[str, ...]
    no_data: tuple[str, ...]
    preamble: dict[Literal["account", "currency", "time_unit"], tuple[str, ...]]
    not_daily: tuple[str, ...]
    currency_symbols: dict[str, str | None]
    currencies: frozenset[str]
    not_text: tuple[_NotText, ...]
