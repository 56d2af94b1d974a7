"""The button below an answer that says it is wrong: the objection is kept, and what is wrong may be added."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import chainlit as cl

from assistant import feedback
from assistant.answer import Answer
from assistant.chat.texts import texts
from assistant.feedback import Objection

NOT_RIGHT = "not_right"  # the action of these buttons
OWN_WORDS = "own words"
MOST_REMEMBERED = 20  # answers that can still be objected to, and earlier questions that are kept with one
SECONDS_TO_TYPE = 300


@dataclass
class Said:
    """What one chat asked and got, so that a click carries no more than the number of an answer."""

    user: str | None
    questions: list[str] = field(default_factory=list)
    answers: dict[str, Objection] = field(default_factory=dict)

    def note(self, question: str, answer: Answer, today: date) -> list[cl.Action]:
        """Remember the answer; the button to show below it, if it is one that can be wrong."""
        objection = Objection.of(question, answer, after=self.questions, today=today, user=self.user)
        self.questions = [*self.questions, question][-MOST_REMEMBERED:]
        if answer.status == "message":
            return []
        self.answers = dict([*self.answers.items(), (answer.id, objection)][-MOST_REMEMBERED:])
        return [_button(texts().not_right.button, answer.id)]


async def clicked(said: Said, payload: dict[str, Any], workspace: Path) -> None:
    """Keep the objection, then offer to say what is wrong; a reason given so replaces the line without one."""
    objection = said.answers.get(str(payload.get("answer")))
    comment = str(payload.get("comment", ""))
    if objection is None:
        await cl.Message(texts().not_right.expired).send()
        return
    if comment == OWN_WORDS:
        reply = await cl.AskUserMessage(texts().not_right.ask, timeout=SECONDS_TO_TYPE).send()
        comment = str(reply["output"]) if reply else ""
    feedback.add(workspace, objection.model_copy(update={"comment": comment[: feedback.LONGEST_TEXT]}))
    if comment or payload.get("comment"):
        await cl.Message(texts().not_right.thanks).send()
    else:
        await cl.Message(texts().not_right.noted, actions=_reasons(objection.answer)).send()


def _reasons(answer: str) -> list[cl.Action]:
    said = texts().not_right
    given = [_button(reason, answer, reason) for reason in said.reasons]
    return [*given, _button(said.own_words, answer, OWN_WORDS)]


def _button(label: str, answer: str, comment: str = "") -> cl.Action:
    return cl.Action(name=NOT_RIGHT, payload={"answer": answer, "comment": comment}, label=label)
