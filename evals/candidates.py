"""Answers that people called wrong in the chat: list them, and make a case of one for a person to complete."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from string import Template

import yaml
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant import feedback
from assistant.feedback import Objection
from kpi.errors import PlatformError

HEAD = "category: from_the_chat\ndataset: sample\ncases:\n"
SKELETON = Template("""\
  - id: chat-$answer
    # said: $comment
    # Write down what is right: correct the query below (it is what was understood), and the gold SQL by hand.
    # Where no query is due, expect is clarify, cannot, define, data_status or message, without gold.
    # Name the dataset that holds such data, and use its members instead of your own.
    today: $today
$after    ask:
      - $question
    expect: $expect
    gold: SELECT
""")


def main(workspace: Path, promote: str | None, to: Path | None) -> int:
    """List what is kept in the workspace, or promote one. Raises PlatformError where there is no such answer."""
    kept = feedback.read(workspace)
    if promote is None:
        show(Console(), kept)
        return 0
    found = next((objection for objection in kept if objection.answer == promote), None)
    if found is None:
        raise PlatformError(f"No answer {promote} was called wrong in {workspace}: list them with --candidates.")
    if to is None:
        sys.stdout.write(skeleton(found))
        return 0
    _add(to, skeleton(found))
    feedback.add(workspace, found.model_copy(update={"promoted_to": str(to)}))
    sys.stdout.write(f"Added to {to}: complete it there.\n")
    return 0


def show(console: Console, kept: list[Objection]) -> None:
    """A row an answer, those that are cases already left out."""
    waiting = [objection for objection in kept if not objection.promoted_to]
    if not waiting:
        console.print("Nobody has called an answer wrong that is not a case already.")
        return
    table = Table("Answer", "Asked on", "Question", "Understood as", "Comment")
    for one in waiting:
        question = " → ".join((*one.after, one.question))
        table.add_row(
            one.answer, one.today.isoformat(), escape(question), escape(_understood(one)), escape(one.comment)
        )
    console.print(table)


def skeleton(objection: Objection) -> str:
    """A case in YAML. It can't pass as it is: its gold SQL doesn't run before somebody has written it."""
    after = "".join(f"      - {_quoted(text)}\n" for text in objection.after)
    return SKELETON.substitute(
        answer=objection.answer,
        comment=" ".join(objection.comment.split()) or "nothing more",
        today=objection.today.isoformat(),
        after=f"    after:\n{after}" if after else "",
        question=_quoted(objection.question),
        expect=_expected(objection),
    )


def _expected(objection: Objection) -> str:
    """What was understood, in the notation of cases: without what is empty, JSON being YAML as well."""
    if objection.query is None:
        return "clarify" if objection.status == "needs_clarification" else "cannot"
    query = {key: value for key, value in objection.query.items() if value not in (None, [])}
    return json.dumps(query, ensure_ascii=False)


def _understood(objection: Objection) -> str:
    return _expected(objection) if objection.query else objection.status.replace("_", " ")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _add(file: Path, case: str) -> None:
    """Behind the cases of a file, or as the first of a new one. Raises PlatformError where that is no file of cases."""
    try:
        text = file.read_text("utf-8") if file.is_file() else HEAD
        if not isinstance(yaml.safe_load(text), dict) or "\ncases:" not in text:
            raise PlatformError(f"{file} is no file of cases.")
        file.write_text(text.rstrip("\n") + "\n" + case, "utf-8")
    except (OSError, yaml.YAMLError) as error:
        raise PlatformError(f"{file} can't be written: {error}") from error
