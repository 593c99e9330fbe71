"""Golden cases in tests/cases/quantities.tsv: anyone who knows a language can add one."""

import csv
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.dates import date_spans
from geomap.languages import load
from geomap.quantities import Number, find_numbers

CASES = Path(__file__).resolve().parents[1] / "cases" / "quantities.tsv"


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def written(number: Number) -> str:
    low, high = number.value.min, number.value.max
    value = str(low) if low == high else f"{low}..{'' if high is None else high}"
    flags = [flag for flag in ("at_least", "at_most", "approximate") if getattr(number, flag)]
    return " ".join((value, *flags))


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['language']}-{case['category']}-{case['text'][:40]}")
def test_golden_case(case: dict[str, str]) -> None:
    surfaces = re.findall(r"\[\[(.*?)\]\]", case["text"])
    text = case["text"].replace("[[", "").replace("]]", "")
    expected = [] if case["expected"] == "-" else case["expected"].split(" ; ")
    found = find_numbers(text, load(case["language"]))
    assert [(text[n.start : n.end], written(n)) for n in found] == list(zip(surfaces, expected, strict=True))


def test_there_are_cases_enough_in_each_language() -> None:
    languages = [case["language"] for case in cases()]
    assert all(languages.count(language) >= 40 for language in ("ar", "en"))


def test_several_is_two_or_more_without_an_upper_end() -> None:
    """Its writer saw more than one and did not count: two is the least that is true."""
    for language, text in (("en", "several shells"), ("ar", "عدة قذائف")):
        (number,) = find_numbers(text, load(language))
        assert (number.value.min, number.value.max) == (2, None)


def test_known_date_spans_save_a_second_reading() -> None:
    text = "Since 3 May 2019 the 14 wells near the 2 hills are dry."
    language = load("en")
    assert find_numbers(text, language, date_spans(text, language)) == find_numbers(text, language)
    assert [number.value.min for number in find_numbers(text, language, ())][:1] == [3]


@given(
    text=st.text() | st.lists(st.sampled_from([
        "at", "least", "30", "1,200", "two", "hundred", "and", "-", "five", "5-8", "to", "or",
        "dozens", "of", "thousand", ".",
        "million", "1.5", "%", "F", "no", "one", "between", "twenty", "a", "\n", "more", "than",
        "2015", "May", "1", "1,", "'",
    ])).map(" ".join) | st.lists(st.sampled_from([
        "ثلاثة", "وعشرون", "مئة", "ألف", "آلاف", "و", "3", "و8", "ما", "بين", "لا", "يقل", "عن",
        "على", "الأقل", "عشرات", "الآلاف",
        "من", "إلى", "الـ12", "مليون", "ومئتي", "أحد", "عشر", "في", "المئة", "نحو", "٣٠", "1٬200",
        "الساعة", "\u064b", "ـ",
    ])).map(" ".join) | st.text("0123456789.,-/: ٠١٢۳۴٬٫%و"),
    language=st.sampled_from(["ar", "en"]),
)  # fmt: skip
@settings(deadline=None, max_examples=300)
def test_any_text_gives_ordered_disjoint_numbers_outside_its_dates(text: str, language: str) -> None:
    words = load(language)
    dates = date_spans(text, words)
    end = 0
    for number in find_numbers(text, words, dates):
        assert end <= number.start < number.end <= len(text)
        end = number.end
        assert number.value.min is not None
        assert number.value.max is None or number.value.min <= number.value.max
        assert all(number.end <= start or stop <= number.start for start, stop in dates)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    "unit",
    ["7", "يوم ", "1/", "1-", "5 ", "1,111,", "ألف ", "وثلاثة ", "three hundred and ", "و", "\n", "من 5 إلى "],
)
def test_time_is_linear_in_the_text(language: str, unit: str) -> None:
    """Ten times the text takes about ten times as long; quadratic time would be a hundred."""

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        started = time.process_time()
        find_numbers(text, load(language))
        return time.process_time() - started

    seconds(1_000)
    small = min(seconds(6_000) for _ in range(3))
    assert seconds(60_000) < 40 * max(small, 0.005)


@pytest.mark.parametrize("unit", ["7", "يوم ", "1/1/"])
def test_a_megabyte_of_nothing_ends_soon(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    started = time.process_time()
    assert find_numbers(text, load("ar")) == ()
    assert time.process_time() - started < 30
