"""How a load tells how far it is: a step's name and its share done, 0 to 1."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, float], None]


def silent(step: str, share: float) -> None:
    """The progress of a load that nobody watches."""
