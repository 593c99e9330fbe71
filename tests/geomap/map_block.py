"""The data block of a map read back in Python, as the page's script reads it, so that tests can say what is in it."""

from typing import Any

NOTHING = {
    "incidents": {
        "id": "", "title": 0, "lang": 0, "type": 0, "sub": 0, "start": None, "end": None, "date_precision": 0,
        "basis": 0, "place": -1, "mark": -1, "count_min": 1, "count_max": 1,
        "aggregate": 0, "killed_min": -1, "killed_max": -1,
        "injured_min": -1, "injured_max": -1, "actor": 0, "by": 0, "target": 0,
        "weapon": 0, "damage": 0, "status": 0,
        "confidence": -1, "place_confidence": -1, "sources": 1, "articles": [], "quotes": 1, "reports": 0, "spots": 1,
        "review": 0,
    },
    "quotes": {"excerpt": 0, "at": 0, "length": 0, "marks": [], "supports": 0, "prefix": 32, "suffix": 32},
    "reports": {"source": 0, "type": 0, "stance": 0, "article": -1, "quote": -1, "start": 0, "end": 0},
    "articles": {"id": 0, "title": 0, "url": 0, "published": None, "lang": 0},
    "excerpts": {"article": -1, "start": 0},
}  # fmt: skip


class Block:
    """A data block and its excerpts."""

    def __init__(self, data: dict[str, Any], texts: list[str]) -> None:
        self.data, self.texts = data, texts

    def rows(self, table: str) -> list[dict[str, Any]]:
        columns = self.data[table]
        size = max(map(len, columns.values()), default=0)
        return [
            {name: columns[name][n] if name in columns else nothing for name, nothing in NOTHING[table].items()}
            for n in range(size)
        ]

    def text(self, number: int) -> str | None:
        return self.data["strings"][number] or None

    def quotes(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Every quote with its marks: (words, what they show), cut as the script cuts."""
        found = []
        for row in self.rows("quotes"):
            exact = units(self.texts[row["excerpt"]], row["at"], row["length"])
            marks = row["marks"]
            triples = zip(marks[::3], marks[1::3], marks[2::3], strict=True)
            found.append((exact, [(units(exact, at, size), str(self.text(what))) for at, size, what in triples]))
        return found


def units(text: str, at: int, length: int) -> str:
    """A slice counted in UTF-16 units."""
    return text.encode("utf-16-le")[2 * at : 2 * (at + length)].decode("utf-16-le")


def line_of(letters: str) -> list[tuple[int, int]]:
    """Undo `gazetteer.lines.steps`, as the page's script does."""
    numbers, bits, shift = [], 0, 0
    for letter in letters:
        group = ord(letter) - 63
        bits |= (group & 31) << shift
        shift += 5
        if group < 32:
            numbers.append(~(bits >> 1) if bits & 1 else bits >> 1)
            bits = shift = 0
    x = y = 0
    line = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        line.append((x, y))
    return line
