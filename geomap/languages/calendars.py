"""Months and days of three calendars as Gregorian dates.

The Islamic calendar is the Umm al-Qura one of the package hijridate (1343-1500 AH). The Iranian (solar Hijri) one is
computed: its leap years follow a cycle of 33 years, exact from 1244 to 1472.
"""

from calendar import monthrange
from datetime import date, timedelta

_DAY = timedelta(days=1)
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_LATE = 2
_SEASONS = (3, 6, 9, 12)
# 1 Farvardin 1244, the first year of a cycle's count; leap years by their remainder in the cycle.
_SOLAR_FIRST, _SOLAR_LAST = 1244, 1472
_SOLAR_START = date(1865, 3, 21)
_SOLAR_CYCLE = 33
_SOLAR_LEAP = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_SOLAR_LONG_MONTHS = 6


def first_to_last(year: int, month: int) -> tuple[date, date]:
    """Give the first and the last day of a Gregorian month.

    Examples
    --------
    >>> first_to_last(2024, 2)[1]
    datetime.date(2024, 2, 29)
    """
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def month_shifted(day: date, months: int) -> tuple[int, int]:
    """Give the year and the month that lies so many months after a day's own.

    Examples
    --------
    >>> month_shifted(date(2024, 1, 31), -2)
    (2023, 11)
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return years, month + 1


def days_of(calendar: str, year: int, month: int, day: int | None) -> tuple[date, date]:
    """Give the Gregorian days of a month, or of one day of it, twice.

    Raises
    ------
    ValueError, OverflowError
        The calendar has no such day, or is not known for that year.

    Examples
    --------
    >>> days_of("hijri", 1445, 9, 15)[0]
    datetime.date(2024, 3, 25)
    >>> days_of("solar_hijri", 1403, 12, None)
    (datetime.date(2025, 2, 19), datetime.date(2025, 3, 20))
    """
    if calendar == "hijri":
        from hijridate import Hijri

        first = date(*Hijri(year, month, day or 1).to_gregorian().datetuple())
        last = first if day else first + (Hijri(year, month, 1).month_length() - 1) * _DAY
        return first, last
    if calendar == "solar_hijri":
        return _solar(year, month, day)
    if day:
        return date(year, month, day), date(year, month, day)
    return first_to_last(year, month)


def days_or_none(calendar: str, year: int, month: int, day: int | None) -> tuple[date, date] | None:
    """Give what `days_of` gives, or None where the calendar has no such day.

    Examples
    --------
    >>> days_or_none("gregorian", 2023, 2, 29)
    """
    try:
        return days_of(calendar, year, month, day)
    except (ValueError, OverflowError):
        return None


def day_or_none(calendar: str, year: int, month: int, day: int) -> date | None:
    """Give the Gregorian date of a day, or None where the calendar has no such day."""
    span = days_or_none(calendar, year, month, day)
    return span[0] if span else None


def checked_year(year: int, calendar: str) -> int:
    """Refuse a Gregorian year that news does not write of."""
    if calendar == "gregorian" and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"the year {year} is not between {_FIRST_YEAR} and {_LAST_YEAR}")
    return year


def third_of(start: date, end: date, third: int) -> tuple[date, date]:
    """Give the early (0), middle (1) or late (2) part of a month: days 1-10, 11-20, 21 to its end.

    Examples
    --------
    >>> third_of(date(2024, 2, 1), date(2024, 2, 29), 2)
    (datetime.date(2024, 2, 21), datetime.date(2024, 2, 29))
    """
    first = start + third * 10 * _DAY
    return first, (end if third == _LATE else first + 9 * _DAY)


def season_of(year: int, season: int) -> tuple[date, date]:
    """Give the three months of spring (0) to winter (3); the winter of a year begins in the December before.

    Examples
    --------
    >>> season_of(2024, 3)
    (datetime.date(2023, 12, 1), datetime.date(2024, 2, 29))
    """
    first = _SEASONS[season]
    start = date(year - (first == _SEASONS[-1]), first, 1)
    return start, first_to_last(*month_shifted(start, 2))[1]


def year_at(calendar: str, day: date) -> int:
    """Give the year of a calendar in which a Gregorian day lies.

    Examples
    --------
    >>> year_at("hijri", date(2024, 3, 25)), year_at("solar_hijri", date(2024, 3, 19))
    (1445, 1402)
    """
    if calendar == "hijri":
        from hijridate import Gregorian

        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    if calendar == "solar_hijri":
        year = day.year - 621
        return year if _solar_new_year(year) <= day else year - 1
    return day.year


def _solar_leap(year: int) -> bool:
    return year % _SOLAR_CYCLE in _SOLAR_LEAP


def _solar_new_year(year: int) -> date:
    if not _SOLAR_FIRST <= year <= _SOLAR_LAST:
        raise ValueError(f"the Iranian calendar is known from {_SOLAR_FIRST} to {_SOLAR_LAST}, not in {year}")
    leaps = sum(_solar_leap(passed) for passed in range(_SOLAR_FIRST, year))
    return _SOLAR_START + (365 * (year - _SOLAR_FIRST) + leaps) * _DAY


def _solar(year: int, month: int, day: int | None) -> tuple[date, date]:
    passed = sum(_solar_length(year, before) for before in range(1, month))
    length = _solar_length(year, month)
    if day is not None and not 1 <= day <= length:
        raise ValueError(f"month {month} of {year} has no day {day}")
    start = _solar_new_year(year) + (passed + (day or 1) - 1) * _DAY
    return start, start if day else start + (length - 1) * _DAY


def _solar_length(year: int, month: int) -> int:
    if month <= _SOLAR_LONG_MONTHS:
        return 31
    return 30 if month < 12 or _solar_leap(year) else 29  # noqa: PLR2004 - the last month
