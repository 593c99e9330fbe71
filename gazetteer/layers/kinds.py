"""What a file calls a place → the kinds of the gazetteer, and the GeoNames feature code."""

import re

from gazetteer.build.geonames import GONE
from gazetteer.layers.problem import RowError
from gazetteer.place import PlaceKind

RADIUS_M = {
    PlaceKind.COUNTRY: 418_000.0,
    PlaceKind.ADMIN1: 71_000.0,
    PlaceKind.ADMIN2: 51_000.0,
    PlaceKind.REGION: 120_000.0,
    PlaceKind.SETTLEMENT: 1500.0,
    PlaceKind.DISTRICT: 1500.0,
    PlaceKind.SITE: 2500.0,
    PlaceKind.WATER: 214_000.0,
}
"""Metres where the file gives neither radius nor polygon: the medians of the built-in gazetteer's entries."""

_WORDS = {
    PlaceKind.COUNTRY: "country state_country nation",
    PlaceKind.ADMIN1: "admin1 province governorate state oblast adm1 muhafazah محافظة ولاية",
    PlaceKind.ADMIN2: "admin2 adm2 county municipality subdistrict raion qada قضاء ناحية",
    PlaceKind.REGION: "region area island desert mountain mountains valley plain peninsula forest منطقة إقليم",
    PlaceKind.SETTLEMENT: "settlement city town village hamlet place populated_place capital مدينة بلدة قرية",
    PlaceKind.DISTRICT: "district neighbourhood neighborhood quarter suburb zone حي",
    PlaceKind.SITE: "site base airbase airport embassy hospital prison field crossing port dam camp bridge school "
    "mosque church market station checkpoint plant facility building monument poi معبر مطار قاعدة مخيم مستشفى",
    PlaceKind.WATER: "water sea gulf strait river lake bay ocean canal بحر نهر بحيرة",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_FEATURES = {
    PlaceKind.COUNTRY: "PCLI",
    PlaceKind.ADMIN1: "ADM1",
    PlaceKind.ADMIN2: "ADM2",
    PlaceKind.REGION: "RGN",
    PlaceKind.SETTLEMENT: "PPL",
    PlaceKind.DISTRICT: "PPLX",
    PlaceKind.SITE: "SITE",
    PlaceKind.WATER: "SEA",
}
_CODE = re.compile(r"(?:([AHLPRSTUV])\.)?([A-Z][A-Z0-9]{1,4})")
_BY_CODE = {
    **dict.fromkeys(("PCL", "PCLD", "PCLF", "PCLI", "PCLIX", "PCLS", "TERR"), PlaceKind.COUNTRY),
    **dict.fromkeys(("ADM1",), PlaceKind.ADMIN1),
    **dict.fromkeys(("ADM2", "ADM3", "ADM4", "ADM5", "ADMD", "ADMF"), PlaceKind.ADMIN2),
    **dict.fromkeys(("PPLX",), PlaceKind.DISTRICT),
    **dict.fromkeys(("HLL", "MT", "PASS", "PK", "SPUR", "RDGE", "CAPE", "WTLD"), PlaceKind.SITE),
}
_BY_CLASS = {
    "A": PlaceKind.REGION,
    "H": PlaceKind.WATER,
    "L": PlaceKind.REGION,
    "P": PlaceKind.SETTLEMENT,
    "R": PlaceKind.SITE,
    "S": PlaceKind.SITE,
    "T": PlaceKind.REGION,
    "U": PlaceKind.WATER,
    "V": PlaceKind.REGION,
}
_GONE = GONE | {"ADM1H", "ADM2H", "ADM3H", "ADM4H", "ADM5H", "ADMDH", "PCLH", "RGNH"}


def kind_of(written: str, *, has_shape: bool) -> tuple[PlaceKind, str]:
    """Give the kind and the feature code for what a file calls a place.

    Raises
    ------
    RowError
        The word is not known; names some that are.

    Examples
    --------
    >>> [kind_of(word, has_shape=True)[0].value for word in ("Village", "P.PPLC", "S.AIRB", "")]
    ['settlement', 'settlement', 'site', 'region']
    """
    word = written.strip()
    if not word:
        kind = PlaceKind.REGION if has_shape else PlaceKind.SETTLEMENT
        return kind, _FEATURES[kind]
    found = _KINDS.get(word.lower().replace(" ", "_").replace("-", "_"))
    if found:
        return found, _FEATURES[found]
    code = _CODE.fullmatch(word)
    if code and (code[2] in _BY_CODE or code[1] or code[2].startswith("PPL")):
        return kind_of_code(code[1] or "P", code[2]) or (PlaceKind.SETTLEMENT, code[2])
    raise RowError(
        f"kind {word[:40]!r} is not known; write one of {', '.join(PlaceKind)}, a word such as village, base, airport, "
        "province, or a GeoNames code such as P.PPL"
    )


def kind_of_code(feature_class: str, code: str) -> tuple[PlaceKind, str] | None:
    """Give the kind of a GeoNames feature; None for what is gone and what has no class.

    Examples
    --------
    >>> kind_of_code("S", "AIRB"), kind_of_code("P", "PPLH")
    ((<PlaceKind.SITE: 'site'>, 'AIRB'), None)
    """
    if code in _GONE or feature_class not in _BY_CLASS:
        return None
    return _BY_CODE.get(code, _BY_CLASS[feature_class]), code
