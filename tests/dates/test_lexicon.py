"""The word lists are strict: a slip in a YAML file is an error, and no category is without a use."""

from __future__ import annotations

import pytest

from assistant.dates.lexicon import Language, _read, lexicon
from assistant.dates.rules import grammar
from kpi.errors import DefinitionError

MADE_BY_TAGGER = {"number", "ordinal", "hyphen", "slash", "dot", "comma", "apostrophe", "dotted", "open", "close"}


def test_an_unknown_key_is_named():
    with pytest.raises(DefinitionError, match=r"xx\.yml"):
        _read("xx.yml", "months: {1: [january]}\nweekdays: {}\nunits: {}\ndays: {}\nwords: {}\nmoths: {}")


def test_every_category_of_the_lexicon_is_used_by_a_rule():
    listed = {meaning.category for entries in lexicon().entries.values() for _, meaning in entries}
    assert listed <= grammar().categories


def test_every_category_a_rule_needs_is_made_somewhere():
    listed = {meaning.category for entries in lexicon().entries.values() for _, meaning in entries}
    assert grammar().categories <= listed | grammar().results | MADE_BY_TAGGER


def test_a_new_word_is_one_line_of_yaml():
    text = "months: {}\nweekdays: {}\nunits: {}\ndays: {}\nwords: {last: [bygone]}"
    language = _read("test.yml", text)
    assert isinstance(language, Language)
    assert [(phrase, meaning.category) for phrase, meaning in language.meanings()] == [("bygone", "last")]
