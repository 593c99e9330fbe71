"""Reading the hand-edited tables of the recipe, and writing its own."""

import lzma
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gazetteer.errors import SourceError
from gazetteer.format import LANGUAGES

SOURCES = Path(__file__).resolve().parents[2] / "sources"
DERIVED = SOURCES / "derived"
_DISPUTED_COLUMNS = ["area", "action", "value", "reason", "source"]
_SEA_COLUMNS = ["sea", "feature", "shape", *LANGUAGES, "note"]
"""Of seas.tsv and waters.tsv."""
_ACTIONS = {"country", "carve", "fill", "merge", "kind", "slug", "line", "iso", "geonames", "names", "code"}
_ACTIONS |= {f"name:{language}" for language in LANGUAGES}
_KINDS = {"admin1", "admin2", "region", "part"}
_WKT = re.compile(r"^(?:POLYGON \(\(|POINT \()-?[\d. ,-]+\)+$")


@dataclass(frozen=True, slots=True)
class Override:
    """A line of disputed.tsv."""

    area: str
    action: str
    value: str
    where: str
    """File and line, for messages."""


@dataclass(frozen=True, slots=True)
class NamedSea:
    """A line of seas.tsv; ``shape`` is WKT, a sum ``a+b``, or empty."""

    key: str
    feature: str
    shape: str
    names: tuple[tuple[str, tuple[str, ...]], ...]
    where: str


def read_overrides(path: Path) -> tuple[Override, ...]:
    """Read disputed.tsv.

    Raises
    ------
    SourceError
        An unknown action or kind, or a shape that is not as it should be.
    """
    overrides = []
    for where, (area, action, value, *_) in _rows(path, _DISPUTED_COLUMNS):
        if action not in _ACTIONS:
            raise SourceError(f"{where}: unknown action {action!r}; the head of the file lists them")
        if action == "kind" and value not in _KINDS:
            raise SourceError(f"{where}: unknown kind {value!r}; use one of {', '.join(sorted(_KINDS))}")
        wkt = value if action == "fill" else value.partition(" ")[2]
        if action in ("carve", "fill") and not _WKT.match(wkt):
            raise SourceError(f"{where}: {wkt[:40]!r} is no POLYGON ((lng lat, ...)) or POINT (lng lat)")
        if not value:
            raise SourceError(f"{where}: no value; use - for none")
        overrides.append(Override(area, action, value, where))
    return tuple(overrides)


def read_named_seas(path: Path) -> tuple[NamedSea, ...]:
    """Read seas.tsv."""
    seas = []
    for where, (key, feature, shape, *cells) in _rows(path, _SEA_COLUMNS):
        if shape.startswith("POLYGON") and not _WKT.match(shape):
            raise SourceError(f"{where}: {shape[:40]!r} is no POLYGON ((lng lat, ...))")
        names = tuple(
            (language, tuple(cell.split("|"))) for language, cell in zip(LANGUAGES, cells[:-1], strict=True) if cell
        )
        seas.append(NamedSea(key, feature, shape, names, where))
    return tuple(seas)


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    head_seen = False
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        cells += [""] * (len(columns) - len(cells))
        where = f"{path.name}:{number}"
        if not head_seen:
            if cells != list(columns):
                raise SourceError(f"{where}: the first row must be the columns {', '.join(columns)}")
            head_seen = True
            continue
        if len(cells) > len(columns):
            raise SourceError(f"{where}: {len(cells)} cells, {len(columns)} expected; look for a stray tab")
        yield where, cells


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write an xz-compressed TSV; the same rows give the same bytes."""
    lines = ["\t".join(columns)]
    for row in rows:
        clean = [" ".join(cell.split()) for cell in row]  # a tab or a line break in a name would break the table
        lines.append("\t".join(clean))
    text = "\n".join(lines) + "\n"
    path.write_bytes(lzma.compress(text.encode(), format=lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME))
