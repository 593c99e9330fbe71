"""Incidents → one HTML file: an interactive map that works offline, for ever, and quotes its evidence.

The only package that imports folium, and it does so when a map is drawn: importing this one is cheap.
"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.articles.article import Article
from geomap.errors import OutputError
from geomap.incident import Incident
from geomap.maps.basemap import BaseMap

if TYPE_CHECKING:
    import folium

    from geomap.maps.page import Page

__all__ = ["BaseMap", "Map"]


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
    ) -> None:
        self.incidents = tuple(incidents)
        self.articles = tuple(articles)
        self.title = title
        self.basemap = basemap

    def to_folium(self) -> "folium.Map":
        """Give the map as a `folium.Map`, to which own layers can be added.

        Its ``save`` and ``get_root().render()`` give the same single file. A layer that would make a
        request, or that needs a library that is not inlined, is refused with a `MapError`. folium
        compiles the popups, tooltips and names that you hand to it: give it no text that others wrote.
        """
        return self._page().map

    def _page(self) -> "Page":
        from geomap.maps.basemap import area_shown, from_gazetteer
        from geomap.maps.interface import interface, majority
        from geomap.maps.page import Page
        from geomap.maps.payload import payload

        words = interface(majority(i.articles[0].language for i in self.incidents if i.articles))
        base = self.basemap if self.basemap is not None else from_gazetteer(area_shown(self.incidents), words.language)
        content = payload(self.incidents, base, words, title=self.title, articles=self.articles)
        return Page(words, self.title or words.title, content)

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
        target = Path(path)
        content = self.html().encode("utf-8")
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
