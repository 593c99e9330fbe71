"""An online base layer for those who want one: named by its author, switched on by its reader."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from geomap.errors import MapError

_ADDRESS = re.compile(r"https://[a-z0-9.-]+(?::[0-9]+)?/[A-Za-z0-9/{}._~%?&=:@+-]*")
"""A host without a hole or a login: what is opened is what is read, and nothing ends the policy."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where tiles come from, and whose they are.

    Attributes
    ----------
    url
        An ``https`` address with ``{z}``, ``{x}`` and ``{y}``.
    attribution
        What the page says of them: no tiles without it.

    Raises
    ------
    MapError
        When the address could ask another host than it seems to, or nothing is said of whose the tiles are.

    Examples
    --------
    >>> Tiles("https://tiles.example.org/{z}/{x}/{y}.png", "© Example").host
    'tiles.example.org'
    """

    url: str
    attribution: str

    def __post_init__(self) -> None:
        if not self.attribution.strip():
            raise MapError("tiles need an attribution: say whose they are (--tiles-attribution TEXT)")
        whole = all(self.url.count(hole) == 1 for hole in ("{z}", "{x}", "{y}"))
        if not (whole and _ADDRESS.fullmatch(self.url)):
            raise MapError(
                f"{self.url!r} is no address of tiles: it begins with https:// and a host, and holds {{z}}, {{x}} and"
                " {y} once each, as https://tiles.example.org/{z}/{x}/{y}.png"
            )

    @property
    def host(self) -> str:
        """The host that learns what a reader looks at."""
        return urlsplit(self.url).hostname or ""

    @property
    def origin(self) -> str:
        """The only source that the page's policy opens."""
        return f"https://{urlsplit(self.url).netloc}"
