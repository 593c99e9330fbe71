"""Every language file loads, and a wrong one says where it is wrong and what to write."""

import subprocess
import sys
import tomllib
from importlib.resources import files
from itertools import pairwise

import pytest

from geomap.dates import find_dates
from geomap.errors import LanguageError
from geomap.languages import available, load, read
from geomap.languages.calendars import days_of, year_at
from geomap.languages.dates import MONTHS, WEEKDAYS
from geomap.languages.table import Table
from geomap.quantities import find_numbers


def content(language: str) -> Table:
    file = f"{language}.toml"
    return Table(file, "", tomllib.loads((files("geomap.languages") / file).read_text(encoding="utf-8")))


MONTH = '[dates.months]\nmay = ["Mai"]\n'


@pytest.mark.parametrize("language", available())
def test_each_language_knows_all_months_and_days(language: str) -> None:
    assert load(language).code == language
    dates = content(language).table("dates")
    assert all(dates.table("months").words(month) for month in MONTHS["gregorian"])
    assert all(dates.table("weekdays").words(day) for day in WEEKDAYS)
    assert len(list(content(language).table("numbers").table("words").number_keys())) > 20


@pytest.mark.parametrize("language", available())
def test_each_language_reads_a_date_and_a_number(language: str) -> None:
    words = load(language)
    month = content(language).table("dates").table("months").words("november")[0]
    assert [when.start and when.start.isoformat() for when in find_dates(f"3 {month} 2021", words, None)] == [
        "2021-11-03"
    ]
    three = content(language).table("numbers").table("words").words("3")[0]
    assert [number.value.min for number in find_numbers(f"{three} x", words)] == [3]


def test_a_language_is_read_once() -> None:
    assert load("ar") is load("ar")


def test_a_new_language_needs_no_python() -> None:
    swahili = read(
        "sw",
        "sw.toml",
        """
        [dates.months]
        november = ["Novemba"]
        [dates.relative_days]
        yesterday = ["jana"]
        [dates.patterns]
        date = ["{day} {month} [{year}]", "{relative_day}"]
        [numbers.words]
        3 = ["watatu"]
        """,
    )
    assert [w.start and w.start.isoformat() for w in find_dates("tarehe 28 Novemba 2021", swahili, None)] == [
        "2021-11-28"
    ]
    assert [number.value.min for number in find_numbers("watu watatu", swahili)] == [3]


@pytest.mark.parametrize(
    ("text", "place", "cure"),
    [
        ("[dates.months]\nmay = 'Mai'", "[dates.months] may", 'may = ["one", "another"]'),
        ("[dates.months]\nmai = ['Mai']", "[dates.months] mai", "april, august"),
        ("dates = 3", "dates", "[dates]"),
        ("[dates]\ncapitalised = 'yes'", "[dates] capitalised", "capitalised = true"),
        ("[dates]\nweek_starts = 'mon'", "[dates] week_starts", "monday, tuesday"),
        ("[dates]\nnumeric_orders = ['dmy']", "[dates] numeric_orders", "day month year"),
        ("[dates]\nmonth = 1", "[dates] month", "remove it"),
        ("[dates.ordinals]\nfirst = ['ya kwanza']", "[dates.ordinals] first", '3 = ["three"]'),
        ("[dates.patterns]\ndate = ['{tag} {month}']", "[dates.patterns] date", "{tag} is not known"),
        (MONTH + "[dates.patterns]\ndate = ['[{month}']", "[dates.patterns] date", "is not closed"),
        (MONTH + "[dates.patterns]\ndate = ['[{month}]']", "[dates.patterns] date", "all of it may be missing"),
        (MONTH + "[dates.patterns]\ndate = ['x (in) {month}']", "[dates.patterns] date", "at the end only"),
        (MONTH + "[dates.patterns]\ndate = ['(as of) {month}']", "[dates.patterns] date", "is not one word"),
        ("[dates.patterns]\ndate = ['[a] [b] [c] [d] [e] f']", "[dates.patterns] date", "write two patterns"),
        ("[dates.joined]\nsince = ['since']", "[dates.joined] since", "has to hold {date} once"),
        ("[dates.joined]\nbetween = ['between {date}']", "[dates.joined] between", "{date} twice"),
        ("[numbers]\ndecimal_separators = ','", "[numbers] decimal_separators", "single signs"),
        ("[numbers]\nwords = ['one']", "[numbers] words", "[numbers.words]"),
        ("[numbers.patterns]\nrange = ['{nummer} to']", "[numbers.patterns] range", "known are number, pair"),
        ("[numbers.words]\n3 = ['...', '']", "[numbers.words] 3", '3 = ["one", "another"]'),
        ("[dates", "xx.toml", "square brackets"),
    ],
)
def test_a_wrong_file_says_where_and_what_to_write(text: str, place: str, cure: str) -> None:
    with pytest.raises(LanguageError) as raised:
        read("xx", "xx.toml", text)
    message = str(raised.value)
    assert message.startswith("xx.toml")
    assert place in message
    assert cure in message
    assert "\n" not in message


def test_an_unknown_language_names_those_that_there_are() -> None:
    with pytest.raises(LanguageError, match=r"ar, .*en"):
        load("../ar")


def test_every_file_is_of_a_language_code() -> None:
    assert all(len(code) == 2 and code.isalpha() for code in available())
    assert {f"{code}.toml" for code in available()} <= {entry.name for entry in files("geomap.languages").iterdir()}


def test_loading_imports_nothing_heavy() -> None:
    code = (
        "import sys; from geomap.languages import load; load('ar'); load('en');"
        "print([m for m in ('hijridate', 'shapely', 'folium', 'numpy', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("year", "new_year"),
    [(1300, "1921-03-21"), (1375, "1996-03-20"), (1395, "2016-03-20"), (1403, "2024-03-20"), (1404, "2025-03-21")],
)
def test_the_iranian_year_begins_with_spring(year: int, new_year: str) -> None:
    first, last = days_of("solar_hijri", year, 1, 1)
    assert first.isoformat() == new_year == last.isoformat()
    assert year_at("solar_hijri", first) == year
    assert days_of("solar_hijri", year - 1, 12, None)[1].toordinal() == first.toordinal() - 1


def test_months_of_the_islamic_calendar_follow_each_other() -> None:
    ends = [days_of("hijri", 1445, month, None) for month in range(1, 13)]
    assert all(b[0].toordinal() - a[1].toordinal() == 1 for a, b in pairwise(ends))
    assert year_at("hijri", ends[8][0]) == 1445


DATE = '[dates.patterns]\ndate = ["{day} [de] {month} [de] [{year}]"]\n'


@pytest.mark.parametrize(
    ("tables", "text", "expected"),
    [
        (
            '[dates]\nattached = ["ב", "ה"]\n[dates.months]\nnovember = ["נובמבר"]\n'
            + DATE
            + '[numbers]\nattached = ["ב"]',
            "הפיגוע ב-28 בנובמבר 2021 בחיפה",
            [("28 בנובמבר 2021", "2021-11-28")],
        ),
        (
            '[dates.months]\nnovember = ["Kasım"]\n' + DATE,
            "Saldırı 28 Kasım 2021'de oldu",
            [("28 Kasım 2021", "2021-11-28")],
        ),
        (
            '[dates.months_solar_hijri]\nordibehesht = ["اردیبهشت", "ثور"]\n' + DATE,
            "سیل در ۲۱ ثور ۱۴۰۳ رخ داد",
            [("۲۱ ثور ۱۴۰۳", "2024-05-10")],
        ),
        (
            '[dates.months]\nnovember = ["ноября", "ноябре"]\n' + DATE,
            "Взрыв прогремел 28 ноября 2021 года",
            [("28 ноября 2021", "2021-11-28")],
        ),
        (
            '[dates]\nordinal_endings = ["."]\n[dates.months]\nmarch = ["März"]\n' + DATE,
            "Am 3. MÄRZ 2021 brannte es",
            [("3. MÄRZ 2021", "2021-03-03")],
        ),
        (
            '[dates]\nordinal_endings = ["er"]\n[dates.months]\nmay = ["mai"]\n' + DATE,
            "Le 1er mai 2021, un incendie",
            [("1er mai 2021", "2021-05-01")],
        ),
        (
            '[dates.months]\nmarch = ["marzo"]\n' + DATE,
            "El 3 de marzo de 2021 ardió",
            [("3 de marzo de 2021", "2021-03-03")],
        ),
        ('[dates.patterns]\ndate = ["{numeric}"]\n', "от 28.11.2021 года", [("28.11.2021", "2021-11-28")]),
    ],
)
def test_the_tables_serve_other_languages_dates(tables: str, text: str, expected: list[tuple[str, str]]) -> None:
    found = find_dates(text, read("xx", "xx.toml", tables), None)
    assert [(text[slice(*w.span)], w.start.isoformat()) for w in found if w.span and w.start] == expected


SPANISH = """[numbers]
joiners = ["y"]
joiner_between_tens_and_units = true
[numbers.words]
5 = ["cinco"]
30 = ["treinta"]
100 = ["ciento"]
[numbers.multipliers]
1000 = ["mil"]
"""
HEBREW = """[numbers]
attached = ["ו", "ה", "ב"]
joiners = ["ו"]
joiner_needed = true
joiner_between_tens_and_units = true
[numbers.words]
5 = ["חמישה"]
30 = ["שלושים"]
"""
FRENCH = """[numbers]
joiners = ["et"]
joiner_between_tens_and_units = true
thousands_separators = [" ", "\u00a0", "\u202f"]
decimal_separators = [","]
[numbers.words]
2 = ["deux"]
20 = ["vingt"]
80 = ["quatre-vingts", "quatre-vingt"]
"""


@pytest.mark.parametrize(
    ("tables", "text", "expected"),
    [
        (SPANISH, "treinta y cinco heridos", [35]),
        (SPANISH, "ciento treinta y cinco mil heridos", [135_000]),
        (HEBREW, "שלושים וחמישה פצועים", [35]),
        (FRENCH, "quatre-vingt-deux blessés, 1\u202f200 morts, 3,5 km", [82, 1200]),
    ],
)
def test_the_tables_serve_other_languages_numbers(tables: str, text: str, expected: list[int]) -> None:
    found = find_numbers(text, read("xx", "xx.toml", tables))
    assert [number.value.min for number in found] == expected
