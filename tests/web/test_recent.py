"""The bounded memory behind conversations and idempotency keys."""

from __future__ import annotations

from assistant.web.recent import Recent


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_least_recently_used_goes_first() -> None:
    memory: Recent[str] = Recent(size=2, seconds=60)
    for key in ("a", "b", "a", "c"):
        memory.get_or_add(key, lambda: "first")
    again = {key: memory.get_or_add(key, lambda: "second") for key in ("a", "c", "b")}
    assert again == {"a": "first", "c": "first", "b": "second"}


def test_what_is_not_used_is_forgotten_and_use_prolongs() -> None:
    clock = Clock()
    memory: Recent[str] = Recent(size=9, seconds=60, clock=clock)
    memory.get_or_add("used", lambda: "first")
    memory.get_or_add("unused", lambda: "first")
    clock.now = 50
    memory.get_or_add("used", lambda: "second")
    clock.now = 100
    assert memory.get_or_add("used", lambda: "third") == "first"
    assert memory.get_or_add("unused", lambda: "third") == "third"
