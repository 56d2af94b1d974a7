"""Charts as pictures, for places that can't draw them. Drawn by Kaleido with the Chromium that is installed.

A chart is kept by an id that can't be guessed, and drawn when it is fetched: nobody waits for it with the answer.
"""

from __future__ import annotations

import os
import secrets
import shutil
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

from kpi.errors import PictureUnavailable

_MOST_KEPT = 200
_SIZE = {"format": "png", "width": 900, "height": 500, "scale": 1.5}
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
_ON_A_MAC = ("/Applications/Google Chrome.app", "/Applications/Chromium.app")


class Pictures:
    """One browser draws at a time: a second would cost as much memory again, and pictures are few."""

    def __init__(self) -> None:
        self._charts: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._drawn: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._drawing = threading.Lock()

    def keep(self, chart: dict[str, Any]) -> str:
        """The id to fetch the picture of a Plotly figure by; the newest two hundred are kept."""
        identity = secrets.token_urlsafe(18)
        with self._lock:
            _add(self._charts, identity, chart)
        return identity

    def png(self, identity: str) -> bytes:
        """Raises PictureUnavailable where the id is not known (any more) or nothing can draw."""
        with self._drawing:
            with self._lock:
                chart, drawn = self._charts.get(identity), self._drawn.get(identity)
            if drawn is None:
                drawn = draw(chart)
                with self._lock:
                    _add(self._drawn, identity, drawn)
            return drawn


def can_draw() -> bool:
    named = os.environ.get("BROWSER_PATH")
    return bool(named or any(map(shutil.which, _CHROMIUM)) or any(Path(app).exists() for app in _ON_A_MAC))


def draw(chart: dict[str, Any] | None) -> bytes:
    """The figure as PNG, 1350 by 750 pixels. Raises PictureUnavailable."""
    if chart is None:
        raise PictureUnavailable("This chart is not kept any more: ask again.")
    if not can_draw():
        raise PictureUnavailable("No Chromium is installed that could draw the chart.")
    import kaleido  # takes a moment to import, and is needed for pictures alone

    try:
        drawn: bytes = kaleido.calc_fig_sync(chart, opts=_SIZE)
    except Exception as error:  # whatever a browser may do: the answer is there without the picture
        raise PictureUnavailable(f"The chart could not be drawn: {type(error).__name__}.") from error
    return drawn


def _add(kept: OrderedDict[str, Any], identity: str, what: Any) -> None:
    kept[identity] = what
    while len(kept) > _MOST_KEPT:
        kept.popitem(last=False)
