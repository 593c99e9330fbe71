"""Tables of columns for the data block: one list a field, each text written once.

A hundred thousand incidents as objects are a hundred thousand times the names of their fields; as columns they are a
third of the bytes and are read in a tenth of the time. A text is a number into one list of texts (0: none); a number
that is not known is -1; a column that holds nothing is left out.
"""

import re
from typing import Any

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")

UNKNOWN = -1
"""A whole number that the text does not say; all that we count are zero or more."""


def clean(text: str) -> str:
    r"""Replace what can't be written to a file as UTF-8 or is cut off by readers; offsets stay the same.

    Examples
    --------
    >>> clean("a\x00b\ud800c")
    'a�b�c'
    """
    if "\x00" not in text:
        try:
            text.encode()  # ten times as quick as the pattern, and nearly every text passes
        except UnicodeEncodeError:
            pass
        else:
            return text
    return _UNWRITABLE.sub("\ufffd", text)


class Texts:
    """The texts of a page, each once.

    Examples
    --------
    >>> texts = Texts()
    >>> texts.number("a"), texts.number(None), texts.number("b"), texts.number("a"), texts.all
    (1, 0, 2, 1, ['', 'a', 'b'])
    """

    def __init__(self) -> None:
        self._numbers: dict[str | None, int] = {None: 0, "": 0}
        self.all: list[str] = [""]

    def number(self, text: str | None) -> int:
        """Give a text's number; 0 for none and for the empty text, which says as little."""
        try:
            return self._numbers[text]
        except KeyError:
            number = self._numbers[text] = len(self.all)
            self.all.append(clean(text or ""))
            return number


class Table:
    """Columns of equal length, each with the value that stands for nothing.

    Examples
    --------
    >>> table = Table(killed=-1, title=0)
    >>> for row in ((-1, 3), (-1, 4)):
    ...     table.add(*row)
    >>> table.columns(), len(table)
    ({'title': [3, 4]}, 2)
    """

    def __init__(self, **nothing: Any) -> None:
        self._nothing = nothing
        self._rows: list[tuple[Any, ...]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, *row: Any) -> None:
        """Add a row: one value a column, in the order of the names."""
        self._rows.append(row)

    def columns(self) -> dict[str, list[Any]]:
        """Give the columns by name, but those that hold nothing."""
        found = zip(self._nothing.items(), zip(*self._rows, strict=True), strict=False)
        return {name: list(column) for (name, nothing), column in found if column.count(nothing) < len(column)}


def has_astral(text: str) -> bool:
    r"""Whether a text has characters that take two UTF-16 units.

    Examples
    --------
    >>> has_astral("🚀 up"), has_astral("صعد"), has_astral("\ud800")
    (True, False, False)
    """
    return not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)


def utf16(text: str, offset: int) -> int:
    """Turn an offset in code points into one in UTF-16 units, as the page's script counts.

    Examples
    --------
    >>> utf16("🚀 up", 2), utf16("plain", 2)
    (3, 2)
    """
    return offset + sum(c > "\uffff" for c in text[:offset])
