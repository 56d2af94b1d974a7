"""Which encoding a text has, decided by its bytes."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ingest.rules import rules
from kpi.errors import LoadRefused

_BLOCK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KANA = re.compile("[\u3041-\u30fa]")  # full-width; Western letters read as Shift-JIS give kanji, hardly ever these


def encoding_of(path: Path, name: str) -> str:
    """Raises LoadRefused (unreadable) for what is no text."""
    with path.open("rb") as file:
        start = file.read(_BLOCK)
    for kind in rules().vocabulary.not_text:
        if start.startswith(bytes.fromhex(kind.starts_with)):
            raise LoadRefused("unreadable", kind.advice)
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            return encoding
    if b"\0" in start[:4096]:
        return _utf16_without_bom(start[:4096], name)
    if _decodes(path, "utf-8"):
        return "utf-8"
    return "cp932" if _is_japanese(start) and _decodes(path, "cp932") else "cp1252"


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _is_japanese(start: bytes) -> bool:
    return bool(_KANA.search(start.decode("cp932", errors="ignore")))


def _utf16_without_bom(start: bytes, name: str) -> str:
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < len(start) // 4 or min(even, odd):
        raise LoadRefused("unreadable", f"{name} holds binary data, not text. Export it as CSV (UTF-8) and load that.")
    return "utf-16-le" if odd else "utf-16-be"
