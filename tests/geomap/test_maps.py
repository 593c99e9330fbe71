"""The map as a file: what is in it, what can't get into it, and that it is the same each time."""

import base64
import dataclasses
import hashlib
import html
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from incident_samples import (
    ALL_INCIDENTS,
    ARABIC_INCIDENTS,
    ARTICLE_EN,
    ATTACKS_IRAQ,
    BASEMAP,
    BASRA,
    BASRA_AGAIN,
    ENGLISH_INCIDENTS,
    FLOODS,
    IRAQ_RING,
    MOSUL,
    NOWHERE,
    ROCKETS,
    STRIKES_IRAQ,
    TEXTS,
)
from map_block import Block, line_of

from gazetteer.geometry import Geometry
from gazetteer.lines import steps
from gazetteer.place import LngLat
from geomap.articles.article import Article
from geomap.errors import MapError, OutputError
from geomap.incident import SUB_TYPES, Evidence, Incident, Mark, Quote, Report, Span
from geomap.maps import BaseMap, Map, leaflet
from geomap.maps.excerpts import CONTEXT, Excerpts
from geomap.maps.interface import interface, languages
from geomap.maps.page import DataBlock
from geomap.maps.payload import payload
from geomap.maps.records import safe_link
from geomap.maps.symbols import symbols

# Texts that ran, broke or vanished in other maps: folium compiles text as templates, browsers run markup.
HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}",
    "{% raw %}",
    "{%- for x in y %}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "${1+1}",
    "\\`${alert(1)}",
    "a\u2028b\u2029c",
    "nul\x00nul",
    "lone\ud800surrogate\udfff",
    "\u202egnp.exe\u2066",
    '" onmouseover="alert(1)',
    "]]>&lt;/script&gt;",
)


class Outline(HTMLParser):
    """The elements of a page, the text of its scripts and styles, and its policy."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self._open = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style", "title"):
            self._open = tag
            self.texts.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._open = "" if tag == self._open else self._open

    def handle_data(self, data: str) -> None:
        if self._open:
            tag, attributes, text = self.texts[-1]
            self.texts[-1] = (tag, attributes, text + data)

    def text(self, tag: str) -> str:
        return next(text for name, _, text in self.texts if name == tag)

    def attribute(self, tag: str, name: str) -> str | None:
        return next(attrs[name] for found, attrs in self.elements if found == tag and name in attrs)

    @property
    def policy(self) -> str:
        return next(a["content"] or "" for t, a in self.elements if a.get("http-equiv") == "Content-Security-Policy")

    @property
    def block(self) -> Block:
        data, texts = (
            json.loads(text) for _, attrs, text in self.texts if attrs.get("id") in ("geomap-data", "geomap-texts")
        )
        return Block(data, texts)


def page(incidents: tuple[Incident, ...] = ALL_INCIDENTS, title: str | None = None) -> str:
    return Map(incidents, title=title, basemap=BASEMAP).html()


def block(*incidents: Incident, articles: tuple[Article, ...] = ()) -> Block:
    made = payload(incidents, BASEMAP, interface("en"), articles=articles)
    return Block(made.data, made.texts)


def hostile(text: str) -> Incident:
    """Put a text into every field that holds one."""
    quote = Quote("sample-en", text, text, text, 0, len(text))
    evidence = Evidence(quote, ("type",), (Mark(0, len(text), "trigger"),))
    article = dataclasses.replace(ARTICLE_EN, title=text, url=text, language=text)
    place = dataclasses.replace(MOSUL.places[0], as_written=text, name=text, country=text, admin1=text)
    return dataclasses.replace(
        MOSUL, id=text, title=text, event_type=text, sub_type=text, places=(place,), actor=text, target=text,
        weapon=text, damage=text, evidence=(evidence,), articles=(article,),
        reports=(Report(text, "media", "reports", "sample-en", 0, 1),),
    )  # fmt: skip


def written(text: str) -> str:
    """What a file can hold of a text."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


# The data block -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_arrives_unchanged_and_is_no_markup(text: str) -> None:
    outline = Outline(page((hostile(text),), title=text))
    assert [tag for tag, _ in outline.elements] == [tag for tag, _ in Outline(page((MOSUL,), title="x")).elements]
    found = outline.block
    (incident,) = found.rows("incidents")
    assert incident["id"] == written(text)
    for field in ("title", "lang", "type", "sub", "actor", "target", "weapon", "damage"):
        assert found.text(incident[field]) == written(text), field
    assert found.quotes() == [(written(text), [(written(text), "trigger")])]
    (article,) = found.rows("articles")
    assert (found.text(article["title"]), found.text(article["lang"])) == (written(text), written(text))
    assert found.text(article["url"]) is None


def test_no_template_is_made_of_data(tmp_path: Path) -> None:
    made = tmp_path / "made"
    attack = f"{{{{ cycler.__init__.__globals__.os.mkdir({str(made)!r}) }}}}"
    page((hostile(attack),), title=attack)
    assert not made.exists()


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(codec=None)))
def test_any_text_survives_the_block(text: str) -> None:
    block = DataBlock("x", {"t": text}).render()
    inside = block.removeprefix('<script type="application/json" id="x">').removesuffix("</script>")
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff\x00]", inside)
    # json.dumps writes NUL as \u0000; payload.clean takes it out of incidents before
    assert json.loads(inside)["t"] == re.sub("[\ud800-\udfff]", "\ufffd", text)


def test_numbers_that_json_has_not_are_left_out() -> None:
    odd = dataclasses.replace(MOSUL, confidence=float("nan"))
    assert block(odd).rows("incidents")[0]["confidence"] == -1


def test_an_impossible_position_is_refused_with_its_incident() -> None:
    for point in (LngLat(float("nan"), 3), LngLat(44.0, 95.0), LngLat(float("inf"), 0)):
        with pytest.raises(MapError, match=r"incident mosul lies at .*LngLat\(lng, lat\)"):
            block(dataclasses.replace(MOSUL, geometry=Geometry("Point", point)))


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=1&c=%20#d", True),
        ("HTTP://example.org", True),
        ("https://مثال.example/خبر", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" https://example.org", False),
        ("https://example.org/\u202etxt", False),
        ("https://bank.example@evil.example/", False),
        ("data:text/html,<script>", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://[", False),
        ("//example.org", False),
        ("https://example.org/\ud800", False),
        ("", False),
    ],
)
def test_only_plain_web_addresses_become_links(url: str, *, kept: bool) -> None:
    assert safe_link(url) == (url if kept else None)


# Quotes -------------------------------------------------------------------------------------------


def test_marks_are_found_past_emoji() -> None:
    ((exact, marks),) = block(ROCKETS).quotes()
    assert exact == ROCKETS.evidence[0].quote.exact
    assert marks == [
        ("سقطا", "trigger"),
        ("مساء الخميس 7 كانون الأول/ديسمبر", "date"),
        ("المنطقة الخضراء", "place"),
        ("بغداد", "place"),
    ]


def test_marks_are_cut_to_the_quote_and_widened_to_combining_marks() -> None:
    text = "22 هجومًا في غزة"
    evidence = Evidence(
        Quote("a", text, "", "", 100, 100 + len(text)),
        (),
        (Mark(100, 107, "count"), Mark(103, 107, "trigger"), Mark(90, 95, "date"), Mark(113, 200, "place")),
    )
    # both marks end before the tanwin, which stands on their last letter: they are widened
    length, marks = Excerpts.marks(evidence)
    assert length == len(text)
    assert [(text[at : at + size], what) for at, size, what in marks] == [
        ("22 هجومً", "count"),
        ("هجومً", "trigger"),
        ("غزة", "place"),
    ]


@settings(deadline=None)
@given(spans=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), max_size=8), known=st.booleans())
def test_every_quote_is_found_again_however_they_overlap(spans: list[tuple[int, int]], *, known: bool) -> None:
    text = "🚀أ bc 😀éde fgh ijk " * 5
    quotes = [Quote("a", text[a : a + n], text[max(0, a - 9) : a], text[a + n :][:9], a, a + n) for a, n in spans]
    excerpts = Excerpts({"a": text} if known else {}, quotes)
    for quote in quotes:
        number, at = excerpts.find(quote)
        units = excerpts.texts[number].encode("utf-16-le")[2 * at :].decode("utf-16-le")
        assert units.startswith(quote.exact)
    assert all(excerpt in text for excerpt in excerpts.texts)
    assert len(excerpts.texts) <= max(1, len(spans))


def test_the_context_comes_from_the_article_and_is_no_copy_of_it() -> None:
    english = Article("sample-en", "-", None, None, "en", "x " * 5000 + TEXTS["sample-en"] + " y" * 5000)
    moved = dataclasses.replace(MOSUL.evidence[0].quote, start=10_000, end=10_000 + len(MOSUL.evidence[0].quote.exact))
    incident = dataclasses.replace(MOSUL, evidence=(dataclasses.replace(MOSUL.evidence[0], quote=moved, marks=()),))
    (excerpt,) = block(incident, articles=(english,)).texts
    assert moved.exact in excerpt
    assert "Hundreds protested in Basra" in excerpt
    assert len(excerpt) <= len(moved.exact) + 2 * CONTEXT


def test_an_article_that_says_something_else_is_not_the_context() -> None:
    other = Article("sample-en", "-", None, None, "en", "Nothing of the kind. " * 50)
    (excerpt,) = block(MOSUL, articles=(other,)).texts
    quote = MOSUL.evidence[0].quote
    assert excerpt == quote.prefix + quote.exact + quote.suffix


def test_sentences_that_prove_two_incidents_are_given_once() -> None:
    assert len(block(*ARABIC_INCIDENTS).texts) < len(ARABIC_INCIDENTS)
    assert len(block(BASRA, BASRA_AGAIN).texts) == 1


# Marks --------------------------------------------------------------------------------------------


def test_incidents_at_one_place_share_a_mark_and_areas_lie_under_points() -> None:
    found = block(MOSUL, BASRA, BASRA_AGAIN, FLOODS, ATTACKS_IRAQ, STRIKES_IRAQ, NOWHERE)
    assert [row["mark"] for row in found.rows("incidents")] == [2, 3, 3, 1, 0, 0, -1]
    marks = found.data["marks"]
    assert len(marks["areas"]) == 2  # Iraq, and the surroundings of Kirkuk on top of it
    assert marks["points"] == [4313000, 3634000, 4781000, 3051000]


def test_equal_areas_of_different_reports_are_one_mark() -> None:
    again = dataclasses.replace(ATTACKS_IRAQ, id="x", geometry=Geometry("Polygon", (IRAQ_RING[:1] + IRAQ_RING[1:],)))
    assert len(block(ATTACKS_IRAQ, again).data["marks"]["areas"]) == 1


def test_coordinates_come_back_within_their_step() -> None:
    ((area,),) = [block(ATTACKS_IRAQ).data["marks"]["areas"]]
    ((ring,),) = area["area"]
    assert area["decimals"] == 3
    assert line_of(ring) == [(round(p.lng * 1000), round(p.lat * 1000)) for p in IRAQ_RING]


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=30))
def test_steps_come_back(line: list[tuple[float, float]]) -> None:
    whole = [(round(lng * 1000), round(lat * 1000)) for lng, lat in line]
    kept = [p for n, p in enumerate(whole) if n == 0 or p != whole[n - 1]]
    assert line_of(steps((LngLat(*p) for p in line), 3)) == kept


def test_unknown_values_are_told_from_zero() -> None:
    rockets, strikes = block(ROCKETS, STRIKES_IRAQ).rows("incidents")
    assert (rockets["killed_min"], rockets["killed_max"]) == (-1, -1)
    assert (rockets["injured_min"], rockets["injured_max"]) == (0, 0)
    assert (strikes["count_min"], strikes["count_max"]) == (1, -1)
    assert strikes["start"] is None


def test_a_report_stands_under_the_quote_that_names_it() -> None:
    found = block(ROCKETS, MOSUL)
    # "قال ناطق باسم الشرطة" comes before the quote, which begins at "إن"
    said = [(found.text(row["source"]), row["quote"]) for row in found.rows("reports")]
    assert said == [("ناطق باسم الشرطة", -1), ("police", 0)]


# The page -----------------------------------------------------------------------------------------


def test_the_page_asks_nothing_of_any_network() -> None:
    outline = Outline(page())
    for tag, attributes in outline.elements:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base")
        assert "src" not in attributes
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
    for _, attributes, text in outline.texts:
        if attributes.get("type") != "application/json":
            assert not re.search(r"@import|sourceMappingURL", text)
            assert all(found.startswith(("data:", "#")) for found in re.findall(r"url\(\s*[\"']?([^)\"']*)", text))
            # Leaflet names its home and two bug reports; SVG's name space is no address
            hosts = set(re.findall(r"(?:https?:)?//([\w.-]+\.[a-z]+)", text))
            assert hosts <= {"www.w3.org", "leafletjs.com", "bugs.chromium.org", "bugzilla.mozilla.org"}


def test_the_policy_names_each_script_and_style_and_nothing_else() -> None:
    outline = Outline(page())
    allowed = set(re.findall(r"'sha256-([^']+)'", outline.policy))
    inline = {
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for tag, attributes, text in outline.texts
        if tag != "title" and attributes.get("type") != "application/json"
    }
    assert len(inline) == 5  # Leaflet's style and ours; Leaflet, folium's part, ours
    assert allowed == inline
    assert outline.policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in outline.policy
    assert "\r" not in page()


def test_language_direction_title_and_zoom() -> None:
    arabic, english = (
        Outline(page(ARABIC_INCIDENTS)),
        Outline(page(ENGLISH_INCIDENTS, title="Q & A <3 \u202e")),
    )
    assert (arabic.attribute("html", "lang"), arabic.attribute("html", "dir")) == ("ar", "rtl")
    assert (english.attribute("html", "lang"), english.attribute("html", "dir")) == ("en", "ltr")
    assert english.text("title") == "Q & A <3 \ufffd"
    viewport = next(a["content"] for _, a in english.elements if a.get("name") == "viewport")
    assert viewport == "width=device-width, initial-scale=1"


def test_same_incidents_same_bytes() -> None:
    assert page() == page()
    code = (
        "import hashlib; from incident_samples import ALL_INCIDENTS, BASEMAP; from geomap.maps import Map;"
        "print(hashlib.sha256(Map(ALL_INCIDENTS, basemap=BASEMAP).html().encode()).hexdigest())"
    )
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert runs == {hashlib.sha256(page().encode()).hexdigest() + "\n"}


def test_a_map_like_the_first_articles_is_small() -> None:
    assert len(page().encode()) < 360_000


def test_no_incidents_give_a_map_that_says_so() -> None:
    outline = Outline(page(()))
    assert outline.block.rows("incidents") == []
    assert outline.block.data["marks"]["points"] == outline.block.data["marks"]["areas"] == []


# folium -------------------------------------------------------------------------------------------


def test_importing_the_package_does_not_import_folium() -> None:
    heavy = ("folium", "branca", "jinja2", "numpy", "shapely")
    code = f"import sys, geomap.maps; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_own_layers_can_be_added() -> None:
    import folium

    drawn = Map(ALL_INCIDENTS, basemap=BASEMAP).to_folium()
    assert isinstance(drawn, folium.Map)
    folium.CircleMarker([33.0, 44.0], radius=5, tooltip="mine").add_to(drawn)
    folium.Marker([33.0, 45.0]).add_to(drawn)
    text = drawn.get_root().render()
    assert "L.circleMarker" in text
    assert drawn.get_root().render() == text  # rendering twice adds nothing


@pytest.mark.parametrize(
    "kind", ["tiles", "relative tiles", "script", "style", "plugin", "popup", "icon", "image", "head"]
)
def test_what_would_make_a_request_is_refused(kind: str) -> None:
    import folium
    from branca.element import CssLink, Element, JavascriptLink
    from folium.plugins import MarkerCluster

    drawn = Map((MOSUL,), basemap=BASEMAP).to_folium()
    root = drawn.get_root()
    match kind:
        case "tiles":
            folium.TileLayer("https://tile.example.org/{z}/{x}/{y}.png", attr="x").add_to(drawn)
        case "relative tiles":
            folium.TileLayer("tiles/{z}/{x}/{y}.png", attr="x").add_to(drawn)
        case "script":
            drawn.add_js_link("mine", "https://example.org/x.js")
        case "style":
            root.header.add_child(CssLink("https://example.org/x.css"))
        case "plugin":
            MarkerCluster().add_to(drawn)
        case "popup":
            folium.Marker([33, 44], popup="x").add_to(drawn)
        case "icon":
            folium.Marker([33, 44], icon=folium.Icon(color="red")).add_to(drawn)
        case "image":
            folium.raster_layers.ImageOverlay("https://example.org/x.png", [[33, 44], [34, 45]]).add_to(drawn)
        case "head":
            root.header.add_child(JavascriptLink("//example.org/x.js"))
            root.html.add_child(Element('<img src="//example.org/x.png">'))
    with pytest.raises(MapError, match=r"asks for|needs"):
        root.render()


def test_a_link_added_to_one_map_is_not_in_the_next() -> None:
    Map((MOSUL,), basemap=BASEMAP).to_folium().add_js_link("mine", "https://example.org/x.js")
    assert "example.org/x.js" not in Map((MOSUL,), basemap=BASEMAP).html()


def test_a_notebook_shows_it_in_a_frame_that_can_only_run_its_script() -> None:
    shown = Map((MOSUL,), title='"><script>', basemap=BASEMAP)._repr_html_()
    ((tag, attributes),) = Outline(shown).elements
    assert tag == "iframe"
    assert attributes["sandbox"] == "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
    assert attributes["srcdoc"] == Map((MOSUL,), title='"><script>', basemap=BASEMAP).html()
    assert html.escape('"><script>') in shown


# Leaflet ------------------------------------------------------------------------------------------


def test_another_leaflet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(leaflet._SHA256, "leaflet.js", "0" * 64)
    with pytest.raises(MapError, match=r"is not that of Leaflet 1\.9\.4: .*pip install"):
        leaflet.read("leaflet.js")


def test_a_missing_leaflet_names_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaflet, "PACKAGE", "no-such-package-as-this")
    with pytest.raises(MapError, match=r"can't be read .*pip install"):
        leaflet.read("leaflet.css")


def test_leaflet_itself_is_not_changed() -> None:
    inlined, released = leaflet.inlined("leaflet.js"), leaflet.read("leaflet.js").decode()
    assert released.replace("\r\n", "\n").startswith(inlined.rstrip("\n"))
    assert len(released) - len(inlined) < 40  # the link to the source map


# The interface ------------------------------------------------------------------------------------


def keys(table: object, path: str = "") -> set[str]:
    if isinstance(table, dict):
        if "other" in table and "{n}" in str(table["other"]):  # plural forms differ by language
            return {path}
        return {found for key, value in table.items() for found in keys(value, f"{path}.{key}")}
    return {path}


def test_the_interface_speaks_every_language_that_is_read() -> None:
    assert set(languages()) == {"ar", "en", "fa", "he", "tr", "fr", "es", "ru", "uk", "de", "pt", "it"}


@pytest.mark.parametrize("language", languages())
def test_each_language_says_everything(language: str) -> None:
    words = json.loads(interface(language).table)
    assert words["language"] == language
    assert keys(words) == keys(json.loads(interface("en").table))
    assert set(words["event_type"]) == set(SUB_TYPES)
    forms = {"ar": {"zero", "one", "two", "few", "many", "other"}, "he": {"one", "two", "other"}}
    forms |= {slavic: {"one", "few", "many", "other"} for slavic in ("ru", "uk")}
    forms |= {romance: {"one", "many", "other"} for romance in ("fr", "es", "pt", "it")}
    for phrase in ("incidents", "sources", "shown", "more"):
        assert set(words[phrase]) == forms.get(language, {"one", "other"}), phrase
    assert set(words["sub_type"]) == {sub for subs in SUB_TYPES.values() for sub in subs}


def _named(script: str) -> list[str]:
    """The phrases a script asks for: words.X, and wordOf("X", code)."""
    return re.findall(r"\bwords\.(\w+)", script) + re.findall(r"\bwordOf\(\"(\w+)\"", script)


def test_each_phrase_of_the_script_is_in_the_table() -> None:
    folder = Path(str(leaflet.__file__)).parent / "script"
    used = {name for file in folder.glob("*.js") for name in _named(file.read_text("utf-8"))}
    table = json.loads(interface("en").table)
    assert used <= set(table)
    assert set(table) - used <= {"title", "no_script"}  # those two are read in Python


def test_a_language_we_have_not_is_named() -> None:
    with pytest.raises(MapError, match=r"no interface/xx\.json"):
        interface("xx")


# Saving -------------------------------------------------------------------------------------------


def test_save_writes_utf8_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "خريطة.html"
    Map((ROCKETS,), basemap=BASEMAP).save(target)
    assert target.read_bytes().decode("utf-8") == Map((ROCKETS,), basemap=BASEMAP).html()
    assert list(tmp_path.iterdir()) == [target]


def test_a_failing_save_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    target.write_text("old")
    with pytest.raises(MapError):
        Map((dataclasses.replace(MOSUL, geometry=Geometry("Point", LngLat(0, 999))),), basemap=BASEMAP).save(target)
    assert target.read_text() == "old"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"nowhere.*can't be written .*folder that exists"):
        Map((MOSUL,), basemap=BASEMAP).save(tmp_path / "nowhere" / "map.html")


def test_a_map_of_many_stays_quick_and_small() -> None:
    many = tuple(
        dataclasses.replace(MOSUL, id=str(n), geometry=Geometry("Point", LngLat(40 + n % 50 / 10, 30 + n // 50 / 10)))
        for n in range(1000)
    )
    text = Map(many, basemap=BaseMap()).html()
    assert len(text.encode()) < 500_000
    assert len(Outline(text).block.data["marks"]["points"]) == 2 * 1000


def test_counts_are_ranges() -> None:
    (row,) = block(dataclasses.replace(MOSUL, killed=Span(10, 12), count=Span(3, None))).rows("incidents")
    assert (row["killed_min"], row["killed_max"], row["count_min"], row["count_max"]) == (10, 12, 3, -1)


# Symbols ------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def test_every_kind_of_event_has_a_shape_of_its_own_in_a_colour_of_okabe_and_ito() -> None:
    table = symbols()
    assert set(table) == {*SUB_TYPES, "several"}
    assert len({str(symbol["shape"]) for symbol in table.values()}) == len(table)
    okabe_ito = {"#d55e00", "#0072b2", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442", "#009e73"}
    assert {symbol["colour"] for symbol in table.values()} <= okabe_ito | {"#999999", "#ffffff"}


def test_outlines_stand_out_of_land_and_sea() -> None:
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))
        for part in (Path(str(leaflet.__file__)).parent / "map.css")
        .read_text("utf-8")
        .split("@media (prefers-color")[:2]
    )
    for sheet in (light, dark):
        for ground in ("land", "sea"):
            assert contrast(sheet["outline"], sheet[ground]) >= 3
        assert contrast(sheet["text"], sheet["page"]) >= 7
        assert contrast(sheet["quiet"], sheet["page"]) >= 4.5
