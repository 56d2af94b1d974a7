"""Floors: the scores that a run over all cases must not fall below."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from evals.score import Scores


class Floors(BaseModel):
    """Shares between 0 and 1; ``silently_wrong``, ``changed`` and ``p95_ms`` are ceilings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    accuracy: float
    silently_wrong: float
    consistency: float
    deletion: float
    changed: float
    p95_ms: float
    categories: dict[str, float]

    @classmethod
    def read(cls) -> Floors:
        return cls(**yaml.safe_load(Path(__file__).with_name("floors.yml").read_text("utf-8")))

    def below(self, scores: Scores) -> list[str]:
        """One line for each floor that the scores don't hold."""
        shares = [
            ("accuracy", scores.total.accuracy, self.accuracy),
            ("paraphrase consistency", scores.consistency.share, self.consistency),
            *((name, tally.accuracy, self.categories.get(name, 0)) for name, tally in scores.by_category.items()),
        ]
        lines = [f"{name} is {value:.1%}, the floor {floor:.1%}" for name, value, floor in shares if value < floor]
        wrong = scores.silently_wrong_share
        if wrong > self.silently_wrong:
            lines.append(f"{wrong:.1%} of answers are silently wrong, the ceiling is {self.silently_wrong:.1%}")
        if scores.latency_ms.p95 > self.p95_ms:
            lines.append(
                f"95 % of answers take up to {scores.latency_ms.p95:.0f} ms, the ceiling is {self.p95_ms:.0f} ms"
            )
        return lines

    def above_by_change(self, another: float) -> list[str]:
        """``another``: the share of changed questions that were taken for another question."""
        if another <= self.changed:
            return []
        return [f"{another:.1%} of changed questions give another query, the ceiling is {self.changed:.1%}"]
