"""Date expressions of a text → intervals on the calendar, each with the words that say it.

Nothing is guessed: without the date of publication a relative date gives nothing, and neither does "28 November".
Rules that need a reason:

no year
    The latest such day or month that does not lie after the publication; one within 31 days after it when a word such
    as "will" or "scheduled" stands near.
a day of the month without its month
    The latest one that does not lie after the publication: "no dia 12", "el martes 29".
a day of the week
    The latest one that does not lie after the publication, as news writes it; "last Tuesday" is never the day itself.
"the same year", "that night", "nine days before that"
    Counted from the date that the text named before.
"early", "mid-", "late"
    Of a month: days 1-10, 11-20, 21 to its end; of a year: its thirds.
"since", "after"
    From that date to the publication. "before": up to that date.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from geomap.incident import DateBasis, DatePrecision, When
from geomap.languages import Language
from geomap.languages.calendars import (
    checked_year,
    day_or_none,
    days_of,
    days_or_none,
    first_to_last,
    month_shifted,
    season_of,
    third_of,
    year_at,
)
from geomap.languages.dates import DateWords, Expression
from geomap.languages.patterns import Filled
from geomap.languages.reading import pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
# A plan's date lies this near: "will meet on 5 January", written in December.
_PLAN_DAYS = 31
# 29 February comes every eighth year at the rarest, in 1900; a lunar month comes every year.
_YEARS_BACK = 9
# The 31st is at most two months back.
_MONTHS_BACK = 3
# A day without its month is one of the last year; beside a day of the week it repeats within that time.
_MONTHS_BACK = 12
# A cue such as "will" counts within its sentence and this many characters.
_CUE_BEFORE = re.compile(r"[^.!?؟\n]*\Z")
_CUE_AFTER = re.compile(r"[^.!?؟\n]*")
_CUE_WINDOW = 100
_OLD_CALENDARS = 1700
_CENTURY = 100

_UNIT_PRECISION = {
    "hour": DatePrecision.DAY,
    "day": DatePrecision.DAY,
    "week": DatePrecision.WEEK,
    "month": DatePrecision.MONTH,
    "year": DatePrecision.YEAR,
}


def find_dates(text: str, language: Language, published: date | None) -> tuple[When, ...]:
    """Find the dates of a text, in order and without overlap.

    Parameters
    ----------
    text
        Any text.
    language
        Its language.
    published
        The date it is dated; None drops what can't be known without it.

    Examples
    --------
    >>> from geomap.languages import load
    >>> text = "A blast hit the market on Tuesday. Another was reported there in mid-November."
    >>> for when in find_dates(text, load("en"), date(2023, 12, 8)):
    ...     print(text[slice(*when.span)], when.start, when.end, when.precision)
    Tuesday 2023-12-05 2023-12-05 day
    mid-November 2023-11-11 2023-11-20 part_of_month
    """
    return resolve_dates(text, language, published, language.dates.find(text))


def resolve_dates(
    text: str, language: Language, published: date | None, expressions: Sequence[Expression]
) -> tuple[When, ...]:
    """Resolve the date expressions of a text that were found already; see `find_dates`."""
    resolver = _Resolver(text, language.dates, published)
    found = []
    for e, following in zip_longest(expressions, expressions[1:]):
        shared = following if following and language.dates.share_year(text, e, following) else None
        if when := resolver.resolve(e, shared):
            found.append(When(when.start, when.end, when.precision, when.basis, (e.start, e.end)))
    return tuple(found)


def date_spans(text: str, language: Language) -> tuple[tuple[int, int], ...]:
    """Give the spans of everything that looks like a date, whether or not it can be resolved.

    Examples
    --------
    >>> from geomap.languages import load
    >>> date_spans("He died three days ago.", load("en"))
    ((8, 22),)
    """
    return tuple((e.start, e.end) for e in language.dates.find(text))


class _Resolver:
    """Reads the expressions of one text in order, and remembers the date that was named last."""

    def __init__(self, text: str, words: DateWords, published: date | None) -> None:
        self._text = text
        self._words = words
        self._published = published
        self._previous: When | None = None
        self._previous_end = 0
        self._readings: dict[str, Callable[[Expression, date | None], When | None]] = {
            "date": self._date,
            "night_to": self._night_to,
            "range": self._range,
            "ago": self._ago,
            "past": self._past,
            "earlier": self._earlier,
            "later": self._later,
            "since": self._since,
            "after": self._since,
            "before": self._before,
            "between": self._between,
            "same_day": self._same_day,
        }

    def resolve(self, expression: Expression, shared: Expression | None) -> When | None:
        """Give the interval of an expression, or None when it can't be known.

        ``shared`` is the next one when it has a year and this has none: "October and November 2022".
        """
        later = self._try(shared, self._published) if shared else None
        when = self._try(expression, later.end if later else self._published)
        if when is not None and when.start is not None and when.precision is not DatePrecision.INTERVAL:
            self._previous, self._previous_end = when, expression.end
        return when

    def _try(self, expression: Expression, today: date | None) -> When | None:
        reading = self._readings.get(expression.meaning)
        if reading is None:
            return None
        try:
            return reading(expression, today)
        except (ValueError, OverflowError):  # 31 June, the year 0, before the calendar begins
            return None

    # -- single dates

    def _date(self, e: Expression, today: date | None) -> When | None:
        if numeric := e.part("numeric"):
            return self._numeric(numeric.kind, today)
        if e.part("month"):
            return self._named_month(e, today)
        day = e.part("day")
        if day and not (
            e.part("relative_month") or e.part("relative_week") or e.part("relative_year") or e.part("year")
        ):
            return self._day_of_month(day.number, today)
        if e.part("day") and not e.part("relative_month"):
            return self._bare_day(e, today)
        for slot, reading in (
            ("weekday", self._weekday),
            ("relative_day", self._relative_day),
            ("relative_week", self._relative_period),
            ("relative_month", self._relative_period),
            ("season", self._season),
            ("relative_year", self._relative_period),
            ("year", self._year),
            ("decade", self._decade),
            ("weekend", self._weekend),
        ):
            if e.part(slot):
                return reading(e, today)
        return None

    def _night_to(self, e: Expression, today: date | None) -> When | None:
        """Read the night that ends on a day: "in der Nacht zum Donnerstag", "в ночь на 7 июля"."""
        day = self._date(e, today)
        if day is None or day.start is None or day.precision is not DatePrecision.DAY:
            return None
        return When(day.start - _DAY, day.end, DatePrecision.DAYS, day.basis)

    def _day_of_month(self, number: int, today: date | None) -> When | None:
        """Read "no dia 12", "el martes 29": the latest such day that does not lie after the publication."""
        if today is None:
            return None
        first = today.replace(day=1)
        for _ in range(_MONTHS_BACK):
            day = day_or_none("gregorian", first.year, first.month, number)
            if day and day <= today:
                return When(day, day, DatePrecision.DAY, DateBasis.RELATIVE)
            first = (first - _DAY).replace(day=1)
        return None

    def _numeric(self, written: str, today: date | None) -> When | None:
        first, second, third = (int(part) for part in re.split(r"[-/.]", written))
        if first >= _CENTURY:
            orders = [(first, second, third)]
        else:
            year = third if third >= _CENTURY else 2000 + third
            both = {"day month year": (year, second, first), "month day year": (year, first, second)}
            orders = [both[order] for order in self._words.numeric_orders]
        calendar = self._words.numeric_calendar if orders[0][0] < _OLD_CALENDARS else "gregorian"
        days = [day for order in orders if (day := day_or_none(calendar, *order))]
        for day in days:
            if today is None or day <= today:
                return _explicit_day(day)
        return _explicit_day(days[0]) if days else None

    def _named_month(self, e: Expression, today: date | None) -> When | None:
        """Read a month, a part of it or a day of it."""
        month, day = e.part("month"), e.part("day") or e.part("ordinal")
        if month is None:
            return None
        number = day.number if day else None
        year = self._year_of(e, month.kind)
        if year is not None:
            start, end = days_of(month.kind, year, month.number, number)
        elif today is None or e.part("relative_year"):
            return None
        else:
            start, end = self._yearless(e, month, number, today)
        basis = DateBasis.EXPLICIT
        if day:
            return When(start, end, DatePrecision.DAY, basis)
        if part := e.part("part"):
            return When(*third_of(start, end, part.number), DatePrecision.PART_OF_MONTH, basis)
        return When(start, end, DatePrecision.MONTH, basis)

    def _year_of(self, e: Expression, calendar: str) -> int | None:
        """Give the year that an expression says or refers to."""
        if year := e.part("year"):
            return checked_year(year.number, calendar)
        relative = e.part("relative_year")
        base = self._base(relative.kind, self._published) if relative else None
        if relative is None or base is None:
            return None
        return year_at(calendar, base) + relative.number

    def _yearless(self, e: Expression, month: Filled, day: int | None, today: date) -> tuple[date, date]:
        """Choose the year of a month or day that is written without one."""
        calendar, said = month.kind, e.part("which")
        which = said.number if said else None
        now = year_at(calendar, today)
        spans = [
            span
            for year in range(now + 1, now - _YEARS_BACK, -1)
            if (span := days_or_none(calendar, year, month.number, day))
        ]
        if which is not None and which > 0:
            return _first(span for span in reversed(spans) if span[0] > today)
        if which == 0:
            return _first(span for span in spans if span[0].year == today.year)
        if same := self._same_as_previous(e, spans, day):
            return same
        past = [span for span in spans if span[0] <= today]
        if which is not None:  # "last November" is never this November, "28 November last" never today
            past = [span for span in past if span[1] < today][-1 - which :]
        coming = [span for span in spans if span[0] > today]
        if coming and which is None and (coming[-1][0] - today).days <= _PLAN_DAYS and self._to_come(e):
            return coming[-1]
        return _first(past)

    def _same_as_previous(
        self, e: Expression, spans: list[tuple[date, date]], day: int | None
    ) -> tuple[date, date] | None:
        """Take the year of "six days before that, on 13 March": the day that was named right before."""
        before = self._previous
        if before is None or before.start is None or day is None or before.basis is DateBasis.EXPLICIT:
            return None
        if e.start - self._previous_end > len(", which was on the "):
            return None
        same = next((s for s in spans if (s[0].month, s[0].day) == (before.start.month, before.start.day)), None)
        return (before.start, before.start) if same else None

    def _bare_day(self, e: Expression, today: date | None) -> When | None:
        """Read a day of the month without its month: no dia 15, quinta-feira (5), dimanche 3, el martes 29."""
        day, weekday = e.part("day"), e.part("weekday")
        if day is None or today is None:
            return None
        months = [month_shifted(today, -back) for back in range(-1, _MONTHS_BACK)]
        days = [
            found
            for year, month in months
            if (found := day_or_none("gregorian", year, month, day.number))
            and (weekday is None or found.weekday() == weekday.number)
        ]
        coming = [found for found in days if today < found <= today + _PLAN_DAYS * _DAY]
        if coming and self._to_come(e):
            return _relative_day(coming[-1])
        past = [found for found in days if found <= today]
        return _relative_day(past[0]) if past else None

    def _to_come(self, e: Expression) -> bool:
        before = _CUE_BEFORE.search(self._text[max(0, e.start - _CUE_WINDOW) : e.start])
        after = _CUE_AFTER.match(self._text, e.end, e.end + _CUE_WINDOW)
        near = (*pieces(before[0] if before else ""), *pieces(after[0] if after else ""))
        return not self._words.future_cues.isdisjoint(near)

    def _year(self, e: Expression, _today: date | None) -> When | None:
        year = e.part("year")
        if year is None:
            return None
        calendar = self._words.numeric_calendar
        if year.number < _OLD_CALENDARS and calendar != "gregorian" and not e.part("part"):  # سال ۱۴۰۱
            start, end = days_of(calendar, year.number, 1, None)[0], days_of(calendar, year.number, 12, None)[1]
            return When(start, end, DatePrecision.YEAR, DateBasis.EXPLICIT)
        return self._part_of_year(e, checked_year(year.number, "gregorian"), DateBasis.EXPLICIT)

    def _part_of_year(self, e: Expression, year: int, basis: DateBasis) -> When:
        start, end = date(year, 1, 1), date(year, 12, 31)
        part = e.part("part")
        if part is None:
            return When(start, end, DatePrecision.YEAR, basis)
        first = part.number * 4 + 1
        return When(date(year, first, 1), first_to_last(year, first + 3)[1], DatePrecision.INTERVAL, basis)

    def _decade(self, e: Expression, _today: date | None) -> When | None:
        decade = e.part("decade")
        if decade is None:
            return None
        return When(
            date(decade.number, 1, 1),
            date(decade.number + 9, 12, 31),
            DatePrecision.INTERVAL,
            DateBasis.EXPLICIT,
        )

    def _season(self, e: Expression, today: date | None) -> When | None:
        season, which = e.part("season"), e.part("which")
        year = self._year_of(e, "gregorian")
        if season is None or (year is None and (today is None or which is None)):
            return None
        if year is not None:
            return When(*season_of(year, season.number), DatePrecision.INTERVAL, DateBasis.EXPLICIT)
        if today is None or which is None:
            return None
        seasons = [season_of(y, season.number) for y in range(today.year + 2, today.year - 3, -1)]
        if which.number > 0:
            start, end = next(s for s in reversed(seasons) if s[0] > today)
        elif which.number == 0:
            start, end = next(s for s in seasons if s[0] <= today)
        else:
            start, end = [s for s in seasons if s[1] < today][-1 - which.number]
        return When(start, end, DatePrecision.INTERVAL, DateBasis.RELATIVE)

    def _weekday(self, e: Expression, today: date | None) -> When | None:
        weekday, which, week = e.part("weekday"), e.part("which"), e.part("relative_week")
        if weekday is None or today is None:
            return None
        if week is not None:
            base = self._base(week.kind, today)
            if base is None:
                return None
            monday = self._week_of(base + week.number * _WEEK)
            return _relative_day(monday + (weekday.number - monday.weekday()) % 7 * _DAY)
        latest = today - (today.weekday() - weekday.number) % 7 * _DAY
        if which is None or which.number == 0:
            return _relative_day(latest)
        if which.number > 0:
            return _relative_day(latest + _WEEK)
        before = latest if latest < today else latest - _WEEK
        return _relative_day(before + (which.number + 1) * _WEEK)

    def _relative_day(self, e: Expression, today: date | None) -> When | None:
        day = e.part("relative_day")
        if day is None:
            return None
        if day.kind == "night" and today:
            return When(today - _DAY, today, DatePrecision.DAYS, DateBasis.RELATIVE)
        if day.kind == "previous":
            before = self._previous
            days = {DatePrecision.DAY, DatePrecision.DAYS}
            if before is None or before.start is None or before.end is None or before.precision not in days:
                return None
            if day.number == 0:
                return When(before.start, before.end, before.precision, DateBasis.RELATIVE)
            return _relative_day((before.end if day.number > 0 else before.start) + day.number * _DAY)
        return _relative_day(today + day.number * _DAY) if today else None

    def _relative_period(self, e: Expression, today: date | None) -> When | None:
        """Read "last week", "mid last month", "the 5th of this month", "that year"."""
        period = e.part("relative_week") or e.part("relative_month") or e.part("relative_year")
        base = self._base(period.kind, today) if period else None
        if period is None or base is None:
            return None
        if period.slot == "relative_year":
            return self._part_of_year(e, base.year + period.number, DateBasis.RELATIVE)
        if period.slot == "relative_week":
            start = self._week_of(base + period.number * _WEEK)
            return When(start, start + 6 * _DAY, DatePrecision.WEEK, DateBasis.RELATIVE)
        year, month = month_shifted(base, period.number)
        if day := e.part("day") or e.part("ordinal"):
            return _relative_day(date(year, month, day.number))
        start, end = first_to_last(year, month)
        if part := e.part("part"):
            start, end = third_of(start, end, part.number)
            return When(start, end, DatePrecision.PART_OF_MONTH, DateBasis.RELATIVE)
        return When(start, end, DatePrecision.MONTH, DateBasis.RELATIVE)

    def _weekend(self, e: Expression, today: date | None) -> When | None:
        if today is None:
            return None
        first, last = self._words.weekend
        start = today - (today.weekday() - first) % 7 * _DAY
        length = (last - first) % 7 * _DAY
        which = e.part("which")
        if which and which.number < 0 and start + length >= today:
            start -= _WEEK
        elif which and which.number > 0:
            start += _WEEK
        return When(start, start + length, DatePrecision.DAYS, DateBasis.RELATIVE)

    # -- counted dates

    def _ago(self, e: Expression, today: date | None) -> When | None:
        return self._counted(e, today, -1)

    def _earlier(self, e: Expression, _today: date | None) -> When | None:
        return self._counted(e, self._base("previous", None), -1)

    def _later(self, e: Expression, _today: date | None) -> When | None:
        return self._counted(e, self._base("previous", None), 1)

    def _counted(self, e: Expression, base: date | None, sign: int) -> When | None:
        unit = e.part("unit")
        if base is None or unit is None:
            return None
        count = sign * _count(e)
        if unit.kind in {"hour", "day"}:
            return _relative_day(base + (count * _DAY if unit.kind == "day" else int(count / 24) * _DAY))
        if unit.kind == "week":
            start = self._week_of(base + count * _WEEK)
            end = start + 6 * _DAY
        elif unit.kind == "month":
            start, end = first_to_last(*month_shifted(base, count))
        else:
            start, end = date(base.year + count, 1, 1), date(base.year + count, 12, 31)
        return When(start, end, _UNIT_PRECISION[unit.kind], DateBasis.RELATIVE)

    def _past(self, e: Expression, today: date | None) -> When | None:
        unit = e.part("unit")
        if today is None or unit is None:
            return None
        count = _count(e)
        if unit.kind in {"hour", "day", "week"}:
            days = {"hour": -(-count // 24), "day": count, "week": 7 * count}[unit.kind]
            return When(today - days * _DAY, today, DatePrecision.DAYS, DateBasis.RELATIVE)
        year, month = month_shifted(today, -count * (12 if unit.kind == "year" else 1))
        start = date(year, month, min(today.day, first_to_last(year, month)[1].day))
        return When(start, today, DatePrecision.INTERVAL, DateBasis.RELATIVE)

    # -- two dates, one side of a date

    def _range(self, e: Expression, today: date | None) -> When | None:
        """Read two days of one month, two years, or two days of the week."""
        slot = "ordinal" if e.part("ordinal") else "day"
        days = [part.number for part in e.filled if part.slot == slot]
        years = [part.number for part in e.filled if part.slot == "year"]
        weekdays = [part.number for part in e.filled if part.slot == "weekday"]
        if len(days) == 2:  # noqa: PLR2004 - the two ends
            last = self._date(_without_first(e, slot), today)
            if last is None or last.end is None or days[0] >= days[1]:
                return None
            return When(last.end - (days[1] - days[0]) * _DAY, last.end, DatePrecision.DAYS, last.basis)
        if len(weekdays) == 2:  # noqa: PLR2004
            last = self._weekday(_without_first(e, "weekday"), today)
            if last is None or last.end is None:
                return None
            between = (weekdays[1] - weekdays[0]) % 7
            return When(last.end - between * _DAY, last.end, DatePrecision.DAYS, last.basis)
        first, final = (checked_year(year, "gregorian") for year in years)
        if first >= final:
            return None
        return When(date(first, 1, 1), date(final, 12, 31), DatePrecision.INTERVAL, DateBasis.EXPLICIT)

    def _between(self, e: Expression, today: date | None) -> When | None:
        last = self._try(e.inner[1], today)
        if last is None or last.end is None:
            return None
        # The first has no year of its own: "from 28 November to 3 December 2015".
        relative = e.inner[0].part("relative_day") or e.inner[0].part("which")
        first = self._try(e.inner[0], today if relative else last.end)
        if first is None or first.start is None or first.start > last.end:
            return None
        days = {DatePrecision.DAY, DatePrecision.DAYS}
        precise = first.precision in days and last.precision in days
        return When(first.start, last.end, DatePrecision.DAYS if precise else DatePrecision.INTERVAL, last.basis)

    def _since(self, e: Expression, today: date | None) -> When | None:
        when = self._try(e.inner[0], today)
        if when is None or (today and when.start and when.start > today):
            return None
        return When(when.start, today, DatePrecision.INTERVAL, when.basis)

    def _before(self, e: Expression, today: date | None) -> When | None:
        when = self._try(e.inner[0], today)
        return when and When(None, when.end, DatePrecision.INTERVAL, when.basis)

    def _same_day(self, e: Expression, today: date | None) -> When | None:
        """Read a day named twice: the explicit name counts, then the day of the week beside "yesterday"."""
        both = [self._try(inner, today) for inner in e.inner]
        found = [when for when in both if when and when.start]
        explicit = [when for when in found if when.basis is DateBasis.EXPLICIT]
        if explicit:
            return explicit[0]
        weekday = next((w for w, inner in zip(both, e.inner, strict=True) if inner.part("weekday")), None)
        return weekday or (found[0] if found else None)

    # -- what is counted from

    def _base(self, kind: str, today: date | None) -> date | None:
        if kind == "published":
            return today
        return self._previous.start if self._previous else None

    def _week_of(self, day: date) -> date:
        return day - (day.weekday() - self._words.week_starts) % 7 * _DAY


def _first(spans: "Iterable[tuple[date, date]]") -> tuple[date, date]:
    """Give the first of some spans; ValueError when there is none, which is no date."""
    for span in spans:
        return span
    raise ValueError("the calendar has no such day near the publication")


def _count(e: Expression) -> int:
    number, unit = e.part("number"), e.part("unit")
    return (number.number if number else 1) * (unit.number if unit else 1)


def _without_first(e: Expression, slot: str) -> Expression:
    first = e.part(slot)
    return Expression(e.start, e.end, "date", tuple(part for part in e.filled if part is not first))


def _relative_day(day: date) -> When:
    return When(day, day, DatePrecision.DAY, DateBasis.RELATIVE)


def _explicit_day(day: date) -> When:
    return When(day, day, DatePrecision.DAY, DateBasis.EXPLICIT)
