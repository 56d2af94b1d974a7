"""First gate: the text itself, before any parser with a stack sees it.

Every check is linear in the length of the text.
"""

from __future__ import annotations

import unicodedata

from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import TokenError
from sqlglot.tokenizer_core import Token, TokenType

from kpi.guard.refusals import refusal
from kpi.guard.rules import rules

_OPENING = {TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE}
_CLOSING = {TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE}
_CHAINS = {(closing, TokenType.DOT) for closing in _CLOSING} | {(TokenType.R_BRACKET, TokenType.L_BRACKET)}
_PLAIN_SPACE = frozenset(" \t\n\r")


def read_tokens(sql: str) -> list[Token]:
    """Tokens of one statement, without a closing semicolon. Raises SqlRejected."""
    if len(sql) > rules().limits.characters:
        raise refusal("too_long")
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in _PLAIN_SPACE for c in sql):
        raise refusal("hidden_characters")
    tokens = _tokenize(sql)
    _check_characters_outside_texts(sql, tokens)
    _check_nesting(tokens)
    return _one_statement(tokens)


def _tokenize(sql: str) -> list[Token]:
    try:
        tokens = DuckDB().tokenize(sql)
    except TokenError as error:
        raise refusal("not_sql") from error
    if not tokens:
        raise refusal("empty")
    if len(tokens) > rules().limits.tokens:
        raise refusal("too_long")
    return tokens


def _check_characters_outside_texts(sql: str, tokens: list[Token]) -> None:
    """No zero-width, private or unusual space character, except inside '…' (an emoji in a campaign's name has them).

    DuckDB ends a name at a zero-width character and sqlglot does not, so the two would read different statements.
    """
    position = 0
    for token in (t for t in tokens if t.token_type is TokenType.STRING):
        _check_visible(sql[position : token.start])
        position = token.end + 1
    _check_visible(sql[position:])


def _check_visible(text: str) -> None:
    if not text.isascii() and any(unicodedata.category(c)[0] in "CZ" and c not in _PLAIN_SPACE for c in text):
        raise refusal("hidden_characters")


def _check_nesting(tokens: list[Token]) -> None:
    """Brackets inside brackets, and ``a.upper().lower()…`` or ``a[1][1]…``, which sqlglot reads in quadratic time."""
    depth = chained = 0
    for previous, token in zip([None, *tokens], tokens, strict=False):
        depth += (token.token_type in _OPENING) - (token.token_type in _CLOSING)
        chained += previous is not None and (previous.token_type, token.token_type) in _CHAINS
        if max(depth, chained) > rules().limits.nesting:
            raise refusal("nested_too_deep")


def _one_statement(tokens: list[Token]) -> list[Token]:
    if tokens[-1].token_type is TokenType.SEMICOLON:
        tokens = tokens[:-1]
    if not tokens:
        raise refusal("empty")
    if any(token.token_type is TokenType.SEMICOLON for token in tokens):
        raise refusal("one_statement")
    if tokens[0].token_type.name not in rules().first_words:
        raise refusal("only_questions")
    return tokens
