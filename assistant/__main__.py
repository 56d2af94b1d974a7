"""``python -m assistant``: ask, serve, mcp, hash. Heavy parts are imported by the command that needs them."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kpi.errors import PlatformError, SettingsError
from kpi.settings import Settings

FAILED, WRONG_USAGE, INTERRUPTED = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 on success, 1 where something failed, 2 on wrong usage or settings."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except SettingsError as error:
        return _say(error, WRONG_USAGE)
    except PlatformError as error:
        return _say(error, FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains when it exits
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _unexpected(error)


def _ask(options: argparse.Namespace) -> int:
    from assistant.terminal import ask

    return ask.run(" ".join(options.question), _settings(options), options.today, options.json)


def _serve(options: argparse.Namespace) -> int:
    from assistant.web.serve import serve

    with contextlib.suppress(KeyboardInterrupt):  # the usual way to stop a server
        serve(_settings(options))
    return 0


def _mcp(options: argparse.Namespace) -> int:
    from assistant.mcp import stdio

    return stdio.run(_settings(options))


def _hash(options: argparse.Namespace) -> int:
    from assistant.terminal import hashing

    return hashing.run(options.name)


def _settings(options: argparse.Namespace) -> Settings:
    given = {name: getattr(options, name, None) for name in ("workspace", "host", "port")}
    return Settings.load(**{name: value for name, value in given.items() if value is not None})


def _say(error: PlatformError, code: int) -> int:
    sys.stderr.write(f"{error}\n")
    return code


def _unexpected(error: Exception) -> int:
    """A fault of ours: one line, and at LOG_LEVEL=debug where it happened."""
    if os.environ.get("LOG_LEVEL", "").lower() == "debug":
        traceback.print_exception(error)
    fault = f"{type(error).__name__}: {error}".splitlines()[0]
    sys.stderr.write(f"Something unexpected failed ({fault}). LOG_LEVEL=debug shows where.\n")
    return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant", description="Ask your marketing data.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="ask|serve|mcp|hash")

    ask = commands.add_parser("ask", help="ask a question", description="Ask a question in plain English.")
    ask.add_argument(
        "question", nargs="+", help="the question; - reads one a line, an empty line begins a new conversation"
    )
    ask.add_argument(
        "--today", type=date.fromisoformat, metavar="DAY", help="the day that counts as today (2025-07-01)"
    )
    ask.add_argument("--json", action="store_true", help="print one Answer a line as JSON")
    ask.set_defaults(run=_ask)

    serve = commands.add_parser("serve", help="serve the chat and the API", description="Serve the chat and the API.")
    serve.add_argument("--host", help="address to listen on (HOST; 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (PORT; 8000; 0 picks a free one)")
    serve.set_defaults(run=_serve)

    mcp = commands.add_parser(
        "mcp", help="serve other assistants", description="Serve the tools to another assistant over stdio (MCP)."
    )
    mcp.set_defaults(run=_mcp)
    for command in (ask, serve, mcp):
        command.add_argument("--workspace", type=Path, metavar="DIR", help="folder of the data (WORKSPACE; workspace)")

    hashing = commands.add_parser("hash", help="make a chat login", description="Make an entry for CHAT_USERS.")
    hashing.add_argument("name", nargs="?", default="admin", help="the login's name (admin)")
    hashing.set_defaults(run=_hash)
    return parser


if __name__ == "__main__":
    sys.exit(main())
