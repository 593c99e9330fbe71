"""Finding, reading, linking and taking along, clicked in a real Chromium. `visit` fails what requests or complains."""

import csv
import dataclasses
import hashlib
import io
import json
import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from incident_samples import (
    ALL_INCIDENTS,
    ARABIC_INCIDENTS,
    ATTACKS_IRAQ,
    BASEMAP,
    BASRA,
    ENGLISH_INCIDENTS,
    FLOODS,
    MOSUL,
    NOWHERE,
    ROCKETS,
    TEXTS,
    ring,
)
from map_page import listed

from gazetteer.geometry import Geometry
from gazetteer.names import fold
from gazetteer.place import LngLat, PlaceKind, Precision
from geomap.articles.article import Article
from geomap.exports import to_geojson, to_jsonl
from geomap.exports.record import to_feature
from geomap.incident import DateBasis, DatePrecision, Evidence, Incident, Quote, ReviewState, When
from geomap.maps import BaseMap, Map, Tiles
from geomap.maps.embed import snippet
from geomap.maps.interface import interface, languages
from geomap.shapes import circle

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Visit
    from playwright.sync_api import Page

    Open = Callable[..., Visit]

pytestmark = pytest.mark.browser

AXE_SHA256 = "880970c081707360e64f34cea25ff91892f5bc95675b0776925b9709dd8a68bb"
"""``axe.min.js`` of npm's axe-core 4.10.3."""
AXE = Path(os.environ.get("AXE_CORE", Path(__file__).parent / "node_modules/axe-core/axe.min.js"))


def drawn(incidents: tuple[Incident, ...], **options: Any) -> str:
    return Map(incidents, basemap=BASEMAP, **options).html()


def wait_for_lines(page: "Page", count: int) -> None:
    from playwright.sync_api import expect

    expect(page.locator("#list .title")).to_have_count(count)


def summary(page: "Page") -> str:
    return page.locator("#summary").inner_text()


def tick(page: "Page", facet: str, label: str) -> None:
    page.locator("#filters").evaluate("node => { node.open = true; }")
    page.locator(f"#filters input[name={facet}]").locator("xpath=..").filter(has_text=label).locator("input").click()


# Finding ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facet", "label", "left"),
    [
        ("type", "Unrest", {BASRA.id}),
        ("status", "denied", {FLOODS.id}),
        ("precision", "site", set()),
        ("precision", "near a town or village", {FLOODS.id}),
        ("precision", "place not stated", {NOWHERE.id}),
        ("lang", "Arabic", {incident.id for incident in ARABIC_INCIDENTS}),
        ("source", "example.org", {incident.id for incident in ARABIC_INCIDENTS}),
    ],
)
def test_a_filter_narrows_list_map_and_count(visit: "Open", facet: str, label: str, left: set[str]) -> None:
    tall = {"width": 1280, "height": 2400}  # every line is in the window
    page = visit(drawn((*ENGLISH_INCIDENTS, BASRA, *ARABIC_INCIDENTS)), viewport=tall).page
    if not left:
        assert page.locator(f"#filters input[name={facet}]").locator("xpath=..").filter(has_text=label).count() == 0
        return
    tick(page, facet, label)
    assert listed(page) == left
    assert summary(page).endswith("of 10 incidents shown")
    page.locator(".clear").click()
    assert summary(page) == "10 of 10 incidents shown"


def test_a_filter_counts_what_the_others_leave_and_hides_marks(visit: "Open") -> None:
    page = visit(drawn(ALL_INCIDENTS)).page
    assert {text.split()[0] for text in page.locator(".area-label").all_inner_texts()} >= {"العراق", "سوريا"}
    tick(page, "type", "اضطرابات")
    assert page.locator(".area-button:not(.left-out)").count() == 0
    counts = page.locator("#filters input[name=status]").locator("xpath=..").all_inner_texts()
    assert sum(int(text.split()[-1]) for text in counts) == 1
    assert page.locator("#legend .empty").count() == 4  # types of which none is shown


def test_confidence_has_a_floor(visit: "Open") -> None:
    sure = dataclasses.replace(MOSUL, confidence=0.95)
    page = visit(drawn((sure, BASRA))).page
    page.locator("#filters").evaluate("node => { node.open = true; }")
    page.locator("#confidence").fill("90")
    assert listed(page) == {MOSUL.id}
    assert page.locator(".slider output").inner_text() == "≥ 90 %"


FOLDED = (
    ("المنطقة الخضراء", "المنطقه الخضراء"),
    ("هجومًا في الأنبار", "هجوما في الانبار"),
    ("الموصل القديمة", "المُوصِل"),
    ("Şanlıurfa'da patlama", "sanliurfa"),
    ("Straße in Zürich", "zurich strasse"),
    ("Sana’a — Ḩudaydah", "SANA hudaydah"),
    ("کرمانشاه", "كرمانشاه"),
    ("Łódź", "lodz"),
    ("קִרְיַת שְׁמוֹנָה", "קרית שמונה"),
    ("Київ", "київ"),
    ("٢٢ قتيلا", "22"),
)


def test_search_folds_as_the_gazetteer_does(visit: "Open") -> None:

    from playwright.sync_api import expect

    plain = dataclasses.replace(MOSUL, places=(), geometry=None, evidence=(), reports=(), target=None, weapon=None)
    incidents = tuple(dataclasses.replace(plain, id=str(n), title=title) for n, (title, _) in enumerate(FOLDED))
    page = visit(drawn(incidents)).page
    for title, query in FOLDED:
        assert all(word in fold(title) for word in fold(query).split()), "the gazetteer's folding takes them for one"
        page.locator("#query").fill(query)
        n = [title for title, _ in FOLDED].index(title)
        expect(page.locator("#list button")).to_have_count(1)
        expect(page.locator("#list button")).to_have_attribute("data-incident", str(n))


def test_search_reads_quotes_and_sources_and_says_when_nothing_is_found(visit: "Open") -> None:
    page = visit(drawn(ENGLISH_INCIDENTS)).page
    page.locator("#query").fill("GOVERNOR dénied")
    wait_for_lines(page, 1)
    assert listed(page) == {FLOODS.id}
    page.locator("#query").fill("no such thing")
    page.locator("#nothing").wait_for()
    assert summary(page) == "0 of 4 incidents shown"
    page.locator("#query").fill("")
    wait_for_lines(page, 4)


def dated(n: int, day: date | None) -> Incident:
    when = When(day, day, DatePrecision.DAY, DateBasis.EXPLICIT) if day else dataclasses.replace(NOWHERE.when)
    return dataclasses.replace(BASRA, id=f"d{n}", title=f"day {n}", when=when)


DAYS = (*(dated(n, date(2024, 1, 1 + n)) for n in range(10)), dated(99, None))


def test_the_brush_narrows_by_keyboard_and_by_pointer(visit: "Open") -> None:
    page = visit(drawn(DAYS)).page
    low = page.get_by_role("slider", name="From")
    low.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert low.get_attribute("aria-valuetext") == "4 January 2024"
    assert listed(page) == {f"d{n}" for n in (*range(3, 10), 99)}
    page.locator("#time input[type=checkbox]").uncheck()
    assert listed(page) == {f"d{n}" for n in range(3, 10)}
    box = page.locator(".brush canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.01, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.19, box["y"] + 20, steps=4)
    page.mouse.up()
    assert listed(page) == {"d0", "d1"}
    assert page.locator(".says").inner_text() == "1 January 2024 – 2 January 2024"


def test_play_walks_through_time_and_stops(visit: "Open") -> None:
    from playwright.sync_api import expect

    page = visit(drawn(DAYS)).page
    page.get_by_role("button", name="Play").click()
    first = page.locator(".says").inner_text()
    expect(page.locator(".says")).not_to_have_text(first)
    page.get_by_role("button", name="Pause").click()
    stopped = page.locator(".says").inner_text()
    page.wait_for_timeout(900)
    assert page.locator(".says").inner_text() == stopped


def test_the_link_brings_back_everything(visit: "Open") -> None:
    from playwright.sync_api import expect

    opened = visit(drawn(ENGLISH_INCIDENTS))
    page = opened.page
    tick(page, "type", "Remote violence")
    page.locator("#query").fill("market")
    wait_for_lines(page, 1)
    page.locator("#list button").click()
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_timeout(500)
    link = page.url
    zoom = page.evaluate("Object.values(window).find(v => v instanceof L.Map).getZoom()")
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.locator(".leaflet-popup h3").inner_text() == "Bombing – Mosul"
    assert page.locator("#query").input_value() == "market"
    assert summary(page) == "1 of 4 incidents shown"
    assert page.evaluate("Object.values(window).find(v => v instanceof L.Map).getZoom()") == zoom
    page.evaluate("location.hash = '#status=denied'")
    expect(page.locator("#query")).to_have_value("")
    assert listed(page) == {FLOODS.id}
    opened.requests[:] = [url for url in opened.requests if url.split("#")[0] != link.split("#")[0]]


def test_a_hostile_link_does_nothing(visit: "Open") -> None:
    opened = visit(drawn(ENGLISH_INCIDENTS))
    page = opened.page
    for evil in (
        "q=<img src=x onerror=alert(1)>&type=<b>&incident=__proto__",
        "at=NaN,1,1&from=2024-13-99&to=x&confidence=1e9",
        "at=1e9,0,5&type=constructor&lang=toString",
    ):
        page.evaluate("hash => { location.hash = hash; }", evil)
        page.wait_for_timeout(100)
        assert page.locator("#list img, #bar img").count() == 0
    page.evaluate("location.hash = ''")
    page.wait_for_timeout(100)
    assert summary(page) == "4 of 4 incidents shown"


# Many ---------------------------------------------------------------------------------------------


def many(count: int) -> tuple[Incident, ...]:
    """Incidents at as many places, half a degree apart."""
    return tuple(
        dataclasses.replace(
            MOSUL,
            id=f"m{n}",
            title=f"Incident {n}",
            geometry=Geometry("Point", LngLat(25 + n % 60 / 2, 15 + n // 60 / 2)),
            when=dataclasses.replace(MOSUL.when, start=None, end=None, precision=None, basis=None),
        )
        for n in range(count)
    )


def test_a_long_list_has_few_elements_and_every_line(visit: "Open") -> None:
    page = visit(Map(many(2000), basemap=BaseMap()).html()).page
    assert page.locator("#list li").count() < 60
    first = page.locator("#list button").first
    first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.incident") == "1"
    page.keyboard.press("End")
    line = page.locator("#list li", has=page.locator(":focus"))
    assert (line.get_attribute("aria-posinset"), line.get_attribute("aria-setsize")) == ("2000", "2000")
    assert page.locator("#list li").count() < 60
    page.keyboard.press("Enter")
    assert page.locator("#list [aria-current]").get_attribute("data-incident") == "1999"
    assert page.locator(".leaflet-popup h3").inner_text() == "Bombing – Mosul"


def test_rings_open_when_one_looks_closer(visit: "Open") -> None:
    page = visit(Map(many(1200), basemap=BaseMap()).html()).page
    assert page.locator(".swatch-ring").count() == 1
    zoom = "Object.values(window).find(v => v instanceof L.Map).getZoom()"
    before = page.evaluate(zoom)
    box = page.locator(".folium-map").bounding_box()
    assert box
    target = page.evaluate(
        """() => { const node = document.querySelector('.folium-map');
        const { width, height } = node.getBoundingClientRect();
        for (let y = height / 2; y < height; y += 4) for (let x = width / 2; x < width; x += 4) {
          const { left, top } = node.getBoundingClientRect();
          node.dispatchEvent(new MouseEvent('mousemove', { bubbles: true, clientX: left + x, clientY: top + y }));
          if (node.style.cursor === 'pointer') return [x + 6, y + 6];
        } return null; }"""
    )
    page.mouse.click(box["x"] + target[0], box["y"] + target[1])
    page.wait_for_timeout(700)
    assert page.evaluate(zoom) > before
    assert page.locator(".leaflet-popup").count() == 0


# Reading ------------------------------------------------------------------------------------------


def test_the_context_of_a_quote_is_there_on_demand(visit: "Open") -> None:
    english = Article("sample-en", "-", None, None, "en", TEXTS["sample-en"])
    page = visit(drawn((BASRA,), articles=[english])).page
    page.locator("#list button").click()
    assert page.locator(".context").inner_text() == ""
    page.locator(".context-box summary").click()
    page.locator(".context strong").wait_for()  # the browser tells of the opened box a moment later
    said = page.locator(".context").inner_text()
    assert said.startswith("…A car bomb killed three people")
    assert "Two villages near Kirkuk" in said
    assert page.locator(".context strong").inner_text() == BASRA.evidence[0].quote.exact


def test_a_citation_is_copied(visit: "Open") -> None:
    page = visit(drawn((MOSUL, NOWHERE))).page
    page.locator("#list button").first.click()
    page.locator(".copy").click()
    page.get_by_text("Copied").wait_for()
    page.locator("#query").focus()
    page.keyboard.press("Control+V")
    pasted = page.locator("#query").input_value()
    exact = MOSUL.evidence[0].quote.exact.strip()
    assert pasted == (
        f"“{exact}”. Three killed in Mosul. example.com. published 6 December 2023. https://example.com/mosul"
    )


# Taking along -------------------------------------------------------------------------------------


def downloaded(page: "Page", act: str) -> str:
    with page.expect_download() as event:
        page.locator(f"[data-act={act}]").click()
    return Path(event.value.path()).read_text("utf-8")


def near(mine: Any, theirs: Any) -> bool:
    """Whether two geometries are the same to the thousandth of a degree that a large area is kept to."""
    if isinstance(mine, list):
        return len(mine) == len(theirs) and all(near(a, b) for a, b in zip(mine, theirs, strict=True))
    return bool(abs(mine - theirs) <= 0.0006)


def same_as_extract(mine: dict[str, Any], incident: Incident) -> None:
    """Compare a downloaded feature with what `geomap extract` writes: the same keys in the same order, and values."""
    theirs = json.loads(to_jsonl([incident]))
    assert mine["properties"] == theirs["properties"]
    assert list(mine["properties"]) == list(theirs["properties"])
    assert (mine["geometry"] is None) == (theirs["geometry"] is None)
    if theirs["geometry"]:
        assert mine["geometry"]["type"] in (theirs["geometry"]["type"], "Polygon")
        parts = theirs["geometry"]["coordinates"]
        single = mine["geometry"]["type"] != theirs["geometry"]["type"]
        assert near(mine["geometry"]["coordinates"], parts[0] if single else parts)


def test_what_is_shown_is_taken_along_as_geojson(visit: "Open") -> None:
    page = visit(drawn(ALL_INCIDENTS)).page
    tick(page, "lang", "العربية")
    collection = json.loads(downloaded(page, "geojson"))
    features = {f["id"]: f for f in collection["features"]}
    assert set(features) == {incident.id for incident in ARABIC_INCIDENTS}
    for incident in ARABIC_INCIDENTS:
        same_as_extract(features[incident.id], incident)
    extracted = json.loads(to_geojson(ALL_INCIDENTS))
    assert collection.keys() == extracted.keys()
    assert collection["attribution"] == extracted["attribution"]
    assert collection["boundaries"] == extracted["boundaries"]


def test_nothing_of_the_record_is_lost_on_the_way_through_the_page(visit: "Open") -> None:
    """Several places with reasons, review, own gazetteer, emoji before a quote, an area over the date line."""
    first = MOSUL.places[0]
    own = dataclasses.replace(
        first, reasons=("from your own gazetteer: my towns.csv, line 3",), rejected=("Other: 1.0",)
    )
    other = dataclasses.replace(
        first, place_id="x:2", as_written="Nineveh", start=40, end=47, precision=Precision.ADMIN1
    )
    text = "🚀 before. Shells fell 🚀 here. After the quote, words go on and on."
    at = text.index("Shells")
    quote = Quote("sample-en", "Shells fell 🚀 here.", text[:at], text[at + 19 :][:32], at, at + 19)
    russia = Geometry(
        "MultiPolygon",
        (
            (ring((30, 50), (60, 45), (140, 45), (180, 65), (180, 70), (60, 70)),),
            (ring((-180, 65), (-170, 66), (-180, 70)),),
        ),
    )
    changed = dataclasses.replace(
        MOSUL, places=(own, other), review=ReviewState.CORRECTED, geometry=russia,
        evidence=(Evidence(quote, ("type", "place"), ()), *MOSUL.evidence),
    )  # fmt: skip
    page = visit(drawn((changed, BASRA))).page
    collection = json.loads(downloaded(page, "geojson"))
    by_id = {feature["id"]: feature for feature in collection["features"]}
    same_as_extract(by_id[changed.id], changed)
    same_as_extract(by_id[BASRA.id], BASRA)
    assert "Your own gazetteer: my towns.csv." in collection["attribution"]
    assert "your own gazetteer: my towns.csv" in page.locator(".leaflet-control-attribution").inner_text()
    rows = {r["id"]: r for r in csv.DictReader(io.StringIO(downloaded(page, "csv").removeprefix("\ufeff")))}
    record = to_feature(changed)["properties"]
    assert [*record, "lng", "lat"] == list(rows[changed.id])
    for name, value in record.items():
        written = rows[changed.id][name]
        if isinstance(value, list | dict):
            assert json.loads(written) == value
        elif isinstance(value, bool):
            assert written == str(value).lower()
        elif isinstance(value, float | int):
            assert float(written) == value
        else:
            assert written == (value or "")


def test_the_name_of_an_own_gazetteer_is_text(visit: "Open") -> None:
    evil = dataclasses.replace(
        MOSUL.places[0], reasons=("from your own gazetteer: <img src=x onerror=alert(1)>.csv, line 3",)
    )
    page = visit(drawn((dataclasses.replace(MOSUL, places=(evil,)),))).page
    assert "<img src=x onerror=alert(1)>.csv" in page.locator(".leaflet-control-attribution").inner_text()
    assert page.locator("img").count() == 0


def test_an_area_without_a_border_is_drawn_and_called_approximate(visit: "Open") -> None:
    place = dataclasses.replace(
        MOSUL.places[0], precision=Precision.ADMIN2, kind=PlaceKind.ADMIN2, uncertainty_m=30_000.0,
        reasons=("its border is not known: drawn as a circle of 30 km",),
    )  # fmt: skip
    shape = circle(place.point, 30_000.0)
    page = visit(drawn((dataclasses.replace(MOSUL, places=(place,), geometry=shape),))).page
    assert page.locator(".area-label").count() == 1
    assert page.locator(".swatch-area.rough").count() == 1
    assert "approximate area: second-level division" in page.locator("#list .when").inner_text()


def test_csv_is_not_calculated_by_a_spreadsheet(visit: "Open") -> None:
    evil = tuple(
        dataclasses.replace(MOSUL, id=str(n), title=title)
        for n, title in enumerate(('=cmd|" /C calc"!A0', "+1", "-1", "@x", "\tx", 'say "a", b\nc', "plain"))
    )
    page = visit(drawn(evil)).page
    text = downloaded(page, "csv")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {row["title"] for row in rows} == {
        '\'=cmd|" /C calc"!A0', "'+1", "'-1", "'@x", "'\tx", 'say "a", b\nc', "plain",
    }  # fmt: skip
    assert {(row["lng"], row["lat"], row["killed_min"], row["injured_max"]) for row in rows} == {
        ("43.13", "36.34", "3", "")
    }


def test_a_printed_page_has_map_legend_list_and_quotes(visit: "Open") -> None:
    page = visit(drawn(ALL_INCIDENTS), viewport={"width": 794, "height": 1123}).page
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    printed = page.locator("#printed")
    assert printed.locator(".card").count() == len(ALL_INCIDENTS)
    assert printed.locator("blockquote").count() == len(ALL_INCIDENTS)
    assert page.locator("#take, #query, .leaflet-control-zoom").locator("visible=true").count() == 0
    tops = [page.locator(where).bounding_box() for where in (".folium-map", "#legend", "#printed")]
    assert [box["y"] for box in tops if box] == sorted(box["y"] for box in tops if box)
    assert len(page.pdf()) > 20_000
    # Chromium prints a canvas with a white ground: the sea and the land are drawn on that of the marks
    alpha = """(() => { const copy = new OffscreenCanvas(9, 9).getContext('2d', { willReadFrequently: true });
        copy.drawImage(document.querySelector('.leaflet-marks-pane canvas'), 0, 0);
        return copy.getImageData(5, 5, 1, 1).data[3]; })()"""
    assert page.evaluate(alpha) == 255
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.wait_for_function(f"{alpha} === 0")
    assert printed.locator(".card").count() == 0


# Everywhere and for everyone ----------------------------------------------------------------------


def test_every_language_of_the_interface_is_drawn(visit: "Open") -> None:
    for language in languages():
        article = dataclasses.replace(MOSUL.articles[0], language=language)
        page = visit(drawn((dataclasses.replace(MOSUL, articles=(article,)), dataclasses.replace(BASRA)))).page
        words = json.loads(interface(language).table) if language != "en" else json.loads(interface("en").table)
        if language != "en":  # one article in each of two languages is a tie, which English wins
            page = visit(drawn((dataclasses.replace(MOSUL, articles=(article,)),))).page
        assert page.evaluate("document.documentElement.lang + document.documentElement.dir") == (
            language + words["direction"]
        )
        page.locator("#filters").evaluate("node => { node.open = true; }")
        page.locator("#list button").first.click()
        text = page.locator("body").inner_text()
        assert words["fields"]["confidence"] in text
        assert words["event_type"]["remote_violence"] in text
        assert not re.search(r"undefined|NaN|\[object|\{\w+\}", text)


@pytest.mark.parametrize("inline", [False, True])
def test_the_snippet_shows_a_map_in_a_page_and_its_downloads(visit: "Open", tmp_path: Path, *, inline: bool) -> None:
    Map(ENGLISH_INCIDENTS, title="Q & A", basemap=BASEMAP).save(tmp_path / "map.html")
    frame_ = snippet(str(tmp_path / "map.html"), src="map.html", height=500, inline=inline)
    opened = visit(f"<!DOCTYPE html><title>host</title>{frame_}", ready=False)
    frame = opened.page.frame_locator("iframe[title='Q & A']")
    frame.locator("html[data-ready]").wait_for(state="attached")
    with opened.page.expect_download() as event:
        frame.locator("[data-act=geojson]").click()
    assert len(json.loads(Path(event.value.path()).read_text("utf-8"))["features"]) == len(ENGLISH_INCIDENTS)
    frame.locator("#list button").first.click()
    frame.locator(".copy").click()
    frame.locator(".card .said").filter(has_text=re.compile("Cop(ied|y this)")).wait_for()
    opened.requests[:] = [url for url in opened.requests if not url.endswith("/map.html")]


def test_a_notebook_shows_it(visit: "Open") -> None:
    shown = Map(ENGLISH_INCIDENTS, basemap=BASEMAP)._repr_html_()
    page = visit(f"<!DOCTYPE html><title>cell</title>{shown}", ready=False).page
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached")
    assert frame.locator("#list button").count() == len(ENGLISH_INCIDENTS)


def test_tiles_are_asked_for_when_a_reader_says_so_and_of_one_host_only(visit: "Open") -> None:
    tiles = Tiles("https://tiles.example.org/{z}/{x}/{y}.png", "© <img src=x onerror=alert(1)>")
    opened = visit(drawn((MOSUL,), tiles=tiles))
    page = opened.page
    page.wait_for_timeout(200)
    assert all(url.startswith("file:") for url in opened.requests)
    page.get_by_label("Online base map from tiles.example.org").check()
    page.wait_for_timeout(300)
    asked = [url for url in opened.requests if not url.startswith("file:")]
    assert asked
    assert all(url.startswith("https://tiles.example.org/") for url in asked)
    assert "© <img src=x" in page.locator(".leaflet-control-attribution").inner_text()
    assert page.locator(".leaflet-control-attribution img").count() == 0
    page.evaluate("const other = new Image(); other.src = 'https://other.example.org/x.png';")
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in message for message in opened.messages)
    opened.messages.clear()  # there is no network here: every tile fails
    opened.requests[:] = [url for url in opened.requests if url.startswith("file:")]


def test_reduced_motion_stands_still(visit: "Open") -> None:
    page = visit(drawn((MOSUL,)), reduced_motion="reduce").page
    zoom = "Object.values(window).find(v => v instanceof L.Map).getZoom()"
    before = page.evaluate(zoom)
    page.locator(".leaflet-control-zoom-in").click()
    assert page.evaluate(zoom) == before + 1  # at once
    assert page.locator(".leaflet-zoom-anim").count() == 0


def test_controls_that_turn_text_are_shown_everywhere(visit: "Open") -> None:
    evil = "a\u202eb\u2066c\x00d\x1be"
    quote = dataclasses.replace(ROCKETS.evidence[0].quote, exact=evil, start=0, end=len(evil))
    incident = dataclasses.replace(
        ATTACKS_IRAQ,
        places=(dataclasses.replace(ATTACKS_IRAQ.places[0], as_written=evil, precision=Precision.ADMIN1),),
        actor=evil,
        evidence=(dataclasses.replace(ROCKETS.evidence[0], quote=quote, marks=()),),
    )
    page = visit(drawn((incident,))).page
    page.locator("#list button").click()
    for where in (".card h3", ".card blockquote", "#list .title"):
        assert page.locator(where).inner_text().removeprefix("عنف عن بعد – ") == "aU+202EbU+2066c\ufffddU+001Be"
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert "\u202e" not in page.locator("body").inner_text()
    assert page.locator("#printed .hidden-character").count() > 0


NAUGHTY = (
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "<svg/onload=window.hacked=1>",
    "{{7*7}} {% raw %} {%- for x in y %} {# #}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "${window.hacked=1} `${1}` \\`",
    "\\",
    "javascript:window.hacked=1",
    "data:text/html,<script>window.hacked=1</script>",
    "' onmouseover='window.hacked=1",
    '"><iframe srcdoc="<script>parent.hacked=1</script>">',
    "<!--<script>-->",
    "]]>",
    "&lt;b&gt; &#x3c;b&#x3e;",
    "a\u2028b\u2029c",
    "a\u202eb\u2066c\u2069d",
    "nul\x00bell\x07esc\x1b[31m",
    "lone \ud800 and \udfff",
    "\ufeff\ufffe\uffff",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
    "👩‍👩‍👧‍👦 🏳️‍🌈 🇺🇳",
    "الكل في المجمو عة (5 + 4)",
    "__proto__",
    "constructor",
    "undefined",
    "NaN",
    "1e309",
    "../../../etc/passwd%00",
    "=cmd|' /C calc'!A0",
    " " * 50,
    "",
    "W" * 5000,
)


def naughty(n: int, text: str) -> Incident:
    quote = dataclasses.replace(
        MOSUL.evidence[0].quote, exact=text, prefix=text, suffix=text, start=9, end=9 + len(text)
    )
    quote = dataclasses.replace(quote, article_id=f"a{n}")
    place = dataclasses.replace(MOSUL.places[0], as_written=text, name=text, country=text, admin1=text, place_id=text)
    article = dataclasses.replace(MOSUL.articles[0], id=f"a{n}", title=text, url=text, language=text)
    return dataclasses.replace(
        MOSUL, id=f"{n}{text}", title=text, event_type=text, sub_type=text, actor=text, target=text, weapon=text,
        damage=text, places=(place,), articles=(article,),
        evidence=(dataclasses.replace(MOSUL.evidence[0], quote=quote, marks=()),),
        reports=(dataclasses.replace(MOSUL.reports[0], source=text, article_id=f"a{n}", start=9),),
    )  # fmt: skip


def test_naughty_strings_in_every_field_are_text(visit: "Open") -> None:
    incidents = tuple(naughty(n, text) for n, text in enumerate(NAUGHTY))
    page = visit(drawn(incidents, title=" ".join(NAUGHTY)), viewport={"width": 1280, "height": 5000}).page
    page.locator("#filters").evaluate("node => { node.open = true; }")
    for n, text in enumerate(NAUGHTY):
        page.locator(f"#list [data-incident='{n}']").click()
        shown = page.locator(".leaflet-popup blockquote").evaluate("node => node.textContent")
        plain = re.sub("[\x00\ud800-\udfff]", "\ufffd", text)
        assert re.sub(r"U\+[0-9A-F]{4}", "", shown) == re.sub(
            "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]", "", plain
        )
        page.locator(".context-box").evaluate_all("nodes => nodes.forEach(node => { node.open = true; })")
    page.locator("#query").fill("<img src=x onerror=window.hacked=1>")
    wait_for_lines(page, 1)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img:not(.leaflet-tile), iframe, a[href^='javascript'], a[href^='data']").count() == 0
    rows = list(csv.DictReader(io.StringIO(downloaded(page, "csv").removeprefix("\ufeff"))))
    assert [row["title"] for row in rows] == ["<img src=x onerror=window.hacked=1>"]


def test_nothing_to_show_shows_no_controls(visit: "Open") -> None:
    page = visit(drawn(())).page
    assert page.locator("#search, #filters, #legend, #time, #take button").locator("visible=true").count() == 0
    assert page.locator(".leaflet-control-zoom").is_visible()


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        reason = f"no {AXE}: npm install --prefix tests/browser --ignore-scripts axe-core@4.10.3"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    content = AXE.read_bytes()
    assert hashlib.sha256(content).hexdigest() == AXE_SHA256
    return content.decode("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("incidents", [ARABIC_INCIDENTS, ENGLISH_INCIDENTS, ()], ids=["ar", "en", "none"])
def test_axe_finds_no_violation(visit: "Open", axe: str, scheme: str, incidents: tuple[Incident, ...]) -> None:
    page = visit(drawn(incidents), color_scheme=scheme).page
    page.locator("#filters").evaluate("node => { node.open = true; }")
    page.evaluate(axe)
    found = page.evaluate("axe.run().then(done => done.violations)")
    if incidents:
        page.locator("#list button").first.click()
        found += page.evaluate("axe.run().then(done => done.violations)")
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found] == []


def test_axe_finds_no_violation_on_a_phone(visit: "Open", axe: str) -> None:
    page = visit(drawn(ALL_INCIDENTS), viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True).page
    page.locator("#list button").first.tap()
    page.evaluate(axe)
    found = page.evaluate("axe.run().then(done => done.violations)")
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found] == []
