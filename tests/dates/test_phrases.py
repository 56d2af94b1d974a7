"""Kinds of phrases beyond section 5: parts, ranges, holidays, offsets, other languages, typos, impossible ones."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("the third week of August 2016", "2016-08-15 2016-08-21"),
        ("2nd last week of October 2018", "2018-10-15 2018-10-21"),
        ("first ten days of last year", "2024-01-01 2024-01-10"),
        ("the last four months of 2021", "2021-09-01 2021-12-31"),
        ("third Tuesday of September 2014", "2014-09-16 2014-09-16"),
        ("last Friday of October", "2024-10-25 2024-10-25"),
        ("last day of February 2012", "2012-02-29 2012-02-29"),
        ("first half of May", "2025-05-01 2025-05-15"),
        ("second half of 2024", "2024-07-01 2024-12-31"),
        ("mid-May", "2025-05-11 2025-05-20"),
        ("end of May", "2025-05-21 2025-05-31"),
        ("beginning of the year", "2025-01-01 2025-04-30"),
        ("18q4", "2018-10-01 2018-12-31"),
        ("Q3'24", "2024-07-01 2024-09-30"),
        ("last year's Q3", "2024-07-01 2024-09-30"),
        ("week 27 of last year", "2024-07-01 2024-07-07"),
        ("2025-W20-3", "2025-05-14 2025-05-14"),
        ("the week of 10 April", "2025-04-07 2025-04-13"),
        ("w/e June 15", "2025-06-09 2025-06-15"),
        ("the 1990s", "1990-01-01 1999-12-31"),
    ],
)
def test_parts_and_numbers(span, phrase, expected):
    assert span(f"spend {phrase}") == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("between June 1st and June 10th 2024", "2024-06-01 2024-06-10"),
        ("June 5-7 1999", "1999-06-05 1999-06-07"),
        ("15th - 20th of May", "2025-05-15 2025-05-20"),
        ("from December to May 2022", "2021-12-01 2022-05-31"),
        ("Q1-Q3 2024", "2024-01-01 2024-09-30"),
        ("2022-2024", "2022-01-01 2024-12-31"),
        ("Monday through Friday last week", "2025-06-09 2025-06-13"),
        ("from the 1st to the 15th of last month", "2025-05-01 2025-05-15"),
        ("2025-06-01..2025-06-15", "2025-06-01 2025-06-15"),
        ("Nov 18-Dec 19, 2015", "2015-11-18 2015-12-19"),
        ("last 7 days including today", "2025-06-12 2025-06-18"),
        ("last 8 weeks (excluding the current week)", "2025-04-21 2025-06-15"),
    ],
)
def test_ranges(span, phrase, expected):
    assert span(f"spend {phrase}") == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("3 days ago", "2025-06-15 2025-06-15"),
        ("two months ago", "2025-04-01 2025-04-30"),
        ("3 Thursdays ago", "2025-05-29 2025-05-29"),
        ("three business days ago", "2025-06-13 2025-06-13"),
        ("2 weeks before May 13 1999", "1999-04-29 1999-04-29"),
        ("the 5 days before Christmas 2024", "2024-12-20 2024-12-24"),
        ("the day after Thanksgiving 2024", "2024-11-29 2024-11-29"),
        ("the Monday after July 4th 2024", "2024-07-08 2024-07-08"),
        ("2 weeks starting May 20th", "2025-05-20 2025-06-02"),
        ("1 year before Jan 1 2020", "2019-01-01 2019-01-01"),
        ("the first of last month", "2025-05-01 2025-05-01"),
        ("last week Sunday", "2025-06-15 2025-06-15"),
        ("next month", "2025-07-01 2025-07-31"),
        ("tomorrow", "2025-06-19 2025-06-19"),
    ],
)
def test_offsets(span, phrase, expected):
    assert span(f"spend {phrase}") == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Black Friday 2024", "2024-11-29 2024-11-29"),
        ("Cyber Monday 2023", "2023-11-27 2023-11-27"),
        ("Cyber Week 2024", "2024-11-28 2024-12-02"),
        ("Easter 2024", "2024-03-31 2024-03-31"),
        ("Good Friday 2017", "2017-04-14 2017-04-14"),
        ("Mother's Day", "2025-05-11 2025-05-11"),
        ("tax day 2012", "2012-04-17 2012-04-17"),
        ("tax day 2016", "2016-04-18 2016-04-18"),
        ("Prime Day 2024", "2024-07-16 2024-07-17"),
        ("Labor Day weekend 2024", "2024-08-31 2024-09-02"),
        ("last summer", "2024-06-01 2024-08-31"),
        ("winter 2023", "2023-12-01 2024-02-29"),
        ("winter 2023/24", "2023-12-01 2024-02-29"),
    ],
)
def test_holidays_and_seasons(span, phrase, expected):
    assert span(f"spend {phrase}") == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("twenty five January nineteen eighty six", "1986-01-25 1986-01-25"),
        ("October two thousand and eighteen", "2018-10-01 2018-10-31"),
        ("May thirty first", "2025-05-31 2025-05-31"),
        ("Dec31 , 1994", "1994-12-31 1994-12-31"),
        ("Sun., March 6, 2016", "2016-03-06 2016-03-06"),
        ("Thursday the 12th", "2025-06-12 2025-06-12"),
        ("20250105", "2025-01-05 2025-01-05"),
        ("05-Aug-16", "2016-08-05 2016-08-05"),
    ],
)
def test_spellings_of_a_date(span, phrase, expected):
    assert span(f"spend {phrase}") == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("gasto últimos 30 días", "2025-05-19 2025-06-17"),
        ("gasto ultimos 30 dias", "2025-05-19 2025-06-17"),
        ("gasto del mes pasado", "2025-05-01 2025-05-31"),
        ("gasto de la semana pasada", "2025-06-09 2025-06-15"),
        ("gasto entre el 1 y el 15 de mayo", "2025-05-01 2025-05-15"),
        ("gasto hace 3 días", "2025-06-15 2025-06-15"),
        ("dépenses 30 derniers jours", "2025-05-19 2025-06-17"),
        ("dépenses du mois dernier", "2025-05-01 2025-05-31"),
        ("dépenses du 1er au 15 mai", "2025-05-01 2025-05-15"),
        ("dépenses hier", "2025-06-17 2025-06-17"),
        ("Ausgaben letzte 30 Tage", "2025-05-19 2025-06-17"),
        ("Ausgaben im März", "2025-03-01 2025-03-31"),
        ("Ausgaben vom 1. bis 15. Mai", "2025-05-01 2025-05-15"),
        ("Ausgaben gestern", "2025-06-17 2025-06-17"),
        ("gasto últimos 7 dias", "2025-06-11 2025-06-17"),
        ("gasto do mês passado", "2025-05-01 2025-05-31"),
        ("gasto de janeiro a março de 2025", "2025-01-01 2025-03-31"),
        ("gasto ontem", "2025-06-17 2025-06-17"),
    ],
)
def test_spanish_french_german_portuguese(span, question, expected):
    assert span(question) == expected


@pytest.mark.parametrize(
    ("typo", "expected"),
    [
        ("Febuary", "2025-02-01 2025-02-28"),
        ("septmber 2024", "2024-09-01 2024-09-30"),
        ("Aprill", "2025-04-01 2025-04-30"),
        ("last wendesday", "2025-06-11 2025-06-11"),
        ("Decmber 2024", "2024-12-01 2024-12-31"),
    ],
)
def test_typos_in_months_and_weekdays(span, typo, expected):
    assert span(f"spend {typo}") == expected


@pytest.mark.parametrize(
    ("phrase", "part"),
    [
        ("from 2025-06-10 to 2025-06-05", "ends before it starts"),
        ("June 30 to June 1", "ends before it starts"),
        ("last few weeks", "How many is"),
        ("last 24 hours", "by day"),
        ("Monday, June 17 2025", "was a Tuesday"),
        ("week 53 2025", "has no week 53"),
        ("Friday, Nov 14", "was a Thursday"),
        ("since next month", "still ahead"),
        ("Prime Day 2031", "no such day"),
        ("from May", "say 'in …' or 'since …'"),
    ],
)
def test_impossible_or_undecidable_phrases_say_why(read, phrase, part):
    mention = read(f"spend {phrase}")
    assert mention.period is None
    assert part in mention.problem
