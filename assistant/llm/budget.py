"""Tokens and cost by conversation, person and day. The day's figures are kept in the workspace, across restarts."""

from __future__ import annotations

import json
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.llm.client import Usage
from assistant.llm.failures import ModelFailed
from kpi.settings import Settings

_FILE = "llm_usage.json"
_MILLION = 1_000_000


@dataclass
class Spent:
    """What one conversation has used so far."""

    tokens: int = 0
    cost: float = 0


class Budget:
    """Checked before every call, so that it is overrun by one call at most."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings = settings
        self._file = folder / _FILE
        self._lock = threading.Lock()
        self._day, self._tokens, self._cost = self._read()

    def check(self, conversation: Spent, user: str | None, today: date) -> None:
        """Raises ModelFailed naming the budget that is used up."""
        settings = self._settings
        with self._lock:
            self._turn_to(today)
            used = (
                ("conversation_budget", conversation.tokens >= settings.llm_tokens_per_conversation),
                ("user_budget", self._tokens[user or ""] >= settings.llm_tokens_per_user_a_day),
                ("day_budget", self._tokens.total() >= settings.llm_tokens_a_day),
                ("cost_budget", settings.llm_cost_a_day is not None and self._cost >= settings.llm_cost_a_day),
            )
        for reason, is_used_up in used:
            if is_used_up:
                raise ModelFailed(reason)

    def note(self, usage: Usage, conversation: Spent, user: str | None, today: date) -> None:
        tokens, cost = usage.read + usage.written, self._price(usage)
        conversation.tokens += tokens
        conversation.cost += cost
        with self._lock:
            self._turn_to(today)
            self._tokens[user or ""] += tokens
            self._cost += cost
            kept = {"day": today.isoformat(), "tokens": self._tokens, "cost": self._cost}
            self._file.write_text(json.dumps(kept) + "\n", "utf-8")

    @property
    def day(self) -> Spent:
        """What all have used on the day of the newest call."""
        with self._lock:
            return Spent(self._tokens.total(), self._cost)

    def _price(self, usage: Usage) -> float:
        prices = self._settings
        return (usage.read * prices.llm_input_price + usage.written * prices.llm_output_price) / _MILLION

    def _turn_to(self, today: date) -> None:
        if today != self._day:
            self._day, self._tokens, self._cost = today, Counter(), 0.0

    def _read(self) -> tuple[date, Counter[str], float]:
        """A file that is missing or damaged is a day without use."""
        try:
            kept = json.loads(self._file.read_text("utf-8"))
            return date.fromisoformat(kept["day"]), Counter(kept["tokens"]), float(kept["cost"])
        except (OSError, ValueError, KeyError, TypeError):
            return date.min, Counter(), 0.0
