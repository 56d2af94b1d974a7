"""Colours and defaults that hold on a white and on a dark page (#1a1a1a), and on a phone.

The page's theme is not known when a chart is made, so its background is transparent and every colour is a mid-tone:
text has a contrast of at least 4.1 on both pages (no colour has more than 4.17 on both), lines and bars of at least 3.
"""

from __future__ import annotations

from typing import Any, Literal

TEXT = "#7b7b7b"
GRID = "rgba(128,128,128,0.25)"
PREVIOUS = "#8a8a8a"
PALETTE = ("#2f7de1", "#c2680c", "#0f8f83", "#9b5de5", "#d6409f", "#5b8c2a", "#dc3d43", "#0e8fb0")
GOOD, BAD = "#1f9254", "#dc3d43"
CELL_LIGHTEST, CELL_DARKEST, CELL_TEXT = "#dbeafe", "#5b9bf5", "#1a1a1a"
TITLE_SIZE, SMALL_SIZE = 16, 12
_TOOLS_THAT_ZOOM = (
    "zoom",
    "pan",
    "select",
    "lasso",
    "zoomIn",
    "zoomOut",
    "autoScale",
    "resetScale",
    "toggleSpikelines",
)
_TOOLS_THAT_SEND_DATA_AWAY = ("sendChartToCloud", "sendDataToCloud", "editInChartStudio")


def base_layout() -> dict[str, Any]:
    """What every chart has in common. Zooming by touch is off: a thumb on a chart must scroll the page."""
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": TEXT, "size": 13, "family": "Inter, system-ui, sans-serif"},
        "colorway": list(PALETTE),
        "autosize": True,
        "dragmode": False,
        "hoverlabel": {"align": "left", "namelength": -1},
        "modebar": {
            "remove": [*_TOOLS_THAT_ZOOM, *_TOOLS_THAT_SEND_DATA_AWAY],
            "bgcolor": "rgba(0,0,0,0)",
            "color": TEXT,
            "activecolor": PALETTE[0],
        },
    }


def change_colour(change: float | None, better: Literal["higher", "lower"] | None) -> str:
    """Green where a change is for the better, red for the worse; grey where the metric has no good direction."""
    if not change or better is None:
        return TEXT
    return GOOD if (change > 0) == (better == "higher") else BAD
