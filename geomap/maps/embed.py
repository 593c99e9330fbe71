"""The HTML that puts a written map into another page."""

import html
import re
from pathlib import Path
from urllib.parse import quote

from geomap.errors import MapError

SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
"""Its own script, links to articles in new tabs that work as any, and the downloads. Nothing of the page around it."""
_TITLE = re.compile(r"<title>([^<]*)</title>")
_MARK = '<script type="application/json" id="geomap-data">'


def snippet(path: str, *, src: str | None = None, height: int = 640, inline: bool = False) -> str:
    r"""Give the frame that shows a map.

    Parameters
    ----------
    path
        The map's file.
    src
        Where the page will find it; by default the path as given.
    height
        Of the frame, in CSS pixels.
    inline
        Put the whole map into the snippet: one file less, but a page whose own policy forbids scripts stops it.

    Raises
    ------
    MapError
        When the file can't be read or is no map of geomap.

    Examples
    --------
    >>> import tempfile
    >>> from geomap import Map
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Map([], title="Q & A").save(f"{folder}/map.html")
    ...     print(snippet(f"{folder}/map.html", src="map.html"))
    <iframe src="map.html" title="Q &amp; A" width="100%" height="640" style="border:0" loading="lazy"
      sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"></iframe>
    <BLANKLINE>
    """
    try:
        text = Path(path).read_bytes().decode("utf-8")
    except (OSError, ValueError) as problem:
        raise MapError(f"{path}: it can't be read ({problem}): give a map that `geomap map` wrote") from None
    title = _TITLE.search(text)
    if title is None or _MARK not in text:
        raise MapError(f"{path}: it is no map of geomap: make one with `geomap map ARTICLES -o map.html`")
    where = f'srcdoc="{html.escape(text)}"' if inline else f'src="{html.escape(src or _relative(path))}"'
    return (
        f'<iframe {where} title="{title[1]}" width="100%" height="{height}" style="border:0" loading="lazy"\n'
        f'  sandbox="{SANDBOX}"></iframe>\n'
    )


def _relative(path: str) -> str:
    """Write a file's path as an address."""
    return quote(path.replace("\\", "/"))
