"""The map in a real Chromium, from disk, without a network. `visit` fails what requests or complains."""

import dataclasses
import html
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from incident_samples import (
    ALL_INCIDENTS,
    ARABIC_INCIDENTS,
    ARTICLE_AR,
    ATTACKS_IRAQ,
    BASEMAP,
    ENGLISH_INCIDENTS,
    MOSUL,
    NOWHERE,
    ROCKETS,
)
from map_page import entry

from geomap.incident import Evidence, Incident, Mark, Quote
from geomap.maps import Map

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Visit
    from playwright.sync_api import Page

    Open = Callable[..., Visit]

pytestmark = pytest.mark.browser

PHONE = {
    "viewport": {"width": 390, "height": 800},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}


def drawn(incidents: tuple[Incident, ...], **options: Any) -> str:
    return Map(incidents, basemap=BASEMAP, **options).html()


def choose(page: "Page", incident: Incident) -> None:
    entry(page, incident).click()


def shoot(page: "Page", name: str) -> None:
    """Keep a picture where the environment says, for a person to look at."""
    if folder := os.environ.get("GEOMAP_SCREENSHOTS"):
        page.wait_for_timeout(300)
        page.screenshot(path=Path(folder) / f"{name}.png")


def inked(page: "Page", where: str) -> int:
    """Count the pixels that a canvas has drawn."""
    return int(
        page.evaluate(
            """where => { const canvas = document.querySelector(where);
            const copy = new OffscreenCanvas(canvas.width, canvas.height)
              .getContext('2d', { willReadFrequently: true });
            copy.drawImage(canvas, 0, 0);
            const pixels = copy.getImageData(0, 0, canvas.width, canvas.height).data;
            let n = 0; for (let k = 3; k < pixels.length; k += 4) n += pixels[k] > 0; return n; }""",
            where,
        )
    )


def test_the_map_draws_its_base_its_marks_and_its_list(visit: "Open") -> None:
    page = visit(drawn(ALL_INCIDENTS)).page
    assert page.locator("#list button").count() == len(ALL_INCIDENTS)
    assert page.locator(".area-label").all_inner_texts() != []
    assert inked(page, ".leaflet-base-pane canvas") > 10_000
    assert inked(page, ".leaflet-marks-pane canvas") > 10_000
    attribution = page.locator(".leaflet-control-attribution")
    assert all(name in attribution.inner_text() for name in ("Leaflet", "Natural Earth", "GeoNames"))
    assert attribution.locator("svg").count() == 0  # no flag
    assert "km" in page.locator(".leaflet-control-scale").inner_text()
    shoot(page, "desktop-ar")


def test_an_arabic_quote_is_right_to_left_with_its_words_highlighted(visit: "Open") -> None:
    page = visit(drawn(ARABIC_INCIDENTS)).page
    assert page.evaluate("document.documentElement.dir") == "rtl"
    choose(page, ROCKETS)
    quote = page.locator(".leaflet-popup blockquote")
    assert quote.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert quote.get_attribute("lang") == "ar"
    assert quote.inner_text() == ROCKETS.evidence[0].quote.exact  # with its emoji
    marks = quote.locator("mark")
    assert marks.all_inner_texts() == ["سقطا", "مساء الخميس 7 كانون الأول/ديسمبر", "المنطقة الخضراء", "بغداد"]
    assert [mark.get_attribute("class") for mark in marks.all()] == [
        "mark-trigger",
        "mark-date",
        "mark-place",
        "mark-place",
    ]
    card = page.locator(".leaflet-popup .card").inner_text()
    for part in (
        "7 ديسمبر 2023",
        "يوم محدد",
        "المنطقة الخضراء",
        "ذكره مسؤولون",
        "لا أحد، بحسب النص",
        "ضمن 2.5 كم تقريبًا",
    ):
        assert part in card
    shoot(page, "popup-ar")


def test_an_english_page_reads_left_to_right_and_quotes_arabic_right_to_left(visit: "Open") -> None:
    page = visit(drawn((*ENGLISH_INCIDENTS, ROCKETS))).page
    assert page.evaluate("document.documentElement.dir") == "ltr"
    choose(page, ROCKETS)
    assert page.locator("blockquote").evaluate("node => getComputedStyle(node).direction") == "rtl"
    choose(page, MOSUL)
    assert page.locator("blockquote").evaluate("node => getComputedStyle(node).direction") == "ltr"
    card = page.locator(".leaflet-popup .card").inner_text()
    for part in (
        "Remote violence: bombing",
        "5 December 2023",
        "Killed",
        "at least 12",
        "stated by officials",
        "Mosul, Iraq",
    ):
        assert part in card
    assert page.locator(".source").inner_text() == "Reported by: police (official, reports)"
    shoot(page, "popup-en")


def test_the_link_to_the_article_tells_its_page_nothing(visit: "Open") -> None:
    page = visit(drawn((ROCKETS,))).page
    choose(page, ROCKETS)
    link = page.locator(".article a")
    assert link.get_attribute("href") == ARTICLE_AR.url
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("target") == "_blank"
    assert page.locator(".article .host").inner_text() == "example.org"


def test_an_area_is_a_polygon_with_a_label_that_counts(visit: "Open") -> None:
    page = visit(drawn(ARABIC_INCIDENTS)).page
    labels = {text.strip() for text in page.locator(".area-label").all_inner_texts()}
    assert labels == {"العراق ≥ 23", "سوريا 18"}  # 22 and an unknown number of strikes
    page.locator(".area-label", has_text="العراق").click()
    inside = page.locator(".leaflet-popup .incidents button")
    assert inside.count() == 2
    inside.first.click()
    assert "منطقة: دولة" in page.locator(".leaflet-popup dl").inner_text()
    page.locator(".back").click()
    assert inside.count() == 2
    shoot(page, "area-ar")


def test_the_middle_of_an_area_has_no_pin(visit: "Open") -> None:
    page = visit(drawn((ATTACKS_IRAQ,))).page
    assert page.locator(".leaflet-marker-icon").count() == 0
    assert page.locator(".area-button .area-label").count() == 1
    assert page.locator("img").count() == 0


def test_a_point_is_opened_by_a_click_and_shows_its_circle(visit: "Open") -> None:
    page = visit(drawn((MOSUL,))).page
    before = inked(page, ".leaflet-marks-pane canvas")
    assert before > 2_000  # 12 km matter at this zoom: the circle is drawn faintly
    box = page.locator(".folium-map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)  # a lone point is in the middle
    assert page.locator(".leaflet-popup h3").inner_text() == "Bombing – Mosul"
    page.wait_for_timeout(300)
    assert inked(page, ".leaflet-marks-pane canvas") > before  # a larger mark, and its circle in full ink
    page.locator(".leaflet-popup-close-button").click()
    page.wait_for_timeout(400)
    assert inked(page, ".leaflet-marks-pane canvas") == before


def test_an_incident_without_a_place_is_read_in_a_sheet(visit: "Open") -> None:
    page = visit(drawn((NOWHERE, *ENGLISH_INCIDENTS))).page
    choose(page, NOWHERE)
    assert page.locator(".leaflet-popup").count() == 0
    assert "Not on the map" in page.locator("#sheet").inner_text()
    page.locator("#sheet .close").click()
    assert page.locator("#sheet").is_hidden()


def test_the_keyboard_opens_reads_and_closes(visit: "Open") -> None:
    page = visit(drawn((MOSUL, NOWHERE))).page
    page.locator("#legend summary").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".leaflet-popup h3").inner_text() == "Bombing – Mosul"
    assert page.evaluate("document.activeElement.tagName") == "H3"
    assert page.locator("#list [aria-current]").inner_text().startswith("Bombing – Mosul")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href") == "https://example.com/mosul"
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    assert page.locator(".leaflet-popup").count() == 0
    assert page.evaluate("document.activeElement.dataset.incident") == "0"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("#sheet h3").inner_text() == "Explosion"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.incident") == "1"


def test_an_area_is_reached_by_keyboard(visit: "Open") -> None:
    page = visit(drawn((ATTACKS_IRAQ,))).page
    label = page.get_by_role("button", name="العراق: 22")
    label.focus()
    page.keyboard.press("Enter")
    assert page.locator(".leaflet-popup h3").inner_text() == "عنف عن بعد – العراق"


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "{{7*7}} {% raw %} ${alert(1)} \\`",
    '"><svg onload=alert(1)>',
    "\u2028\u2029\x00\ud800",
    "javascript:alert(1)",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(visit: "Open", text: str) -> None:
    evidence = Evidence(Quote("sample-en", text, "", "", 0, len(text)), (), (Mark(0, len(text), "place"),))
    place = dataclasses.replace(ATTACKS_IRAQ.places[0], as_written=text, name=text, country=text)
    article = dataclasses.replace(ARTICLE_AR, id="sample-en", title=text, url=text, language=text)
    incident = dataclasses.replace(
        ATTACKS_IRAQ, title=text, event_type=text, actor=text, target=text, weapon=text, damage=text,
        places=(place,), evidence=(evidence,), articles=(article,),
        reports=(dataclasses.replace(ATTACKS_IRAQ.reports[0], source=text, article_id="sample-en", start=0),),
    )  # fmt: skip
    page = visit(drawn((incident,), title=text)).page
    page.locator("#list button").click()
    shown = text.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    assert page.locator("blockquote").evaluate("node => node.textContent") == shown
    assert shown.lower() in page.locator(".card h3").evaluate("node => node.textContent").lower()
    assert page.locator("h1").evaluate("node => node.textContent") == shown
    assert page.locator("a[href^='javascript'], img, .article a").count() == 0
    assert page.evaluate("window.hacked") is None


def test_bidi_controls_are_visible_and_turn_nothing(visit: "Open") -> None:
    title = "invoice\u202egnp.exe"
    place = dataclasses.replace(MOSUL.places[0], as_written=title)
    page = visit(drawn((dataclasses.replace(MOSUL, places=(place,)),), title=title)).page
    assert page.locator("#list .title").inner_text() == "Bombing – invoiceU+202Egnp.exe"
    assert page.locator("#list .hidden-character").inner_text() == "U+202E"
    assert "\u202e" not in page.locator("body").inner_text()
    assert page.title() == "invoice\ufffdgnp.exe"


def test_a_phone_gets_a_sheet_and_no_sideways_scrolling(visit: "Open") -> None:
    page = visit(drawn(ALL_INCIDENTS), **PHONE).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shoot(page, "phone-ar")
    entry(page, ROCKETS).tap()
    assert page.locator("#sheet blockquote").inner_text() == ROCKETS.evidence[0].quote.exact
    sheet = page.locator("#sheet").bounding_box()
    assert sheet
    assert sheet["width"] == 390
    shoot(page, "phone-card-ar")


def test_dark_is_dark(visit: "Open") -> None:
    light = visit(drawn(ENGLISH_INCIDENTS), color_scheme="light").page
    dark = visit(drawn(ENGLISH_INCIDENTS), color_scheme="dark").page
    colour = "getComputedStyle(document.body).backgroundColor"
    assert (light.evaluate(colour), dark.evaluate(colour)) == ("rgb(255, 255, 255)", "rgb(27, 30, 34)")
    choose(dark, MOSUL)
    shoot(dark, "dark-en")
    light.emulate_media(color_scheme="dark")
    light.wait_for_timeout(200)
    canvas = "document.querySelector('.leaflet-base-pane canvas')"
    pixel = f"{canvas}.getContext('2d').getImageData(5, 5, 1, 1).data.join()"
    assert light.evaluate(pixel) == dark.evaluate(pixel) == "43,48,54,255"


@pytest.mark.parametrize("how", ["src", "srcdoc"])
def test_a_sandboxed_frame_shows_it(visit: "Open", tmp_path: Path, how: str) -> None:
    text = drawn(ARABIC_INCIDENTS)
    (tmp_path / "map.html").write_bytes(text.encode())
    source = 'src="map.html"' if how == "src" else f'srcdoc="{html.escape(text)}"'
    frame_ = f'<iframe sandbox="allow-scripts" width=900 height=600 {source}></iframe>'
    host = f"<!DOCTYPE html><title>host</title>{frame_}"
    opened = visit(host, ready=False)
    frame = opened.page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached")
    entry(frame, ROCKETS).click()
    assert frame.locator("blockquote").inner_text() == ROCKETS.evidence[0].quote.exact
    opened.requests[:] = [url for url in opened.requests if not url.endswith("/map.html")]


def test_two_maps_on_one_page(visit: "Open") -> None:
    frames = "".join(
        f'<iframe srcdoc="{html.escape(drawn(i))}" height=500></iframe>' for i in (ARABIC_INCIDENTS, ENGLISH_INCIDENTS)
    )
    page = visit(f"<!DOCTYPE html><title>two</title>{frames}", ready=False).page
    for index, count in enumerate((len(ARABIC_INCIDENTS), len(ENGLISH_INCIDENTS))):
        frame = page.frame_locator("iframe").nth(index)
        frame.locator("html[data-ready]").wait_for(state="attached")
        assert frame.locator("#list button").count() == count


def test_own_layers_of_folium_are_drawn(visit: "Open") -> None:
    import folium

    mine = Map((MOSUL,), basemap=BASEMAP).to_folium()
    folium.Marker([36.0, 43.0]).add_to(mine)
    folium.Marker([36.2, 43.2], icon=folium.DivIcon(html="<b>here</b>"), tooltip="mine").add_to(mine)
    page = visit(mine.get_root().render()).page
    picture = page.locator("img.leaflet-marker-icon")
    assert picture.evaluate("node => node.complete && node.naturalWidth") == 25
    assert page.locator("b", has_text="here").inner_text() == "here"


def test_the_policy_stops_what_the_page_did_not_write(visit: "Open") -> None:
    opened = visit(drawn((MOSUL,)))
    opened.page.evaluate(
        """() => { const script = document.createElement('script'); script.textContent = 'window.hacked = 1';
        document.body.append(script);
        const image = new Image(); image.src = 'file:///etc/hostname'; document.body.append(image);
        const button = document.createElement('button'); button.setAttribute('onclick', 'window.hacked = 1');
        document.body.append(button); button.click(); }"""
    )
    assert opened.page.evaluate("window.hacked") is None
    opened.page.wait_for_timeout(100)
    assert len(opened.messages) == 3
    assert all("Content Security Policy" in message for message in opened.messages)
    opened.messages.clear()
    opened.requests.remove("file:///etc/hostname")  # noted when it is tried; the policy stopped it, as it says


def test_no_incidents_is_said(visit: "Open") -> None:
    page = visit(drawn(())).page
    assert "The articles report no incident." in page.locator("#side").inner_text()
