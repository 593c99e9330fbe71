"""The words beside a still map: title, legend, numbered list with quotes, whose data they are.

Text of articles is given to matplotlib as text: its formulas (``$...$``) are switched off, hidden characters are shown
as U+FFFD.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from gazetteer.place import Precision
from geomap.credits import credits_of, own_gazetteers
from geomap.incident import Incident, Status
from geomap.maps.columns import clean
from geomap.maps.interface import Interface
from geomap.maps.symbols import OTHER, symbols
from geomap.shapes import is_approximate

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LISTED = 24
"""Incidents in the list of a page; a longer list is for the interactive map."""
FONT = "DejaVu Sans"
INK, QUIET = "#1c1c1c", "#575757"
SEVERAL_AREA = "#6b6b6b"
_TITLE, _LINE = 38, 54
"""Characters of a title, and of smaller text, that fit the column."""
_NARROW = 1.2
"""So many times as many letters of Arabic and Hebrew fit, for they are narrower and short vowels are not written."""
_TITLE_STEP, _STEP, _GAP = 0.023, 0.0185, 0.012
"""Heights of a title, a line of smaller text and the space between incidents, as shares of the page."""
_ONE_COLUMN = 5
"""Kinds of events that stand under each other in the legend; more take two columns."""
_MOST_LINES = 4
"""Lines of a quote: a longer one ends with a mark of omission."""
_TOP, _BOTTOM = 0.905, 0.075
_WIDTH, _INWARD = 0.31, 0.028
"""Of the column, and of its numbers and signs."""
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")


def write(target: Any, x: float, y: float, text: str, **style: Any) -> Any:
    """Write a text: no formula, no hidden character; one that the font has not (an emoji) is U+FFFD too."""
    plain = "".join(c if _is_drawn(c) else "\ufffd" for c in _HIDDEN.sub("\ufffd", clean(text)))
    return target.text(x, y, plain, parse_math=False, **style)


@cache
def _is_drawn(character: str) -> bool:
    """Whether the picture's font, which matplotlib brings, has a character."""
    from matplotlib.font_manager import findfont, get_font

    return bool(get_font(findfont(FONT)).get_char_index(ord(character)))


def faded(colour: str) -> tuple[float, float, float, float]:
    """Give a colour as an area is filled with it.

    Examples
    --------
    >>> faded("#ff0000")
    (1.0, 0.0, 0.0, 0.25)
    """
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    return (red, green, blue, 0.25)


@dataclass(frozen=True, slots=True)
class _Entry:
    """How an incident of the list is written: heights as shares of the page, sizes in points."""

    title: float
    detail: float
    gap: float
    lines: int
    title_size: float
    detail_size: float

    @classmethod
    def for_height(cls, height: float) -> "_Entry":
        """Choose what fits: with quotes where there is room, closer and smaller on a full page."""
        roomy = cls(_TITLE_STEP, _STEP, _GAP, 0, 8.5, 6.5)
        rest = height - roomy.title - roomy.detail - roomy.gap
        if rest >= 0:
            return replace(roomy, lines=min(_MOST_LINES, int(rest / _STEP)))
        return cls(0.0122, 0.0122, max(0.0, height - 0.0244), 0, 7, 5.5)


class Caption:
    """The words of one picture.

    Parameters
    ----------
    figure
        What they are written on.
    words
        In which language.
    left
        Where the column begins, as a share of the page's width.
    """

    def __init__(self, figure: "Figure", words: Interface, left: float) -> None:
        self._figure, self._table = figure, json.loads(words.table)
        rtl = words.direction == "rtl"
        self._language = words.language
        self._start, self._end = (0.98, 0.02) if rtl else (0.02, 0.98)
        self._x, self._inward = (left + _WIDTH, -_INWARD) if rtl else (left, _INWARD)
        self._ha, self._other = ("right", "left") if rtl else ("left", "right")
        self._title_length, self._line = (round(n * (_NARROW if rtl else 1)) for n in (_TITLE, _LINE))

    def write(self, incidents: Sequence[Incident], numbers: dict[int, int], title: str) -> None:
        """Write everything; ``numbers`` are those of the marks that incidents have."""
        count = _noun(self._table, len(incidents))
        self._put(self._start, 0.955, _cut(title, 90), size=15, weight="bold", va="center")
        self._put(self._end, 0.955, count, size=10, colour=QUIET, va="center", ha=self._other)
        self._list(incidents, numbers, self._legend(incidents))
        own = [self._table["own_gazetteer"].replace("{names}", ", ".join(own_gazetteers(incidents)))]
        whose = [self._table["attribution"].removeprefix("Leaflet · "), *credits_of(incidents)]
        whose += own if own_gazetteers(incidents) else []
        self._put(self._start, 0.04, self._table["disclaimer"], size=6.5, colour=QUIET, va="center")
        self._put(self._start, 0.022, " · ".join(whose), size=6.5, colour=QUIET, va="center")

    def _put(  # noqa: PLR0913  # where, what, how it looks
        self, x: float, y: float, text: str, *, size: float, weight: str = "normal", colour: str = INK, va: str = "top",
        ha: str | None = None,
    ) -> None:  # fmt: skip
        style = {"ha": ha or self._ha, "va": va, "fontsize": size, "fontweight": weight, "color": colour}
        write(self._figure, x, y, text, **style)

    def _legend(self, incidents: Sequence[Incident]) -> float:
        """Draw the kinds that are there, with how many, and what else needs a word; gives where the list begins."""
        from matplotlib.lines import Line2D
        from matplotlib.patches import Rectangle
        from matplotlib.path import Path

        found: dict[str, int] = {}
        for incident in incidents:
            kind = incident.event_type if incident.event_type in symbols() else OTHER
            found[kind] = found.get(kind, 0) + 1
        kinds = [kind for kind in symbols() if kind in found]
        rows = len(kinds) if len(kinds) <= _ONE_COLUMN else (len(kinds) + 1) // 2
        for k, kind in enumerate(kinds):
            x = self._x + (self._inward / _INWARD) * (_WIDTH / 2) * (k // rows)
            y = _TOP - 0.022 * (k % rows)
            shape = Path([(px, -py) for px, py in [*symbols()[kind]["shape"], symbols()[kind]["shape"][0]]])
            sign = Line2D(
                [x + self._inward / 4], [y], marker=shape, markersize=7, color=symbols()[kind]["colour"],
                markeredgecolor=INK, markeredgewidth=0.7, transform=self._figure.transFigure, linestyle="none",
            )  # fmt: skip
            self._figure.add_artist(sign)
            self._put(x + self._inward, y, f"{self._table['event_type'][kind]} ({found[kind]})", size=7.5, va="center")
        y = _TOP - 0.022 * rows
        for key, style in _keys(incidents):
            corner = self._x if self._inward > 0 else self._x - 0.015
            look: dict[str, Any] = {"facecolor": faded(SEVERAL_AREA), "edgecolor": INK, "linewidth": 0.7} | style
            self._figure.add_artist(
                Rectangle((corner, y - 0.006), 0.015, 0.012, transform=self._figure.transFigure, **look)
            )
            for line in _wrapped(self._table[key], self._line, 2):
                self._put(self._x + self._inward, y, line, size=6.5, colour=QUIET, va="center")
                y -= _STEP
            y -= 0.004
        return y - 0.012

    def _list(self, incidents: Sequence[Incident], numbers: dict[int, int], y: float) -> None:
        order = sorted(range(len(incidents)), key=lambda n: (numbers.get(n, len(incidents) + 1), n))
        listed = order[:LISTED]
        height = (y - _BOTTOM) / max(1, len(listed) + (len(order) > LISTED))
        look = _Entry.for_height(height)
        inner = self._x + self._inward
        for n in listed:
            incident = incidents[n]
            mark = str(numbers[n]) if n in numbers else "–"
            self._put(self._x, y, mark, size=look.title_size, weight="bold")
            self._put(
                inner,
                y,
                _cut(self._title(incident), round(self._title_length * 8.5 / look.title_size)),
                size=look.title_size,
                weight="bold",
            )
            below = y - look.title
            details = " · ".join(part for part in self._details(incident) if part)
            self._put(
                inner,
                below,
                _cut(details, round(self._line * 6.5 / look.detail_size)),
                size=look.detail_size,
                colour=QUIET,
            )
            below -= look.detail
            quote = incident.evidence[0].quote.exact if incident.evidence else ""
            for line in _wrapped(quote, self._line, look.lines):
                self._put(inner, below, line, size=7)
                below -= _STEP
            y = below - look.gap
        if len(order) > LISTED:
            self._put(self._x, y, f"+ {len(order) - LISTED}", size=7.5, colour=QUIET)

    def _title(self, incident: Incident) -> str:
        """What happened, and where, in the reader's language; the article's own words are under it."""
        table, code = ("sub_type", incident.sub_type) if incident.sub_type else ("event_type", incident.event_type)
        kind = str(self._table[table].get(code, code))
        kind = kind[:1].upper() + kind[1:]
        if not incident.places:
            return kind
        place = incident.places[0]
        native = not incident.articles or incident.articles[0].language == self._language
        return f"{kind} – {place.as_written if native or not place.name else place.name}"

    def _details(self, incident: Incident) -> Iterator[str]:
        when, table = incident.when, self._table
        start, end = when.start, when.end
        if start and end and start != end:
            yield f"{start.isoformat()} – {end.isoformat()}"
        else:
            day = start or end
            yield day.isoformat() if day else table["no_date"]
        if incident.places:
            place = incident.places[0]
            kind = table["precision"][place.precision.value]
            rough = place.precision is not Precision.NEAR_SETTLEMENT and is_approximate(place)
            form = "{kind}" if not place.precision.is_area else table["approximate" if rough else "area_of"]
            yield form.replace("{kind}", kind)
        else:
            yield table["no_place"]
        yield table["status"][incident.status.value]
        if (incident.count.min, incident.count.max) != (1, 1):
            low, high = incident.count.min, incident.count.max
            known = sorted({number for number in (low, high) if number is not None})
            yield table["fields"]["count"] + ": " + ("≥ " if high is None else "") + "–".join(map(str, known))


def _keys(incidents: Iterable[Incident]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the words that the legend needs besides the kinds, and how their sign looks."""
    drawn = [incident for incident in incidents if incident.geometry is not None]
    rough = [any(is_approximate(place) for place in incident.places[:1]) for incident in drawn]
    if any(rough):
        yield "key_approximate", {"linestyle": (0, (3, 2))}
    if any(incident.status is Status.DISPUTED for incident in drawn):
        yield "key_disputed", {"hatch": "//////"}
    if any(incident.status is Status.DENIED for incident in drawn):
        yield "key_denied", {"facecolor": "none"}


def _noun(table: dict[str, Any], count: int) -> str:
    return str(table["incidents"]["one" if count == 1 else _form(table, count)].replace("{n}", str(count)))


_FEW, _MANY = range(3, 11), range(11, 100)


def _form(table: dict[str, Any], count: int) -> str:
    """The plural form of a number, for the languages that this package speaks (CLDR's rules for whole numbers)."""
    language = table["language"]
    if language == "ar":
        rest = count % 100
        form = "zero" if count == 0 else "two" if count == 2 else "few" if rest in _FEW else "other"  # noqa: PLR2004
        return "many" if rest in _MANY else form
    if language == "he":
        return "two" if count == 2 else "other"  # noqa: PLR2004
    if language in ("ru", "uk"):
        ten, hundred = count % 10, count % 100
        if ten == 1 and hundred != 11:  # noqa: PLR2004
            return "one"
        return "few" if ten in (2, 3, 4) and hundred not in (12, 13, 14) else "many"
    return "one" if language == "fr" and count == 0 else "other"


def _wrapped(text: str, length: int, lines: int) -> list[str]:
    """Break a text into lines of at most so many characters, at spaces; what is left over is marked as omitted."""
    found: list[str] = []
    line = ""
    words = text.split()
    for k, word in enumerate(words):
        if line and len(line) + 1 + len(word) > length:
            if len(found) + 1 >= lines:
                return [*found, _cut(" ".join((line, *words[k:])), length)][:lines]
            found.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*found, _cut(line, length)][:lines] if line else found[:lines]


def _cut(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
