"""Why a case missed. The codes appear in reports; each says which part of the understanding to look at."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    WRONG_METRIC = "wrong_metric"
    WRONG_PERIOD = "wrong_period"
    WRONG_COMPARISON = "wrong_comparison"
    WRONG_FILTER = "wrong_filter"
    WRONG_BREAKDOWN = "wrong_breakdown"
    WRONG_GRAIN = "wrong_grain"
    WRONG_ORDER = "wrong_order"
    WRONG_STATUS = "wrong_status"
    WRONG_ROWS = "wrong_rows"
    WRONG_TEXT = "wrong_text"
    ERROR = "error"
