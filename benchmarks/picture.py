"""`python benchmarks/picture.py [MAP]`: the README's picture, docs/images/map.png, from the map of `make demo`.

Shows Iraq, Syria and their neighbours with the card of an incident at a site open; 256 colours keep it under 300 KB.
"""

import io
import json
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "images" / "map.png"
VIEW = "34.2,41.5,6"
SITE = "Ain al-Asad"
"""The incident whose card is shown: the first at a place of this name."""
IDS = "() => JSON.parse(document.getElementById('geomap-data').textContent)"


def main() -> None:
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "map.html"
    with sync_playwright() as playwright:
        path = "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1200, "height": 720})
        page.goto(given.resolve().as_uri())
        data = page.evaluate(IDS)
        chosen = next(n for n, k in enumerate(data["incidents"]["place"]) if SITE in _name(data, k))
        page.goto("about:blank")  # a link is read when the map is opened
        page.goto(f"{given.resolve().as_uri()}#at={VIEW}&incident={data['incidents']['id'][chosen]}")
        page.wait_for_selector("html[data-ready]", state="attached")
        page.wait_for_timeout(500)
        shot = page.screenshot()
        browser.close()
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    image.quantize(256, dither=Image.Dither.FLOYDSTEINBERG).save(TARGET, optimize=True)
    print(json.dumps({"file": str(TARGET.relative_to(ROOT)), "bytes": TARGET.stat().st_size}))


def _name(data: dict[str, dict[str, list[int]]], place: int) -> str:
    return str(data["strings"][data["places"]["name"][place]]) if place >= 0 else ""  # type: ignore[call-overload]


if __name__ == "__main__":
    main()
