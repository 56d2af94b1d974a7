"""How many: what 'three', 'a few' and '30 days' become before they are placed."""

from __future__ import annotations

from assistant.dates.units import Unit
from assistant.dates.when import Impossible

Count = int | Impossible
Quantity = tuple[int, Unit] | Impossible  # a number of units; Impossible where it names none ('a few days')
