"""Words between two things: is it 'and' or 'or'?"""

from __future__ import annotations

from assistant.understand.lexicon import load_lexicon
from assistant.understand.spans import Span

_OR = load_lexicon().closed.or_words


def is_or(span: Span) -> bool:
    return any(word in _OR for word in span.text.lower().split())
