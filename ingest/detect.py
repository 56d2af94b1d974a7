"""Which format a file has, decided by its header alone; two equal answers are none."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import replace

from ingest.format import OtherExport
from ingest.header import Header, candidates, first_lines, restored
from ingest.layout import Layout, places, read_header
from ingest.names import comparable
from ingest.preamble import preamble_of, stated_account, stated_currency, stated_time_unit
from ingest.refusals import OtherData, PlatformOpen
from ingest.rules import Rules
from ingest.source import Source
from kpi.errors import LoadRefused


def find_layout(source: Source, rules: Rules, platform: str | None) -> Layout:
    """The one layout the header is evidence for. Raises LoadRefused (empty, no_daily_date, unknown_format, …)."""
    lines = first_lines(source)
    if not any(line.strip() for line in lines):
        raise LoadRefused("empty", f"{source.file_name} holds nothing but blank lines. Export it again.")
    headers = [_whole(header, rules) for header in candidates(lines)]
    layouts = [layout for header in headers for one in rules.formats if (layout := read_header(one, header, rules))]
    _refuse_other_exports(headers, layouts, rules, source)
    if not layouts:
        raise _unknown(source, lines)
    best = _best([one for one in layouts if not one.missing] or layouts, source, platform)
    _check(best, lines, source)
    if platform and best.format.platform not in (None, platform):
        raise LoadRefused(
            "unknown_format",
            f"{source.file_name} is a {best.format.label} by its header, so it can't be loaded as {platform}.",
        )
    return _with_preamble(best, lines, rules)


def _whole(header: Header, rules: Rules) -> Header:
    if not header.has_lost_letters:
        return header
    return restored(header, frozenset().union(*(one.names for one in rules.formats)))


def _refuse_other_exports(headers: list[Header], layouts: list[Layout], rules: Rules, source: Source) -> None:
    """Rows below a header that we know are data, whatever words they hold."""
    last = min((one.header_line for one in layouts if not one.missing), default=sys.maxsize)
    for header in (one for one in headers if one.line <= last):
        for one in rules.other_exports:
            if _is_other(one, header, rules):
                raise OtherData(one.reason, f"{source.file_name} is a {one.label}. {one.advice}", one.name)


def _is_other(one: OtherExport, header: Header, rules: Rules) -> bool:
    def holds(names: Iterable[str]) -> bool:
        return all(places((name,), header, rules) for name in names)

    return any(map(holds, one.headers)) and not any(holds((name,)) for name in one.unless)


def _best(layouts: list[Layout], source: Source, platform: str | None) -> Layout:
    """The layout with most evidence; of two equal ones the platform's own, or the one that the person named.

    A platform's format that doesn't know the column with the platforms is none for this file.
    """
    plain = [one for one in layouts if "platform" in one.columns and not one.missing]
    by_column = {comparable(one.heading("platform")) for one in plain}
    layouts = [one for one in layouts if not by_column - one.format.names] or layouts
    highest = max(len(one.evidence) for one in layouts)
    equal = [one for one in layouts if len(one.evidence) == highest]
    named = [one for one in equal if platform and one.format.platform == platform]
    own = [one for one in equal if one.format.platform is not None]
    plain = [one for one in equal if one.format.platform is None]
    said_otherwise = platform and not any(one.has_own_word for one in own)
    rivals = named or (said_otherwise and plain) or own or plain
    if len({one.format.name for one in rivals}) > 1:
        names = " or a ".join(sorted({one.format.label for one in rivals}))
        platforms = sorted({one.format.platform for one in rivals if one.format.platform})
        raise PlatformOpen(f"{source.file_name} could be a {names}. Say which platform it is from.", platforms)
    return min(rivals, key=lambda one: one.header_line)


def _check(layout: Layout, lines: list[str], source: Source) -> None:
    """Refuse what the header alone rules out; a report that says it is empty is empty before anything else."""
    below = [line for line in lines[layout.header_line :] if line.strip()]
    no_data = [re.compile(pattern, re.IGNORECASE) for pattern in layout.format.no_data]
    says_empty = below and any(p.fullmatch(below[0].strip(f' "{layout.delimiter}')) for p in no_data)
    if not below or says_empty:
        raise LoadRefused(
            "empty", f"{source.file_name} holds a header but no rows. Choose a period with data and export it again."
        )
    if "date" in layout.missing and "date" not in layout.columns:
        raise LoadRefused(
            "no_daily_date", f"{source.file_name} has no column with the day. {layout.format.how_to_export}"
        )
    if layout.missing:
        wanted = " and ".join(layout.missing)
        raise LoadRefused(
            "unknown_format",
            f"{source.file_name} looks like a {layout.format.label} but has no column {wanted}. Add it.",
        )
    if layout.several:
        field, headers = next(iter(layout.several.items()))
        raise LoadRefused(
            "unknown_format",
            f"{source.file_name} has several columns for {field}: {', '.join(headers)}. Keep one of them.",
        )


def _with_preamble(layout: Layout, lines: list[str], rules: Rules) -> Layout:
    preamble = preamble_of(lines, layout.header_line)
    if unit := stated_time_unit(preamble, rules):
        raise LoadRefused("no_daily_date", f"Its rows are no days but “{unit[:40]}”. {layout.format.how_to_export}")
    currency = stated_currency(preamble, rules)
    return replace(
        layout,
        preamble=preamble,
        account=stated_account(preamble, rules),
        stated=layout.stated | ({currency} if currency else frozenset()),
    )


def _unknown(source: Source, lines: list[str]) -> LoadRefused:
    first = next(line for line in lines if line.strip())
    shown = first.strip()[:80]
    return LoadRefused(
        "unknown_format",
        f"{source.file_name} has no header that we know; it starts with “{shown}”. "
        "A plain table needs at least the columns date, platform and spend.",
    )
