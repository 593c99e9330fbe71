"""Incidents → one HTML file: an interactive map that works offline, for ever, and quotes its evidence.

The only package that imports folium, and it does so when a map is drawn: importing this one is cheap.
"""

import os
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.articles.article import Article
from geomap.errors import MapError, OutputError
from geomap.incident import Incident
from geomap.maps.basemap import BaseMap
from geomap.maps.tiles import Tiles

if TYPE_CHECKING:
    import folium

    from geomap.maps.interface import Interface
    from geomap.maps.page import Page

__all__ = ["BaseMap", "Map", "Tiles", "picture_format"]

PICTURES = (".png", ".svg", ".pdf")


def picture_format(path: str | os.PathLike[str]) -> str:
    """Give the format that the name of a still picture ends with.

    Raises
    ------
    MapError
        When it is none of ours, or matplotlib is not installed.

    Examples
    --------
    >>> from geomap.errors import MapError
    >>> try:
    ...     picture_format("map.bmp")
    ... except MapError as error:
    ...     print(error)
    map.bmp: a still map ends with .png, .svg or .pdf
    """
    suffix = Path(path).suffix.lower()
    if suffix not in PICTURES:
        raise MapError(f"{path}: a still map ends with .png, .svg or .pdf")
    if find_spec("matplotlib") is None:
        raise MapError(f"{path}: a still map needs matplotlib: pip install 'geomap[static]'")
    return suffix[1:]


class Map:
    """A map of incidents.

    Parameters
    ----------
    incidents
        What is shown. Those without a geometry stay in the list.
    title
        The page's title; by default words of the interface.
    basemap
        What lies under the incidents; by default land, borders and names from the embedded gazetteer, cut to
        the area shown.
    articles
        The articles that the incidents quote. A reader can then ask for what stands around a quote; without them
        only the few words that come with it are there.
    tiles
        An online base layer. The page asks for it only when a reader switches it on.

    Examples
    --------
    >>> page = Map([], title="Nothing happened", basemap=BaseMap()).html()
    >>> "<title>Nothing happened</title>" in page
    True
    """

    def __init__(
        self,
        incidents: Sequence[Incident],
        *,
        title: str | None = None,
        basemap: BaseMap | None = None,
        articles: Iterable[Article] = (),
        tiles: Tiles | None = None,
    ) -> None:
        self.incidents = tuple(incidents)
        self.articles = tuple(articles)
        self.tiles = tiles
        self.title = title
        self.basemap = basemap

    def to_folium(self) -> "folium.Map":
        """Give the map as a `folium.Map`, to which own layers can be added.

        Its ``save`` and ``get_root().render()`` give the same single file. A layer that would make a
        request, or that needs a library that is not inlined, is refused with a `MapError`. folium
        compiles the popups, tooltips and names that you hand to it: give it no text that others wrote.
        """
        return self._page().map

    def _words(self) -> "Interface":
        from geomap.maps.interface import interface, majority

        return interface(majority(i.articles[0].language for i in self.incidents if i.articles))

    def _base(self, language: str) -> BaseMap:
        from geomap.maps.basemap import from_gazetteer
        from geomap.maps.shown import area_shown

        return self.basemap if self.basemap is not None else from_gazetteer(area_shown(self.incidents), language)

    def _page(self) -> "Page":
        from geomap.maps.page import Page
        from geomap.maps.payload import payload

        words = self._words()
        content = payload(
            self.incidents,
            self._base(words.language),
            words,
            title=self.title,
            articles=self.articles,
            tiles=self.tiles,
        )
        images_from = self.tiles.origin if self.tiles else None
        return Page(words, self.title or words.title, content, images_from=images_from)

    def picture(self, path: str | os.PathLike[str]) -> None:
        """Write a still picture for a report: the map, a legend and a numbered list, without a browser.

        Parameters
        ----------
        path
            Ends with ``.png``, ``.svg`` or ``.pdf``. The same incidents give the same bytes.

        Raises
        ------
        MapError
            When matplotlib is not installed (``pip install 'geomap[static]'``) or the name ends otherwise.
        OutputError
            When it can't be written.
        """
        kind = picture_format(path)
        from geomap.maps.picture import draw

        words = self._words()
        base = self._base(words.language)
        self._write(path, draw(self.incidents, base, words, kind, title=self.title))

    def html(self) -> str:
        """Give the file's text: the same incidents give the same text."""
        return self._page().render()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the file: all of it, or, when that fails, nothing.

        Raises
        ------
        OutputError
            When it can't be written.
        """
        self._write(path, self.html().encode("utf-8"))

    @staticmethod
    def _write(path: str | os.PathLike[str], content: bytes) -> None:
        target = Path(path)
        if target.exists() and not target.is_file():  # /dev/stdout is written to, never replaced
            partial = target
        else:
            target = target.resolve()  # a link stays a link: what it points to is replaced
            partial = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            partial.write_bytes(content)
            if partial != target:
                partial.replace(target)
        except OSError as problem:
            if partial != target:
                partial.unlink(missing_ok=True)
            cure = "give the path of a file in a folder that exists and that you may write to"
            raise OutputError(f"{path}: the map can't be written ({problem.strerror}): {cure}") from problem

    def _repr_html_(self) -> str:
        return str(self._page()._repr_html_())
