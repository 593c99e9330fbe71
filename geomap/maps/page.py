"""The page: folium's element tree, rendered into one file that asks no network for anything.

folium and branca compile every string they render as a Jinja template, and would run what an article says.
So no text of an article is given to them: it goes into one block of JSON that `DataBlock` writes, and the
script builds the popups from it with ``textContent``. `Page` renders the tree, puts the files in place of the
links that folium adds, refuses any other address, and lets the browser run nothing but what it wrote itself:
the Content-Security-Policy names each script and style by its hash.
"""

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

import folium
from branca.element import Element, Figure, Link
from folium.template import Template

from geomap.errors import MapError
from geomap.maps import leaflet
from geomap.maps.columns import clean
from geomap.maps.interface import Interface
from geomap.maps.payload import Payload

SCRIPTS = (
    "data.js", "text.js", "shapes.js", "base.js", "names.js", "marks.js", "labels.js", "search.js", "filters.js",
    "timeline.js", "card.js", "list.js", "takeaway.js", "permalink.js", "map.js",
)  # fmt: skip
"""The files in ``script/``, in the order in which they need each other."""

_IN_JSON = tuple((c, f"\\u{ord(c):04x}") for c in "<>&\u2028\u2029")
_BIDI_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x1f\x7f-\x9f]")
_ADDRESS = re.compile(
    r"""(?:\b(?:https?|wss?|ftp)://(?!www\.w3\.org/)      # a name space is an address that nobody asks
      |(?:\b(?:src|href)\s*=|url\(|@import)\s*["']?//     # the same without its scheme
      )[^\s"'<>)]*""",
    re.VERBOSE | re.IGNORECASE,
)
_NEEDS = (
    (re.compile(r"(?<![\w$.])(?:\$|jQuery)\("), "jQuery", "use a folium.Tooltip instead of a folium.Popup"),
    (
        re.compile(r"\bL\.AwesomeMarkers\b"),
        "Leaflet.awesome-markers",
        "use folium.DivIcon instead of folium.Icon",
    ),
)


class DataBlock(Element):
    r"""A block of JSON: the one way of a text into the page.

    Examples
    --------
    >>> print(DataBlock("geomap-data", {"title": "</script>{{7*7}}"}).render())
    <script type="application/json" id="geomap-data">{"title":"\u003c/script\u003e{{7*7}}"}</script>
    """

    def __init__(self, block_id: str, data: Any) -> None:
        super().__init__()
        self._name, self._id = "data", block_id
        self._text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    def render(self, **_kwargs: Any) -> str:
        """Write the block; what could end it or begin a tag is escaped."""
        text = clean(self._text)
        for character, escaped in _IN_JSON:  # five passes of `replace` take a tenth of the time of one `translate`
            text = text.replace(character, escaped)
        return f'<script type="application/json" id="{self._id}">{text}</script>'


class Raw(Element):
    """Markup of our own that is given out as it is: no template is made of it."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self._name = self._id = name
        self._text = text

    def render(self, **_kwargs: Any) -> str:
        """Give the markup."""
        return self._text


class IncidentMap(folium.Map):
    """A `folium.Map` without tiles, jQuery, Bootstrap and icons: Leaflet alone.

    The template below holds all that folium renders of it, and no text of an article. ``default_js`` and
    ``default_css`` are the instance's own: ``add_js_link`` would change the class's list for every other map.
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}<div class="folium-map" id={{ this.get_name()|tojson }} dir="ltr"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
                center: {{ this.location|tojson }},
                crs: L.CRS.{{ this.crs }},
                ...{{ this.options|tojavascript }}
            });
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__(location=[20.0, 0.0], tiles=None, zoom_start=2, zoom_control=False, prefer_canvas=True)
        self._id = "geomap"  # branca's are random: the same incidents must give the same bytes
        self.options |= {"min_zoom": 1, "max_zoom": 13, "zoom_snap": 0.25, "world_copy_jump": True}
        self.options |= {"fade_animation": False}  # a card that fades out would be read twice
        (js, css) = leaflet.VENDORED
        self.default_js, self.default_css = [("leaflet", js)], [("leaflet_css", css)]


class Page(Figure):
    """The whole file."""

    def __init__(self, words: Interface, title: str, content: Payload, *, images_from: str | None = None) -> None:
        super().__init__(title=title)
        self._id = "page"
        self._safe_title = html.escape(_BIDI_CONTROL.sub("\ufffd", clean(title)))
        self._words = words
        self._images = f"data: {images_from}" if images_from else "data:"
        self.header._children.clear()  # noqa: SLF001  # branca puts a meta element there that ours replaces
        self.html.add_child(Raw("frame", _frame(words)), name="frame")
        self.html.add_child(DataBlock("geomap-data", content.data), name="data")
        self.html.add_child(DataBlock("geomap-texts", content.texts), name="texts")
        self.map = IncidentMap()
        self.add_child(self.map)

    def render(self, **kwargs: Any) -> str:
        """Give the file's text.

        Raises
        ------
        MapError
            When an element of the tree would make a request, or needs a library that is not inlined.
        """
        for element in _walk(self):
            _refuse_url(element)
        for child in tuple(self._children.values()):
            child.render(**kwargs)  # folium's elements put themselves into header, html and script

        head: list[str] = []
        styles: list[str] = []
        scripts: list[str] = []
        for name, element in self.header._children.items():  # noqa: SLF001
            if isinstance(element, Link):
                file = leaflet.VENDORED.get(element.url)
                if file is None:
                    raise _unvendored(name, element.url)
                (scripts if file.endswith(".js") else styles).append(leaflet.inlined(file))
            else:
                head.append(_checked(name, element))
        body = [_checked(name, element) for name, element in self.html._children.items()]  # noqa: SLF001
        tree = [_checked(name, element) for name, element in self.script._children.items()]  # noqa: SLF001

        styles.append(_terse(_asset("map.css")))
        scripts += ["\n".join([_default_icon(), *tree]), _script()]
        foreign = re.findall(r"<(script|style)\b[^>]*>(.*?)</\1\s*>", "\n".join(head), re.DOTALL | re.IGNORECASE)
        policy = _policy(
            scripts=scripts + [text for tag, text in foreign if tag.lower() == "script"],
            styles=styles + [text for tag, text in foreign if tag.lower() == "style"],
            images=self._images,
        )
        parts = [
            "<!DOCTYPE html>",
            f'<html lang="{self._words.language}" dir="{self._words.direction}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            f"<title>{self._safe_title}</title>",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            *(f"<style>{text}</style>" for text in styles),
            *head,
            "</head>",
            "<body>",
            *body,
            *(f"<script>{_closed(text)}</script>" for text in scripts),
            "</body>",
            "</html>",
            "",
        ]
        return clean("\n".join(parts))

    def _repr_html_(self, **kwargs: Any) -> str:
        """Show the page in a notebook: a frame that can run its script and open links, and nothing else."""
        return (
            f'<iframe title="{self._safe_title}" srcdoc="{html.escape(self.render(**kwargs))}"'
            ' sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"'
            ' style="width:100%;height:640px;border:0"></iframe>'
        )


def _frame(words: Interface) -> str:
    """Give the parts of the page that the script fills; the map's own part comes from folium."""
    return (
        '<header id="bar"><h1></h1><p id="summary" role="status"></p><p id="take"></p></header>\n'
        '<main id="side"><div id="search" role="search"><input type="search" id="query" autocomplete="off">'
        '</div>\n<section id="time"></section>\n'
        '<details id="filters"><summary></summary><div></div></details>\n'
        '<details id="legend"><summary></summary><ul></ul></details>\n'
        '<h2 id="list-title"></h2><ol id="list" aria-labelledby="list-title"></ol><footer></footer></main>\n'
        '<section id="sheet" hidden></section>\n<section id="printed"></section>\n'
        f"<noscript><p>{html.escape(words.no_script)}</p></noscript>"
    )


def _script() -> str:
    """Join the script's files in one strict scope, without the comments and indents that the files have for people."""
    joined = "\n".join(_asset(f"script/{name}") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{_terse(joined)}}})();\n'


def _terse(code: str) -> str:
    """Leave out comments that stand on lines of their own, and the indents; nothing else is touched."""
    code = re.sub(r"^[ \t]*/\*.*?\*/[ \t]*\n", "", code, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"^[ \t]+|^[ \t]*//.*\n|^\n", "", code, flags=re.MULTILINE)


def _default_icon() -> str:
    """Give Leaflet the picture of a plain marker, which it would else look for beside the style sheet."""
    icon = leaflet.picture("images/marker-icon.png")
    options = {
        "iconUrl": icon,
        "iconRetinaUrl": icon,
        "shadowUrl": leaflet.picture("images/marker-shadow.png"),
    }
    return f'L.Icon.Default.mergeOptions({json.dumps(options)});\nL.Icon.Default.imagePath = "";'


def _asset(name: str) -> str:
    return (resources.files(__package__) / name).read_text("utf-8").replace("\r\n", "\n")


def _closed(script: str) -> str:
    """Refuse a script that would end its own element."""
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        raise MapError("a script of the map holds '</script' or '<!--': write it as '<\\/script' or '<\\!--'")
    return script


def _policy(*, scripts: list[str], styles: list[str], images: str) -> str:
    """Write the Content-Security-Policy: these scripts, these styles, inlined pictures, nothing else."""

    def sources(texts: list[str]) -> str:
        digests = (hashlib.sha256(clean(text).encode()).digest() for text in texts)
        return " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests)

    return (
        f"default-src 'none'; script-src {sources(scripts)}; style-src {sources(styles)}; img-src {images};"
        " base-uri 'none'; form-action 'none'"
    )


def _walk(element: Element) -> Iterator[Element]:
    for child in tuple(element._children.values()):  # noqa: SLF001  # branca has no public way
        yield child
        yield from _walk(child)


def _refuse_url(element: Element) -> None:
    """Refuse tiles and pictures by address, relative ones too: the page would ask for them."""
    for attribute in ("tiles", "url"):
        url = getattr(element, attribute, None)
        if isinstance(url, str) and not url.startswith("data:"):
            raise _unvendored(element.get_name(), url)


def _checked(name: str, element: Element) -> str:
    """Render an element; refuse it when it names an address or needs what is not in the file.

    The data block is the exception: an article's address is a text there, which becomes a link to follow.
    """
    text = str(element.render())
    if isinstance(element, DataBlock):
        return text
    if address := _ADDRESS.search(text):
        raise _unvendored(name, address[0])
    for pattern, library, cure in _NEEDS:
        if pattern.search(text):
            raise MapError(f"the map's element {name} needs {library}, which is not inlined: {cure}")
    return text


def _unvendored(name: str, url: str) -> MapError:
    return MapError(
        f"the map's element {name} asks for {clean(url)[:200]}: a map makes no request of any kind;"
        " remove the element, or give its content as a data: address"
    )
