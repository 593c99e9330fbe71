"""`python benchmarks/maps.py [SIZE ...] [--peers FOLDER]`: the map's build, file, ready, zoom and filter.

Incidents are made up, the same each run: half English, half Arabic, one quote of some 130 characters each, three of an
article, nine tenths at one of N/5 towns and the rest in one of 80 areas. The same are drawn with folium's Marker, its
GeoJson on canvas, and FastMarkerCluster, for which FOLDER/node_modules holds npm's jquery and leaflet.markercluster
(`npm install jquery@3.7.1 leaflet.markercluster@1.5.3`): their pages ask a CDN for them, and here is no network.

build  seconds of ``Map(...).html()`` in a process that has imported folium; ready  from navigation to the second frame
after the load event; zoom, filter, search  from the call or click to the second frame after it. Medians of 3.
"""

import argparse
import html
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from math import cos, pi, sin
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from folium.plugins import FastMarkerCluster

from gazetteer.geometry import Geometry
from gazetteer.place import LngLat, PlaceKind, Precision
from geomap.incident import (
    SUB_TYPES,
    ArticleRef,
    DateBasis,
    DatePrecision,
    Evidence,
    Incident,
    IncidentPlace,
    Mark,
    Quote,
    Report,
    Span,
    Status,
    When,
)
from geomap.maps import Map, leaflet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

RUNS = 3
AREAS = 80
MARKER_LIMIT = 10_000
"""folium's Marker at 100,000 takes minutes and gigabytes."""
ENGLISH = (
    "Officials in {place} said that {n} people were hurt when shells hit a street near the old market on {day}, "
    "and roads were closed."
)
ARABIC = (
    "قال مسؤولون في {place} إن {n} أشخاص أصيبوا حين سقطت قذائف على شارع قرب السوق القديم يوم {day}، "
    "وأُغلقت الطرق المؤدية إليه."
)
AGGREGATE = False
SUPPORTS = ("type", "place", "date")
FIRST_DAY = date(2022, 1, 1)


def chance(n: int, salt: int, below: int) -> int:
    """Give a number that looks like chance and is the same each run (Knuth's multiplicative hash)."""
    mixed = (n * 2_654_435_761 + salt * 40_503) % 2**32
    return (mixed ^ (mixed >> 15)) * 2_246_822_519 % 2**32 % below


def places(count: int) -> list[tuple[IncidentPlace, Geometry]]:
    made = []
    for k in range(count // 5 + AREAS):
        area = k < AREAS
        point = LngLat(30 + chance(k, 1, 30_000) / 1000, 15 + chance(k, 2, 25_000) / 1000)
        geometry = Geometry("Point", point)
        if area:
            radius = 0.4 + chance(k, 3, 100) / 100
            turns = [2 * pi * t / 60 for t in range(60)]
            ring = [
                LngLat(
                    round(point.lng + radius * cos(t) * (1 + sin(5 * t) / 5), 5), round(point.lat + radius * sin(t), 5)
                )
                for t in turns
            ]
            geometry = Geometry("Polygon", ((*ring, ring[0]),))
        name = f"{'Province' if area else 'Town'} {k}"
        precision = Precision.ADMIN1 if area else Precision.SETTLEMENT
        kind = PlaceKind.ADMIN1 if area else PlaceKind.SETTLEMENT
        metres = 80_000.0 if area else 3000.0 + 100 * chance(k, 4, 90)
        place = IncidentPlace(
            "", name, 0, 0, f"made:{k}", name, kind, point, "IQ", None, "in", precision, metres, 0.9, (), ()
        )
        made.append((place, geometry))
    return made


def incidents(count: int) -> list[Incident]:
    where = places(count)
    types = tuple(SUB_TYPES)
    statuses = (Status.REPORTED, Status.REPORTED, Status.OFFICIAL, Status.CLAIMED, Status.DISPUTED, Status.DENIED)
    made = []
    for n in range(count):
        pick = chance(n, 5, AREAS) if chance(n, 6, 10) == 0 else AREAS + chance(n, 7, len(where) - AREAS)
        place, geometry = where[pick]
        arabic = n % 2 == 1
        day = FIRST_DAY + timedelta(days=chance(n, 8, 900))
        hurt = 2 + chance(n, 9, 40)
        text = (ARABIC if arabic else ENGLISH).format(place=place.name, n=hurt, day=day.isoformat())
        m = n // 3
        article = ArticleRef(
            f"article-{m}", f"Report {m}", f"https://news{m % 7}.example/{m}", day, "ar" if arabic else "en"
        )
        start = 1000 * (n % 3)
        trigger = "قذائف" if arabic else "shells"

        def mark(words: str, what: Any, text: str = text, start: int = start) -> Mark:
            at = start + text.index(words)
            return Mark(at, at + len(words), what)

        marks = (mark(place.name, "place"), mark(trigger, "trigger"), mark(day.isoformat(), "date"))
        event = types[chance(n, 10, len(types))]
        made.append(
            Incident(
                f"{n:012x}", f"{trigger} — {place.name}", event, SUB_TYPES[event][0],
                When(day, day, DatePrecision.DAY, DateBasis.EXPLICIT), (place,), geometry, Span(1, 1), AGGREGATE, None,
                Span(hurt, hurt), None, None, None, trigger, None, statuses[chance(n, 11, 6)],
                0.3 + chance(n, 12, 70) / 100, 0.9,
                (Evidence(Quote(article.id, text, "", "", start, start + len(text)), SUPPORTS, marks),),
                (Report("مسؤولون" if arabic else "Officials", "official", "reports", article.id, start, start + 9),),
                (article,), 1,
            )
        )  # fmt: skip
    return made


# How each draws them -------------------------------------------------------------------------------


def ours(given: list[Incident]) -> str:
    return Map(given).html()


def _popup(incident: Incident) -> str:
    quote = html.escape(incident.evidence[0].quote.exact)
    return f"<b>{html.escape(incident.title)}</b><br>{incident.when.start}<br>{quote}"


def _at(incident: Incident) -> tuple[float, float]:
    point = incident.places[0].point
    return point.lat, point.lng


def marker(given: list[Incident]) -> str:
    drawn = folium.Map([27, 45], zoom_start=5, tiles=None)
    for incident in given:
        folium.Marker(_at(incident), popup=_popup(incident)).add_to(drawn)
    return str(drawn.get_root().render())


def geojson(given: list[Incident]) -> str:
    drawn = folium.Map([27, 45], zoom_start=5, tiles=None, prefer_canvas=True)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": list(_at(i))[::-1]},
            "properties": {"title": i.title, "day": str(i.when.start), "quote": i.evidence[0].quote.exact},
        }
        for i in given
    ]
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        marker=folium.CircleMarker(radius=5),
        popup=folium.GeoJsonPopup(["title", "day", "quote"]),
    ).add_to(drawn)
    return str(drawn.get_root().render())


def cluster(given: list[Incident]) -> str:
    drawn = folium.Map([27, 45], zoom_start=5, tiles=None)
    callback = "function (row) { return L.marker([row[0], row[1]]).bindPopup(row[2]); }"
    FastMarkerCluster([[*_at(i), _popup(i)] for i in given], callback=callback).add_to(drawn)
    return str(drawn.get_root().render())


# In the browser ------------------------------------------------------------------------------------

FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
ZOOM = f"""async () => {{
    const map = Object.values(window).find(v => v instanceof L.Map); const begin = performance.now();
    map.setZoom(map.getZoom() + 1, {{ animate: false }}); return await {FRAMES} - begin; }}"""
FILTER = f"""async () => {{ document.querySelector('#filters').open = true; await {FRAMES};
    const box = document.querySelector('#filters input[name=type]'); const begin = performance.now();
    box.click(); return await {FRAMES} - begin; }}"""
SEARCH = f"""async () => {{ const box = document.querySelector('#query'); const begin = performance.now();
    box.value = 'market town 1'; box.dispatchEvent(new Event('input')); await new Promise(r => setTimeout(r, 121));
    return await {FRAMES} - begin - 121; }}"""


def vendored(folder: Path | None) -> Callable[["Route"], None]:
    """Answer what folium's pages ask a CDN for: from npm's files, or with nothing."""
    files = {"leaflet.js": leaflet.read("leaflet.js"), "leaflet.css": leaflet.read("leaflet.css")}
    if folder:
        modules = folder / "node_modules"
        files["jquery"] = (modules / "jquery/dist/jquery.min.js").read_bytes()
        plugin = "leaflet.markercluster"
        files[f"{plugin}.js"] = (modules / plugin / f"dist/{plugin}.js").read_bytes()

    def answer(route: "Route") -> None:
        url = route.request.url
        if url.startswith(("file:", "data:", "blob:")):
            route.continue_()
            return
        body = next((content for name, content in files.items() if name in url), b"")
        route.fulfill(body=body, content_type="text/css" if url.endswith(".css") else "text/javascript")

    return answer


def measure(browser: "Browser", file: Path, folder: Path | None, *, is_ours: bool) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page: Page = context.new_page()
    page.set_default_timeout(300_000)
    if not is_ours:
        page.route("**/*", vendored(folder))
    page.goto(file.as_uri(), wait_until="load", timeout=300_000)
    found = {"ready": page.evaluate(FRAMES)}
    found["zoom"] = page.evaluate(ZOOM)
    if is_ours:
        found["filter"] = page.evaluate(FILTER)
        found["first search"] = page.evaluate(SEARCH)
        page.evaluate("document.querySelector('#query').value = ''")
        found["search"] = page.evaluate(SEARCH.replace("market", "street"))
    context.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 10_000, 100_000])
    parser.add_argument("--peers", type=Path, help="folder whose node_modules holds jquery and leaflet.markercluster")
    parser.add_argument("--runs", type=int, default=RUNS, help="default: %(default)s")
    parser.add_argument(
        "--only", action="append", default=[], help="some of: geomap, Marker, GeoJson, FastMarkerCluster"
    )
    arguments = parser.parse_args()
    from playwright.sync_api import sync_playwright

    makers: dict[str, Callable[[list[Incident]], str]] = {"geomap": ours}
    if arguments.peers:
        makers |= {"folium Marker": marker, "folium GeoJson, canvas": geojson, "FastMarkerCluster": cluster}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        path = "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for size in arguments.sizes:
            given = incidents(size)
            for name, make in makers.items():
                if make is marker and size > MARKER_LIMIT:
                    continue
                if arguments.only and not any(word in name for word in arguments.only):
                    continue
                runs = []
                for _ in range(arguments.runs):
                    begin, worked = time.perf_counter(), time.process_time()
                    text = make(given)
                    build, cpu = time.perf_counter() - begin, time.process_time() - worked
                    file = Path(folder) / "map.html"
                    file.write_text(text, "utf-8")
                    runs.append(
                        {"build": build, "cpu": cpu, "MB": file.stat().st_size / 1e6}
                        | measure(browser, file, arguments.peers, is_ours=make is ours)
                    )
                median = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
                print(f"{size:7} {name:24}", _line(median), flush=True)
        browser.close()


def _line(median: dict[str, float]) -> str:
    build, cpu, size, ready = (median.pop(key) for key in ("build", "cpu", "MB", "ready"))
    seconds = f"build {build:.2f} s ({cpu:.2f} s of one core)  file {size:.2f} MB  ready {ready / 1000:.2f} s"
    return "  ".join([seconds, *(f"{key} {value:.0f} ms" for key, value in median.items())])


if __name__ == "__main__":
    sys.exit(main())
