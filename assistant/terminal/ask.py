"""``python -m assistant ask``: one question, or one a line from standard input."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from typing import TextIO

from assistant.answer import Answer
from assistant.terminal.askers import Asker, open_asker
from kpi import events
from kpi.settings import Settings


def run(question: str, settings: Settings, today: date | None, as_json: bool) -> int:
    """The exit code: 0 unless answering failed. ``-`` reads standard input; an empty line begins a new conversation."""
    with _log_kept_quiet(settings), closing(open_asker(settings, today)) as asker:
        show = _print_json if as_json else _printer(asker)
        return ask_all(_standard_input() if question == "-" else None, question, asker, show)


def ask_all(lines: Iterable[str] | None, question: str, asker: Asker, show: Callable[[Answer], None]) -> int:
    """Ask the one question, or where there are lines, each of these."""
    failed = False
    for line in [question] if lines is None else lines:
        text = _readable(line.rstrip("\r\n"))
        if lines is not None and not text.strip():
            asker.start_afresh()
            continue
        answer = asker.ask(text)
        show(answer)
        failed = failed or answer.status == "error"
    return 1 if failed else 0


def _standard_input() -> TextIO:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")
    return sys.stdin


@contextmanager
def _log_kept_quiet(settings: Settings) -> Iterator[None]:
    """A person at a terminal gets answers, not log lines; ``LOG_LEVEL=debug`` shows both."""
    if settings.log_level == "debug":
        events.switch_on("debug")
    handler = logging.NullHandler()
    logger = logging.getLogger("platform")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def _print_json(answer: Answer) -> None:
    sys.stdout.write(answer.model_dump_json() + "\n")
    sys.stdout.flush()


def _printer(asker: Asker) -> Callable[[Answer], None]:
    from assistant.terminal.show import console, show

    out = console()

    def show_one(answer: Answer) -> None:
        show(answer, out, asker.currency)
        sys.stdout.flush()

    return show_one


def _readable(text: str) -> str:
    """Bytes that were no UTF-8 become replacement characters instead of breaking every later step."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
