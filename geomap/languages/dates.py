"""Date expressions of a language: its words for dates, and where a text has expressions made of them.

What an expression means on the calendar is `geomap.dates`'s work; here it is found and its parts are named.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from geomap.languages.figures import DateFigures, Figures
from geomap.languages.numbers import NumberWords
from geomap.languages.patterns import Filled, Grammar, Meaning, add_patterns
from geomap.languages.reading import Token, fold_token, pieces, token_at, word_before
from geomap.languages.table import Table

MEANINGS = ("date", "night_to", "range", "ago", "past", "earlier", "later", "not_dates")
"""The lists of patterns that a language may have; see the comments of ``en.toml``."""

MONTHS = {
    "gregorian": (
        "january", "february", "march", "april", "may", "june",
        "july", "august", "september", "october", "november", "december",
    ),
    "hijri": (
        "muharram", "safar", "rabi_1", "rabi_2", "jumada_1", "jumada_2",
        "rajab", "shaban", "ramadan", "shawwal", "dhu_al_qada", "dhu_al_hijja",
    ),
    "solar_hijri": (
        "farvardin", "ordibehesht", "khordad", "tir", "mordad", "shahrivar",
        "mehr", "aban", "azar", "dey", "bahman", "esfand",
    ),
}  # fmt: skip
"""The months of each calendar in order; the table of the first is ``[dates.months]``, of others ``months_hijri``."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = ("spring", "summer", "autumn", "winter")
ORDERS = ("day month year", "month day year")

# name in the file → (counted from the publication or from the previous date of the text, how many)
_WHICH = {"before_last": ("", -2), "last": ("", -1), "this": ("", 0), "next": ("", 1)}
_PERIODS = {
    "before_last": ("published", -2),
    "last": ("published", -1),
    "this": ("published", 0),
    "next": ("published", 1),
    "preceding": ("previous", -1),
    "same": ("previous", 0),
    "following": ("previous", 1),
}
_DAYS = {
    "day_before_yesterday": ("published", -2),
    "yesterday": ("published", -1),
    "today": ("published", 0),
    "tomorrow": ("published", 1),
    "day_after_tomorrow": ("published", 2),
    "last_night": ("night", -1),
    "preceding": ("previous", -1),
    "same": ("previous", 0),
    "following": ("previous", 1),
}
_UNITS = ("hour", "day", "week", "month", "year")


def _months(calendar: str) -> dict[str, tuple[str, int]]:
    return {name: (calendar, number) for number, name in enumerate(MONTHS[calendar], start=1)}


# table of the file, slot, name in the table → (kind, number)
_NAMED: tuple[tuple[str, str, dict[str, tuple[str, int]]], ...] = (
    ("months", "month", _months("gregorian")),
    ("months_hijri", "month", _months("hijri")),
    ("months_solar_hijri", "month", _months("solar_hijri")),
    ("weekdays", "weekday", {name: ("", number) for number, name in enumerate(WEEKDAYS)}),
    ("which", "which", _WHICH),
    ("relative_days", "relative_day", _DAYS),
    ("relative_weeks", "relative_week", _PERIODS),
    ("relative_months", "relative_month", _PERIODS),
    ("relative_years", "relative_year", _PERIODS),
    ("units", "unit", {name: (name, 1) for name in _UNITS} | {f"two_{name}": (name, 2) for name in _UNITS}),
    ("parts", "part", {name: ("", number) for number, name in enumerate(("early", "mid", "late"))}),
    ("seasons", "season", {name: ("", number) for number, name in enumerate(SEASONS)}),
)
_JOINS = ("since", "after", "before", "between", "same_day", "list")
_KEYS = (
    "attached", "ambiguous", "ordinal_endings", "year_endings", "future_cues", "names_before", "names_after",
    "capitalised", "numeric_orders", "numeric_calendar", "week_starts", "weekend", "weekend_words", "times_of_day",
    "ordinals", "decades", "patterns", "joined",
)  # fmt: skip
_LONGEST_GAP = 24


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression of a text.

    Attributes
    ----------
    start, end
        Its offsets.
    meaning
        One of `MEANINGS`, or how ``inner`` are joined: since, after, before, between, same_day.
    filled
        Its parts by name and in order.
    inner
        The expressions it joins.
    """

    start: int
    end: int
    meaning: str
    filled: tuple[Filled, ...]
    inner: tuple["Expression", ...] = ()

    def part(self, slot: str) -> Filled | None:
        """Give the first part of a name, or None."""
        return next((part for part in self.filled if part.slot == slot), None)


@dataclass(frozen=True, slots=True, eq=False)
class DateWords:
    """The table ``[dates]`` of a language.

    Attributes
    ----------
    grammar
        Its patterns with its words.
    figures
        Tells figures of dates from parts of names.
    between
        How two dates are joined: folded words between them → those that may stand before, the longest first.
    sided
        Last folded word before a date → (since, after or before; all words before it; those after it).
    same_day
        Folded words that may stand between two names of one day: "yesterday, Tuesday".
    lists
        Folded words that may stand between two dates of one year: "October and November 2022".
    numeric_orders
        How 3/4/2023 is read, the likeliest first.
    numeric_calendar
        Calendar of numeric dates with a year such as 1445.
    week_starts, weekend
        Days of the week, Monday is 0.
    capitalised
        Whether months and days of the week have to begin with a capital letter.
    future_cues
        Folded words that tell that what follows is to come.
    names_before, names_after
        Folded words that make a date beside them part of a name: "14 July Bridge".
    """

    grammar: Grammar
    figures: Figures
    between: dict[tuple[str, ...], tuple[tuple[str, ...], ...]]
    sided: dict[str, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]]
    same_day: frozenset[tuple[str, ...]]
    lists: frozenset[tuple[str, ...]]
    numeric_orders: tuple[str, ...]
    numeric_calendar: str
    week_starts: int
    weekend: tuple[int, int]
    capitalised: bool
    future_cues: frozenset[str]
    names_before: frozenset[str]
    names_after: frozenset[str]

    def find(self, text: str) -> list[Expression]:
        """Give every date expression of a text in order, ``not_dates`` among them; they do not overlap."""
        singles = [
            Expression(
                m.start, m.end, "not_dates" if self._in_name(text, m.start, m.end, m.filled) else m.meaning, m.filled
            )
            for m in self.grammar.find(text)
        ]
        return list(self._one_sided(text, self._pairs(text, self._same_days(text, singles))))

    def share_year(self, text: str, first: Expression, second: Expression) -> bool:
        """Tell whether two dates stand in a list of which only the second has a year."""
        if any(e.meaning not in {"date", "range"} or not e.part("month") for e in (first, second)):
            return False
        if first.part("year") or first.part("relative_year") or not second.part("year"):
            return False
        return _gap(text, first.end, second.start) in self.lists

    def _in_name(self, text: str, start: int, end: int, filled: tuple[Filled, ...]) -> bool:
        if self.figures.hangs_on_name(text, start):
            return True
        if not any(part.slot in {"month", "weekday", "year"} for part in filled):
            return False
        return self._name_word(text, start, before=True) or self._name_word(text, end, before=False)

    def _name_word(self, text: str, position: int, *, before: bool) -> bool:
        token = token_at(text, position)
        span = word_before(text, position) if before else token and (token[0], token[1])
        if not span or (self.capitalised and text[span[0]].islower()):
            return False
        wanted = self.names_before if before else self.names_after
        return any(form.folded in wanted for form in self.grammar.forms(text[span[0] : span[1]]))

    def _same_days(self, text: str, found: list[Expression]) -> Iterator[Expression]:
        """Put together what names one day twice: "Tuesday, 28 November", ``أمس الثلاثاء``."""
        held: Expression | None = None
        for expression in found:
            if held is not None:
                if joined := self._same_day(text, held, expression):
                    held = joined
                    continue
                yield held
            held = expression
        if held is not None:
            yield held

    def _same_day(self, text: str, first: Expression, second: Expression) -> Expression | None:
        kinds = _kind(first), _kind(second)
        if "" in kinds or kinds[0] == kinds[1]:
            return None
        gap = _gap(text, first.end, second.start)
        if gap is None or gap not in self.same_day:
            return None
        end = second.end
        if "(" in gap:
            if not text.startswith(")", end):
                return None
            end += 1
        return Expression(first.start, end, "same_day", (), (first, second))

    def _pairs(self, text: str, found: Iterator[Expression]) -> Iterator[Expression]:
        """Put together "between X and Y"."""
        held: Expression | None = None
        done = 0
        for expression in found:
            if held is not None:
                if joined := self._pair(text, held, expression, done):
                    yield joined
                    held, done = None, joined.end
                    continue
                yield held
                done = held.end
            held = expression
        if held is not None:
            yield held

    def _pair(self, text: str, first: Expression, second: Expression, done: int) -> Expression | None:
        if not (_joins(first) and _joins(second)):
            return None
        gap = _gap(text, first.end, second.start)
        for before in self.between.get(gap, ()) if gap is not None else ():
            start = self._led_by(text, first.start, before)
            if start is not None and start >= done:
                return Expression(start, second.end, "between", (), (first, second))
        return None

    def _one_sided(self, text: str, found: Iterator[Expression]) -> Iterator[Expression]:
        """Read "since X", "after X", "before X"."""
        done = 0
        for expression in found:
            sided = self._sided(text, expression, done) if _joins(expression) else expression
            done = sided.end
            yield sided

    def _sided(self, text: str, expression: Expression, done: int) -> Expression:
        for word in self.grammar.words_before(text, expression.start):
            for meaning, before, after in self.sided.get(word, ()):
                start = self._led_by(text, expression.start, before)
                end = _followed_by(text, expression.end, after)
                if start is not None and start >= done and end is not None:
                    return Expression(start, end, meaning, (), (expression,))
        return expression

    def _led_by(self, text: str, position: int, words: tuple[str, ...]) -> int | None:
        """Give where the words begin that stand right before a position; None when others stand there."""
        for index in range(len(words) - 1, -1, -1):
            span = word_before(text, position)
            if span is None:
                return None
            forms = self.grammar.forms(text[span[0] : span[1]])
            form = next((f for f in forms if f.folded == words[index] and span[0] + f.end == span[1]), None)
            if form is None or (form.start and index):
                return None
            position = span[0] + form.start
        return position

    @classmethod
    def from_table(cls, table: Table, numbers: NumberWords) -> "DateWords":
        """Build it from a language file's table; LanguageError says what is wrong there."""
        table.known(*_KEYS, *(key for key, _, _ in _NAMED))
        joined = table.table("joined").known(*_JOINS)
        weekend = table.several_of("weekend", WEEKDAYS, ("saturday", "sunday"))
        return cls(
            grammar=_grammar(table, numbers),
            figures=numbers.figures,
            between=_between(joined),
            sided=_sided(joined),
            lists=frozenset(pieces(words) for words in joined.words("list")),
            same_day=frozenset((*(pieces(words) for words in joined.words("same_day")), ())),
            numeric_orders=table.several_of("numeric_orders", ORDERS, ORDERS[:1]),
            numeric_calendar=table.one_of("numeric_calendar", tuple(MONTHS)),
            week_starts=WEEKDAYS.index(table.one_of("week_starts", WEEKDAYS)),
            weekend=(WEEKDAYS.index(weekend[0]), WEEKDAYS.index(weekend[-1])),
            capitalised=table.yes("capitalised"),
            future_cues=frozenset(fold_token(word) for word in table.words("future_cues")),
            names_before=frozenset(fold_token(word) for word in table.words("names_before")),
            names_after=frozenset(fold_token(word) for word in table.words("names_after")),
        )


def _grammar(table: Table, numbers: NumberWords) -> Grammar:
    """Put the words and patterns of a language's table together."""
    figures = DateFigures(numbers.figures, table.words("ordinal_endings"), table.words("year_endings"))

    def number(text: str, token: Token) -> Iterator[Filled]:
        return (found for found in numbers.read(text, token) if found.kind == "count")

    grammar = Grammar(
        attached=table.words("attached"),
        readers={"day": figures.day, "year": figures.year, "numeric": figures.numeric, "number": number},
        in_words=numbers.in_words,
        twins=frozenset({"month"}),
    )
    ambiguous = frozenset(table.words("ambiguous"))
    capitals = frozenset({"month", "weekday"} if table.yes("capitalised") else ())
    for slot, phrase, kind, value in _words(table):
        grammar.add_word(slot, phrase, Meaning(kind, value, ambiguous=phrase in ambiguous, capital=slot in capitals))
    add_patterns(grammar, table.table("patterns").known(*MEANINGS), MEANINGS)
    return grammar


def _words(table: Table) -> Iterator[tuple[str, str, str, int]]:
    """Go through all words of the table: slot, phrase, kind, number."""
    for key, slot, entries in _NAMED:
        inner = table.table(key).known(*entries)
        for name, (kind, value) in entries.items():
            for phrase in inner.words(name):
                yield slot, phrase, kind, value
    for key, slot in (("ordinals", "ordinal"), ("decades", "decade")):
        for value, phrases in table.table(key).number_keys():
            for phrase in phrases:
                yield slot, phrase, "", value
    for key, slot in (("times_of_day", "time"), ("weekend_words", "weekend")):
        for phrase in table.words(key):
            yield slot, phrase, "", 0


def _joins(expression: Expression) -> bool:
    return expression.meaning in {"date", "same_day"}


def _kind(expression: Expression) -> str:
    """Tell in which way a single day is named; empty when it is something else."""
    if expression.meaning == "same_day":
        return "both"
    if expression.meaning != "date":
        return ""
    slots = {part.slot for part in expression.filled}
    if "numeric" in slots:
        return "explicit"
    if slots & {"day", "ordinal"} and (month := expression.part("month")):
        return "explicit" if month.kind == "gregorian" else month.kind
    if slots <= {"weekday", "time", "which"} and "weekday" in slots:
        return "weekday"
    day = expression.part("relative_day")
    return "relative" if day and day.kind == "published" else ""


def _gap(text: str, start: int, end: int) -> tuple[str, ...] | None:
    """Give the folded words between two offsets; None when they are far apart or in two paragraphs."""
    if end - start > _LONGEST_GAP or text.count("\n", start, end) > 1:
        return None
    return pieces(text[start:end])


def _followed_by(text: str, position: int, words: tuple[str, ...]) -> int | None:
    for word in words:
        token = token_at(text, position)
        if token is None or fold_token(text[token[0] : token[1]]) != word:
            return None
        position = token[1]
    return position


def _between(table: Table) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for pattern in table.words("between"):
        parts = [pieces(part) for part in pattern.split("{date}")]
        if len(parts) != 3 or parts[2]:  # noqa: PLR2004 - before, between, after
            raise table.wrong("between", f"{pattern!r} has to hold {{date}} twice, and to end with it")
        found.setdefault(parts[1], []).append(parts[0])
    return {middle: tuple(sorted(before, key=lambda words: -len(words))) for middle, before in found.items()}


def _sided(table: Table) -> dict[str, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]]:
    found: dict[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]] = {}
    for meaning in ("since", "after", "before"):
        for pattern in table.words(meaning):
            parts = [pieces(part) for part in pattern.split("{date}")]
            if len(parts) != 2 or not parts[0]:  # noqa: PLR2004 - before, after
                raise table.wrong(meaning, f"{pattern!r} has to hold {{date}} once, with a word before it")
            found.setdefault(parts[0][-1], []).append((meaning, parts[0], parts[1]))
    return {word: tuple(sorted(joins, key=lambda join: -len(join[1]) - len(join[2]))) for word, joins in found.items()}
