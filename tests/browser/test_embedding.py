"""The recipes of docs/how-to/embed.md, as far as a browser can try them.

A recipe is skipped where what makes its page is missing: pandoc (or PyPI's pypandoc_binary), which Quarto renders with,
and nbconvert with a kernel, which runs a notebook.
"""

import os
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest
from incident_samples import BASEMAP, ENGLISH_INCIDENTS

from geomap.maps import Map
from geomap.maps.embed import snippet

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Visit

    Open = Callable[..., Visit]

pytestmark = pytest.mark.browser

NOTEBOOK = """
from incident_samples import BASEMAP, ENGLISH_INCIDENTS
import geomap
geomap.Map(ENGLISH_INCIDENTS, basemap=BASEMAP)
"""


@pytest.fixture
def frame(tmp_path: Path) -> str:
    """A map beside the page, and the frame that shows it."""
    Map(ENGLISH_INCIDENTS, basemap=BASEMAP).save(tmp_path / "map.html")
    return snippet(str(tmp_path / "map.html"), src="map.html")


def shows_the_map(opened: "Visit") -> None:
    """Whether the frame of a page holds a map that a reader can use."""
    found = opened.page.locator("iframe")
    found.scroll_into_view_if_needed()
    inside = opened.page.frame_locator("iframe")
    inside.locator("html[data-ready]").wait_for(state="attached")
    assert inside.locator("#list button").count() == len(ENGLISH_INCIDENTS)
    inside.locator("#list button").first.click()
    assert inside.locator(".card blockquote").first.inner_text() != ""
    opened.requests[:] = [url for url in opened.requests if not url.endswith("/map.html")]


# Quarto: its raw block goes through pandoc as it is -----------------------------------------------


def pandoc() -> str:
    path = shutil.which("pandoc")
    if path is None and find_spec("pypandoc"):
        import pypandoc

        path = str(pypandoc.get_pandoc_path())
    if path is None:
        pytest.skip("no pandoc: apt install pandoc, or pip install pypandoc_binary")
    return path


@pytest.mark.parametrize("kind", ["linked", "one file, frame left", "one file, frame taken in"])
def test_a_raw_block_of_quarto_shows_the_map(visit: "Open", tmp_path: Path, frame: str, kind: str) -> None:
    tool = pandoc()
    if kind != "one file, frame taken in":
        frame = frame.replace('src="map.html"', 'src="map.html" data-external="1"')
    text = f"---\ntitle: Report\n---\n\nBefore.\n\n```{{=html}}\n{frame}```\n\nAfter.\n"
    (tmp_path / "report.md").write_text(text, "utf-8")
    how = [] if kind == "linked" else ["--embed-resources"]
    command = [tool, "--standalone", *how, "--to=html5", "--output=report.html", "report.md"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    made = (tmp_path / "report.html").read_text("utf-8")
    assert ('src="map.html"' in made) == (kind != "one file, frame taken in")
    shows_the_map(visit(made, ready=False))


# WordPress ----------------------------------------------------------------------------------------

THEME = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Post</title><style>
:root { --wp--style--global--content-size: 645px; }
iframe, img { max-width: 100%; }
img { height: auto; }
.is-layout-constrained > * { max-width: var(--wp--style--global--content-size); margin-inline: auto; }
.wp-embed-responsive .wp-block-embed__wrapper iframe { position: absolute; inset: 0; width: 100%; height: 100%; }
*, ::before, ::after { box-sizing: border-box; }
</style></head><body class="wp-embed-responsive single-post"><main>
<div class="entry-content wp-block-post-content is-layout-constrained"><p>Before.</p>
"""
"""A page as the block themes of WordPress write it: a column, and rules for frames and pictures in it."""


def test_a_custom_html_block_of_wordpress_shows_the_map(visit: "Open", frame: str) -> None:
    opened = visit(f"{THEME}{frame}<p>After.</p></div></main></body></html>", ready=False)
    shows_the_map(opened)
    box = opened.page.locator("iframe").bounding_box()
    assert box
    assert (box["width"], box["height"]) == (645, 640)


class Kept(HTMLParser):
    """What wp_kses leaves of a post of an author: no frame, script or form; these elements, with these attributes."""

    ALLOWED: ClassVar = {
        "figure": {"class"},
        "figcaption": {"class"},
        "a": {"href", "rel", "target"},
        "img": {"src", "alt", "class"},
    }

    def __init__(self, html_: str) -> None:
        super().__init__()
        self.out = ""
        self.feed(html_)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.ALLOWED:
            kept = "".join(f' {name}="{value}"' for name, value in attrs if name in self.ALLOWED[tag])
            self.out += f"<{tag}{kept}>"

    def handle_endtag(self, tag: str) -> None:
        self.out += f"</{tag}>" if tag in self.ALLOWED else ""

    def handle_data(self, data: str) -> None:
        self.out += data


PICTURE = (
    '<figure class="wp-block-image"><a href="map.html"><img src="map.png" alt="Map of four reported incidents"></a>'
    "<figcaption>Press the picture for the map with its quotes.</figcaption></figure>"
)


def test_a_linked_picture_is_what_an_author_without_the_right_can_post(
    visit: "Open", tmp_path: Path, frame: str
) -> None:
    pytest.importorskip("matplotlib")
    Map(ENGLISH_INCIDENTS, basemap=BASEMAP).picture(tmp_path / "map.png")
    assert "iframe" not in Kept(frame).out
    kept = Kept(PICTURE).out
    assert kept == PICTURE
    opened = visit(f"{THEME}{kept}</div></main></body></html>", ready=False)
    assert opened.page.locator("img").evaluate("node => node.naturalWidth") > 2000
    opened.page.locator("img").click()
    opened.page.wait_for_selector("html[data-ready]", state="attached")
    assert opened.page.locator("#list button").count() == len(ENGLISH_INCIDENTS)
    opened.requests[:] = [url for url in opened.requests if not url.endswith(("/map.html", "/map.png"))]


# Jupyter ------------------------------------------------------------------------------------------


def test_an_executed_notebook_shows_the_map_in_its_cell(visit: "Open", monkeypatch: pytest.MonkeyPatch) -> None:
    for needed in ("nbconvert", "ipykernel"):
        if find_spec(needed) is None:
            pytest.skip(f"no {needed}: pip install nbconvert ipykernel")
    import nbformat
    from nbconvert import HTMLExporter
    from nbconvert.preprocessors import ExecutePreprocessor

    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # the kernel finds what this process finds
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(NOTEBOOK.strip())])
    ExecutePreprocessor(timeout=120, kernel_name="python3").preprocess(notebook, {})
    page, _ = HTMLExporter(template_name="basic").from_notebook_node(notebook)
    shows_the_map(visit(f'<!DOCTYPE html><html lang="en"><title>notebook</title>{page}</html>', ready=False))
