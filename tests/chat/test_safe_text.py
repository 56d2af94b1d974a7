"""Text from people and files must reach the page as text. That a browser agrees is tested in test_scripted_chat.py."""

from __future__ import annotations

import pytest

from assistant.chat.safe_text import code_block, line, plain

JOINER = "\u2060"


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ("Spend was $1,234.50 (−7.6 %).", "Spend was $1,234.50 (−7.6 %)."),
        ("Brand_Search", "Brand_Search"),
        ("![x](//evil/p.png)", r"!\[x\](//evil/p.png)"),
        ("<img src=x>", r"\<img src=x>"),
        ("a|b", r"a\|b"),
        ("**b** _i_ `c` ~~s~~", r"\*\*b\*\* \_i\_ \`c\` \~\~s\~\~"),
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
        ("Spend:high", r"Spend\:high"),
        (":::note", r"\::\:note"),
        ("# a\n- b\n1. c\n> d\n===", "\\# a\n\\- b\n1\\. c\n\\> d\n\\==="),
        ("90.00", "90.00"),
        ("    indented", "indented"),
        ("back\\slash", r"back\\slash"),
        ("zero\u200bwidth \u202ereversed\x07", "zerowidth reversed"),
        ("https://evil.example", f"https{JOINER}://evil.example"),
        ("www.evil.example", f"www{JOINER}.evil.example"),
        ("me@evil.example", f"me{JOINER}@evil.example"),
    ],
)
def test_plain_text_is_never_markup(written: str, markdown: str) -> None:
    assert plain(written) == markdown


def test_a_line_fits_a_table_cell() -> None:
    assert line("one\n\ntwo  three") == "one two three"
    assert line("x" * 500, longest=10) == "x" * 9 + "…"


def test_a_code_block_is_not_closed_by_its_own_content() -> None:
    assert code_block("SELECT '```'", "sql") == "````sql\nSELECT '```'\n````"
