"""CSV and TSV → entries. Columns by their headers, in any order; `COLUMNS` is the documentation of the names."""

import csv
import io
import re
from collections.abc import Iterator

from gazetteer.errors import SourceError
from gazetteer.layers.problem import Problems, RowError
from gazetteer.layers.row import Entry
from gazetteer.place import LngLat

COLUMNS = {
    "name": "name title toponym place placename place_name label asciiname اسم الاسم",
    "lat": "lat latitude y lat_dd ycoord northing_deg خط_العرض",
    "lon": "lon lng long longitude x lon_dd xcoord خط_الطول",
    "kind": "kind type feature feature_code featurecode fcode category class النوع",
    "country": "country country_code countrycode iso iso2 cc ccode الدولة البلد",
    "names": "alternate_names alternatenames alt_names altnames aliases alias names variants other_names",
    "radius_m": "radius_m radius uncertainty_m accuracy_m",
    "id": "id place_id geonameid uri url identifier",
    "language": "language lang name_language",
    "population": "population pop",
}
"""Column → headers taken for it; capitals and spaces make no difference. Besides: ``name:ar``, ``name_ar``."""
_BY_HEADER = {header: column for column, headers in COLUMNS.items() for header in headers.split()}
_LANGUAGE_HEADER = re.compile(r"(?:name|names|alt_names?)[:_@]([a-z]{2,3})")
_DELIMITERS = (",", ";", "\t", "|")
_DECIMAL_COMMA = re.compile(r"-?\d{1,3},\d+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def entries(text: str, problems: Problems) -> Iterator[tuple[str, Entry]]:
    r"""Give the entries of a CSV text with the lines they stand on; what is wrong is noted and left out.

    Parameters
    ----------
    text
        The file, decoded.
    problems
        Where bad rows are noted.

    Raises
    ------
    SourceError
        The header has no columns for name, lat and lon.

    Examples
    --------
    >>> problems = Problems("x.csv")
    >>> [(line, entry.names[0][0]) for line, entry in entries("Name;Lat;Lng\nXan;33,5;44\nBad;;\n", problems)]
    [('line 2', 'Xan')]
    >>> print(problems.told[0])
    x.csv, line 3: lon is empty; fill it with degrees such as 33.31
    """
    delimiter = max(_DELIMITERS, key=text[: text.find("\n") % 10_000].count)
    reader = csv.reader(io.StringIO(text.replace("\0", "\ufffd"), newline=""), delimiter=delimiter)
    columns, localised = _header(next(reader, []), problems.file)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.add(f"line {line}", f"{error}; close the quotation marks, and keep cells below 100,000 letters")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        row = {column: cells[i].strip() for column, i in columns.items() if i < len(cells)}
        names = [(cells[i], language) for i, language in localised if i < len(cells)]
        try:
            yield f"line {line}", _entry(row, names, decimal_comma=delimiter != ",")
        except RowError as error:
            problems.add(f"line {line}", error)


def _header(cells: list[str], file: str) -> tuple[dict[str, int], list[tuple[int, str]]]:
    columns: dict[str, int] = {}
    localised = []
    for i, cell in enumerate(cells):
        header = cell.strip().lower().replace(" ", "_").replace("-", "_")
        language = _LANGUAGE_HEADER.fullmatch(header)
        if header in _BY_HEADER:
            columns.setdefault(_BY_HEADER[header], i)
        elif language:
            localised.append((i, language[1]))
    missing = [column for column in ("lat", "lon") if column not in columns]
    if "name" not in columns and not localised:
        missing.insert(0, "name")
    if missing:
        raise SourceError(
            f"{file}, line 1: no column {' or '.join(missing)}; its first line must name the columns: name, lat, lon, "
            "and where you have them kind, country, alternate_names, radius_m, id, language, population, name:ar"
        )
    return columns, localised


def _entry(row: dict[str, str], localised: list[tuple[str, str]], *, decimal_comma: bool) -> Entry:
    language = row.get("language", "").lower()
    if language and not _LANGUAGE.fullmatch(language):
        raise RowError(f"language {language[:40]!r} is no code; write one such as ar")
    names = [(row.get("name", ""), language), *localised]
    names += [(name, "") for name in split_names(row.get("names", ""))]
    return Entry(
        names=tuple(names),
        point=LngLat(_degrees(row, "lon", decimal_comma), _degrees(row, "lat", decimal_comma)),
        kind=row.get("kind", ""),
        country=row.get("country", "") or None,
        id=row.get("id", ""),
        population=int(_number(row, "population", decimal_comma) or 0),
        radius_m=_number(row, "radius_m", decimal_comma),
    )


def split_names(cell: str) -> list[str]:
    """Split a cell of several names at ; or |, else at commas.

    Examples
    --------
    >>> split_names("Bagdad; بغداد"), split_names("Bagdad,بغداد")
    (['Bagdad', ' بغداد'], ['Bagdad', 'بغداد'])
    """
    parts = re.split(r"[;|؛]", cell)
    return parts if len(parts) > 1 else re.split(r"[,،]", cell)


def _degrees(row: dict[str, str], column: str, decimal_comma: bool) -> float:  # noqa: FBT001 - passed on
    if not row.get(column):
        raise RowError(f"{column} is empty; fill it with degrees such as 33.31")
    number = _number(row, column, decimal_comma)
    assert number is not None  # noqa: S101 - not empty, so read or refused
    return number


def _number(row: dict[str, str], column: str, decimal_comma: bool) -> float | None:  # noqa: FBT001 - passed on
    cell = row.get(column, "")
    if not cell:
        return None
    plain = cell.replace("٫", ".").replace("−", "-")
    if decimal_comma and _DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        cure = "write degrees with a point, such as 33.31" if column in ("lat", "lon") else "write a plain number"
        raise RowError(f"{column} {cell[:40]!r} is no number; {cure}") from None
    if number - number != 0:
        raise RowError(f"{column} {cell[:40]!r} is no finite number; write a plain number or leave the row out")
    return number
