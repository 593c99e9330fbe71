"""A layer that is open: a file compiled for this process, or a folder that was compiled before."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from gazetteer.areas import Areas
from gazetteer.errors import SourceError
from gazetteer.format import MANIFEST
from gazetteer.index import NameIndex, read_manifest
from gazetteer.layers import csv_file, geonames_dump, json_file
from gazetteer.layers.compile import Standing, build_layer
from gazetteer.layers.countries import Countries, World
from gazetteer.layers.decode import MAX_BYTES, read_text
from gazetteer.layers.problem import Problems, RowError
from gazetteer.layers.row import Entry, LayerRow, checked
from gazetteer.store import PlaceStore

MOST_ROWS = 1_000_000
"""Rows of a file that is compiled at each start: that takes about a minute. More go through ``gazetteer build``."""
_NOT_IN_ID = re.compile(r"[^\w.-]+")


class Layer:
    """An open layer.

    Parameters
    ----------
    folder
        The built files.
    problems
        What was left out when it was compiled; empty for one that was compiled before.
    temporary
        The folder to delete when the layer is closed.
    """

    def __init__(
        self, folder: Path, problems: Problems, temporary: "tempfile.TemporaryDirectory[str] | None" = None
    ) -> None:
        told = read_manifest(folder).get("layer", {})
        self.label = str(told.get("label", folder.name))
        self.standing = Standing(told.get("standing", Standing.BESIDE))
        self.problems = problems
        self.names = NameIndex(folder)
        self.store = PlaceStore(folder)
        self.areas = Areas(self.store.connection)
        self._temporary = temporary

    def close(self) -> None:
        """Let go of the files, and delete them where they were made for this process."""
        self.names.close()
        self.store.close()
        if self._temporary:
            self._temporary.cleanup()


def open_layer(path: Path, world: World) -> Layer:
    """Open a layer: a folder made by ``gazetteer build``, or a file (CSV, GeoJSON, LPF, a GeoNames dump).

    Parameters
    ----------
    path
        The file or folder.
    world
        The gazetteer below: it knows the countries.

    Raises
    ------
    SourceError
        The file as a whole can't be used. Bad rows are no error: they are in `Layer.problems`.
    DataMissingError, DataVersionError, DataDamagedError
        The folder is none that this version can open.
    """
    if path.is_dir():
        return Layer(path, Problems(path.name))
    problems = Problems(path.name)
    temporary = tempfile.TemporaryDirectory(prefix="gazetteer-")
    try:
        compile_file(path, Path(temporary.name), world, problems, most=MOST_ROWS)
        return Layer(Path(temporary.name), problems, temporary)
    except BaseException:
        temporary.cleanup()
        raise


def compile_file(
    path: Path, folder: Path, world: World, problems: Problems, *, most: int | None = None
) -> dict[str, int]:
    """Compile a file into a folder; returns how many places of each kind and names it holds.

    Parameters
    ----------
    path
        CSV, GeoJSON, LPF or a GeoNames dump (.txt or .zip).
    folder
        Where to write.
    world
        The gazetteer that knows the countries.
    problems
        Where bad rows are noted.
    most
        The most rows; None for no limit.

    Raises
    ------
    SourceError
        The file as a whole can't be used, or none of its rows can.
    """
    dump = is_dump(path)
    if dump and most is not None and path.stat().st_size > MAX_BYTES:
        raise SourceError(f"{path.name}: too large to be compiled at each start; compile it once: gazetteer build "
                          f"{path.name} -o FOLDER, then --gazetteer FOLDER")  # fmt: skip
    rows = geonames_dump.rows(path, problems) if dump else _checked(path, world, problems)
    counts = build_layer(
        _limited(rows, path.name, most), folder, path.name, Standing.BESIDE if dump else Standing.ABOVE
    )
    if sum(counts.values()) == counts.get("names", 0) == 0:
        first = f"; the first: {problems.told[0]}" if problems.told else ""
        (folder / MANIFEST).unlink()
        raise SourceError(f"{path.name}: none of its rows can be used{first}")
    return counts


def is_dump(path: Path) -> bool:
    """Whether a file is a GeoNames dump, by its first line.

    Raises
    ------
    SourceError
        It can't be read.
    """
    if path.suffix.lower() == ".zip":
        return True
    if path.suffix.lower() not in (".txt", ".tsv", ".csv", ""):
        return False
    with geonames_dump.opened(path) as file:
        return any(geonames_dump.looks_like_dump(file.readline(100_000)) for _ in range(3))


def _limited(rows: Iterator[LayerRow], name: str, most: int | None) -> Iterator[LayerRow]:
    for number, row in enumerate(rows, 1):
        if most is not None and number > most:
            raise SourceError(
                f"{name}: more than {most:,} rows; compile it once: gazetteer build {name} -o FOLDER, then --gazetteer "
                "FOLDER"
            )
        yield row


def _checked(path: Path, world: World, problems: Problems) -> Iterator[LayerRow]:
    layer = _NOT_IN_ID.sub("-", path.stem)[:60].strip("-") or "own"
    countries = Countries(world)
    seen: set[str] = set()
    for where, entry in _entries(path, problems):
        try:
            row = checked(countries.settled(entry), layer, f"{path.name}, {where}")
        except RowError as error:
            problems.add(where, error)
            continue
        if row.row.id in seen:
            problems.add(where, f"id {row.row.id} stands on an earlier row too; give each place its own")
            continue
        seen.add(row.row.id)
        yield row


def _entries(path: Path, problems: Problems) -> Iterator[tuple[str, Entry]]:
    text = read_text(path)
    if path.suffix.lower() in (".json", ".geojson", ".jsonld", ".lpf", ".jsonl", ".ndjson", ".geojsonl"):
        return json_file.entries(text, problems)
    if text.lstrip()[:1] == "{":
        return json_file.entries(text, problems)
    return csv_file.entries(text, problems)
