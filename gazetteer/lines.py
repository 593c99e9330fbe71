"""A line as letters: how a base map's lines are stored, and how a page reads them without anything in between.

Each number is a whole one in the last decimal, the step from the one before it; its sign is moved to its lowest bit,
and it is cut into groups of five bits, the lowest first; a group is a letter from ``?`` (0) on, 32 more where others
follow. (The encoding of Google's "encoded polylines", with longitude first.) It takes a third of the bytes of digits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.errors import DataDamagedError
from gazetteer.place import LngLat

_GROUP = 32
_FIRST = ord("?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a closed ring, as letters.

    Attributes
    ----------
    letters
        Its steps.
    decimals
        Of its positions in degrees: 3 are about 100 m.

    Examples
    --------
    >>> line = Line.of([LngLat(44.0, 33.0), LngLat(44.001, 33.0), LngLat(44.001, 33.0), LngLat(44.0, 33.002)])
    >>> line
    Line(letters='_}tAom_AA?@C', decimals=3)
    >>> line.positions[-1]
    LngLat(lng=44.0, lat=33.002)
    """

    letters: str
    decimals: int

    @classmethod
    def of(cls, positions: Iterable[LngLat], decimals: int = 3) -> "Line":
        """Write a line; what rounds to the position before it is left out."""
        return cls(steps(positions, decimals), decimals)

    @property
    def positions(self) -> tuple[LngLat, ...]:
        """Its positions, (lng, lat) in degrees.

        Raises
        ------
        DataDamagedError
            When the letters are not what `Line.of` wrote.
        """
        scale = 10**self.decimals
        numbers: list[int] = []
        number = shift = 0
        for letter in self.letters:
            group = ord(letter) - _FIRST
            number |= (group & 31) << shift
            if group >= _GROUP:
                shift += 5
                continue
            numbers.append(number >> 1 ^ -(number & 1))
            number = shift = 0
        if len(numbers) % 2 or shift:
            raise DataDamagedError("stored line is cut short; reinstall the package")
        found: list[LngLat] = []
        x = y = 0
        pairs = iter(numbers)
        for step in pairs:
            x += step
            y += next(pairs)
            found.append(LngLat(x / scale, y / scale))
        return tuple(found)


def steps(line: Iterable[LngLat], decimals: int) -> str:
    """Write a line as letters: the first position, then the steps; a step of nothing is left out.

    Examples
    --------
    >>> steps([LngLat(44.0, 33.0), LngLat(44.001, 33.0)], 3)
    '_}tAom_AA?'
    """
    scale = 10**decimals
    written: list[str] = []
    last_x = last_y = 0
    for lng, lat in line:
        x, y = round(lng * scale), round(lat * scale)
        if x == last_x and y == last_y and written:
            continue
        written.append(_letters(x - last_x))
        written.append(_letters(y - last_y))
        last_x, last_y = x, y
    return "".join(written)


@lru_cache(maxsize=100_000)  # steps are mostly small: a few thousand of them make all lines of a map
def _letters(step: int) -> str:
    rest = step << 1 if step >= 0 else ~(step << 1)
    written = ""
    while rest >= _GROUP:
        written += chr((rest & 31) + _FIRST + _GROUP)
        rest >>= 5
    return written + chr(rest + _FIRST)
