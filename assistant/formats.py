"""How numbers, changes and dates are written for people, the same on every surface. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from kpi.query import Grain, Period
from kpi.result import Unit

NOTHING = "–"
MINUS = "−"
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}  # other codes are written out: 'AUD 1,234'
_BIG_MONEY = 10_000  # from here on cents only get in the way
_MOST_PLACES = 6
_MORE_PLACES = 4  # up to three decimals more, to tell values apart


def value(v: Any, unit: Unit, currency: str | None, *, more: int = 0) -> str:
    """One cell for a person. ``percent`` takes a fraction (0.076 is '7.6 %'); None, NaN and infinity are '–'.

    ``more``: decimals beyond the usual ones, for values that would else look alike.
    """
    if v is None or v == "":
        return NOTHING
    if unit == "text":
        return str(v)
    if unit == "date":
        return _long_date(as_date(v))
    number = float(v)
    return _quantity(number, unit, currency, more) if math.isfinite(number) else NOTHING


def values(several: Sequence[Any], unit: Unit, currency: str | None) -> list[str]:
    """Cells that stand in one sentence: with more decimals where two that differ would look alike."""
    known = {v for v in several if v is not None}
    for more in range(_MORE_PLACES):
        if len({value(v, unit, currency, more=more) for v in known}) == len(known):
            break
    return [value(v, unit, currency, more=more) for v in several]


def change(fraction: float | None) -> str:
    """A relative change: 0.076 is '+7.6 %', -0.076 is '−7.6 %'; without an earlier value there is none."""
    if fraction is None or not math.isfinite(fraction):
        return "no earlier value"
    percent = fraction * 100
    text = _signed(percent, f"{abs(percent):,.1f} %")
    return f"+{text}" if percent > 0 and _holds_digits(text) else text


def days(period: Period) -> str:
    """The inclusive days of a period, as short as is clear: '1–30 June 2025', '28 May – 3 June 2025'."""
    start, end = period.start, period.end
    if start == end:
        return _long_date(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_long_date(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} – {_long_date(end)}"
    return f"{_long_date(start)} – {_long_date(end)}"


def bucket(first_day: date | str, grain: Grain) -> str:
    """The name of the bucket that starts on a day (a date, or ISO text as in rows)."""
    day = as_date(first_day)
    if grain == "week":
        return f"Week of {day.day} {day:%B}"
    if grain == "month":
        return f"{day:%B} {day.year}"
    if grain == "quarter":
        return f"Q{(day.month + 2) // 3} {day.year}"
    return str(day.year) if grain == "year" else _long_date(day)


def as_date(v: date | str) -> date:
    """The day of a cell: rows hold days as ISO text, sometimes with a midnight behind it."""
    return date.fromisoformat(v[:10]) if isinstance(v, str) else v


def _quantity(number: float, unit: Unit, currency: str | None, more: int) -> str:
    if unit == "currency":
        return _money(number, currency, more)
    if unit == "percent":
        return _signed(number, f"{_digits(abs(number) * 100, least=1 + more, most=1 + more)} %")
    return _signed(number, _digits(abs(number), least=more if unit == "count" else 2 + more, most=2 + more))


def _money(number: float, currency: str | None, more: int) -> str:
    size = abs(number)
    amount = f"{size:,.{more}f}" if round(size, 2) >= _BIG_MONEY else _digits(size, least=2 + more, most=2 + more)
    if currency is None:
        return _signed(number, amount)
    return _signed(number, f"{_SYMBOLS.get(currency, f'{currency} ')}{amount}")


def _digits(size: float, *, least: int, most: int = 2) -> str:
    """``least`` to ``most`` decimals; more where a small number would else look like zero."""
    significant = 1 - math.floor(math.log10(size)) if size else 0
    whole, _, decimals = f"{size:,.{max(most, min(significant, _MOST_PLACES))}f}".partition(".")
    kept = decimals[:least] + decimals[least:].rstrip("0")
    return f"{whole}.{kept}" if kept else whole


def _signed(number: float, text: str) -> str:
    """``text`` with a minus where the number is negative, unless it was rounded to zero: never '−0'."""
    return f"{MINUS}{text}" if number < 0 and _holds_digits(text) else text


def _holds_digits(text: str) -> bool:
    return any(character in "123456789" for character in text)


def _long_date(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
