"""Golden cases in tests/cases/dates.tsv: anyone who knows a language can add one."""

import csv
import json
import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.dates import date_spans, find_dates
from geomap.incident import When
from geomap.languages import available, load

CASES = Path(__file__).resolve().parents[1] / "cases" / "dates.tsv"
EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "bench" / "incidents" / "examples.json"
ANY_DAY = date(2023, 12, 8)


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def written(when: When) -> str:
    start, end = (day.isoformat() if day else "" for day in (when.start, when.end))
    assert when.precision is not None
    assert when.basis is not None
    days = start if start == end else f"{start}..{end}"
    return f"{days} {when.precision.value} {when.basis.value}"


def brackets(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the brackets out of a case's text; give what they held as spans."""
    spans, plain = [], ""
    for part in re.split(r"(\[\[.*?\]\])", text):
        inner = part.removeprefix("[[").removesuffix("]]")
        if inner != part:
            spans.append((len(plain), len(plain) + len(inner)))
        plain += inner
    return plain, spans


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['language']}-{case['category']}-{case['text'][:40]}")
def test_golden_case(case: dict[str, str]) -> None:
    text, spans = brackets(case["text"])
    published = None if case["published"] == "-" else date.fromisoformat(case["published"])
    found = find_dates(text, load(case["language"]), published)
    expected = [] if case["expected"] == "-" else case["expected"].split(" ; ")
    assert [(text[slice(*when.span)], written(when)) for when in found if when.span] == [
        (text[start:end], days) for (start, end), days in zip(spans, expected, strict=True)
    ]
    assert [when.span for when in found] == spans


def test_there_are_cases_enough_in_each_language() -> None:
    languages = [case["language"] for case in cases()]
    assert all(languages.count(language) >= 60 for language in ("ar", "en"))


def test_spans_are_found_without_a_date_of_publication() -> None:
    text = "He died three days ago, on Tuesday."
    assert [text[slice(*span)] for span in date_spans(text, load("en"))] == ["three days ago", "Tuesday"]
    assert find_dates(text, load("en"), None) == ()


def test_a_range_in_a_name_is_masked_but_gives_no_date() -> None:
    text = "شارع 14 رمضان"
    assert [text[slice(*span)] for span in date_spans(text, load("ar"))] == ["14 رمضان"]


@given(
    text=st.text() | st.lists(st.sampled_from([
        "on", "May", "5", "28", "2015", "-", "/", "28/11/2023", "the", "last", "Tuesday", "of",
        "three", "days", "ago",
        "since", "between", "and", "to", "to", "this", "year", "same", "day", "later", "13",
        "29", "February", "31", "June", "next", "summer", "Ramadan", "1445", "\n", "late",
    ])).map(" ".join) | st.lists(st.sampled_from([
        "في", "يوم", "أمس", "الثلاثاء", "قبل", "ثلاثة", "أيام", "من", "إلى", "و", "3", "وفي",
        "العام", "نفسه", "الماضي", "تشرين",
        "الثاني", "/", "نوفمبر", "(", ")", "رمضان", "1445", "2015", "منذ", "بين", "عامي", "بعدها",
        "بيومين", "ليلة", "هـ",
    ])).map(" ".join),
    language=st.sampled_from(["ar", "en"]),
    published=st.none() | st.dates(),
)  # fmt: skip
@settings(deadline=None, max_examples=300)
def test_any_text_gives_ordered_disjoint_spans(text: str, language: str, published: date | None) -> None:
    end = 0
    for when in find_dates(text, load(language), published):
        assert when.span is not None
        assert end <= when.span[0] < when.span[1] <= len(text)
        assert text[when.span[0]].strip()
        end = when.span[1]
        assert when.start is not None or when.end is not None
        assert when.start is None or when.end is None or when.start <= when.end


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    "unit", ["7", "يوم ", "1/", "1-", "5 ", "الثلاثاء ", "since ", "May 1-", "و", "\n", " ", "قبل ثلاثة "]
)
def test_time_is_linear_in_the_text(language: str, unit: str) -> None:
    """Ten times the text takes about ten times as long; quadratic time would be a hundred."""

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        started = time.process_time()
        find_dates(text, load(language), ANY_DAY)
        return time.process_time() - started

    seconds(1_000)
    small = min(seconds(6_000) for _ in range(3))
    assert seconds(60_000) < 40 * max(small, 0.005)


@pytest.mark.parametrize("unit", ["7", "يوم ", "1/1/"])
def test_a_megabyte_of_nothing_ends_soon(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    started = time.process_time()
    assert find_dates(text, load("ar"), ANY_DAY) == ()
    assert time.process_time() - started < 30


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the annotated examples are not beside the repository")
def test_every_date_of_the_annotated_examples_is_found() -> None:
    for article in json.loads(EXAMPLES.read_text(encoding="utf-8")):
        if article["lang"] not in available():
            continue
        published = date.fromisoformat(article["published"])
        days = find_dates(article["text"], load(article["lang"]), published)
        for incident in article["incidents"]:
            start, end = (date.fromisoformat(incident[key]) for key in ("date_start", "date_end"))
            assert any(d.start and d.end and d.start <= end and d.end >= start for d in days), incident["name"]
