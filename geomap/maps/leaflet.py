"""Leaflet's own files, read from an installed package, checked, and made fit to be inlined.

They come unchanged from ``django-js-lib-leaflet``, which has no dependencies; none of it is imported.
The SHA-256 values are those of npm's ``leaflet@1.9.4``: a package that carries anything else stops the build.
"""

import base64
import hashlib
import re
from functools import cache
from importlib import metadata
from pathlib import Path

from geomap.errors import MapError

VERSION = "1.9.4"
PACKAGE = "django-js-lib-leaflet"

LEAFLET_JS = "leaflet.js"
LEAFLET_CSS = "leaflet.css"
_FOLDER = "js_lib_leaflet/static/js_lib_leaflet/"
_SHA256 = {
    LEAFLET_JS: "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a",
    LEAFLET_CSS: "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6",
    "images/layers.png": "1dbbe9d028e292f36fcba8f8b3a28d5e8932754fc2215b9ac69e4cdecf5107c6",
    "images/layers-2x.png": "066daca850d8ffbef007af00b06eac0015728dee279c51f3cb6c716df7c42edf",
    "images/marker-icon.png": "574c3a5cca85f4114085b6841596d62f00d7c892c7b03f28cbfa301deb1dc437",
    "images/marker-shadow.png": "264f5c640339f042dd729062cfc04c17f8ea0f29882b538e3848ed8f10edb4da",
}
_CURE = f"pip install --force-reinstall {PACKAGE}=={VERSION}.1"

VENDORED = {
    f"https://cdn.jsdelivr.net/npm/leaflet@{VERSION}/dist/leaflet.js": LEAFLET_JS,
    f"https://cdn.jsdelivr.net/npm/leaflet@{VERSION}/dist/leaflet.css": LEAFLET_CSS,
}
"""The only addresses a map may name, and the file that takes the place of each. None is ever fetched."""


def read(name: str) -> bytes:
    """Read one of Leaflet's files and check that it is the one that was released.

    Raises
    ------
    MapError
        When the package is missing, the file is missing, or its content is another.

    Examples
    --------
    >>> len(read("leaflet.js"))
    147552
    """
    try:
        content = Path(str(metadata.distribution(PACKAGE).locate_file(_FOLDER + name))).read_bytes()
    except (metadata.PackageNotFoundError, OSError) as problem:
        raise MapError(f"Leaflet's {name} can't be read from the package {PACKAGE} ({problem}): {_CURE}") from problem
    found = hashlib.sha256(content).hexdigest()
    if found != _SHA256[name]:
        raise MapError(
            f"{name} of the package {PACKAGE} is not that of Leaflet {VERSION}:"
            f" its SHA-256 is {found}, not {_SHA256[name]}: {_CURE}"
        )
    return content


@cache
def inlined(name: str) -> str:
    r"""Give a file as it stands in the page: nothing in it points at another file.

    Line ends are ``\n``: a browser turns ``\r\n`` into it before it compares the policy's hash. The link to
    the source map goes, for developer tools would follow it. Pictures become ``data:`` addresses.
    """
    text = read(name).decode("utf-8").replace("\r\n", "\n")
    if name == LEAFLET_JS:
        return re.sub(r"\n//# sourceMappingURL=\S+\s*\Z", "\n", text)
    # The VML behaviour is for Internet Explorer 8 and reads like an address.
    text = re.sub(r"behavior:\s*url\(#default#VML\);", "", text)
    return re.sub(r"url\((images/[\w.-]+)\)", lambda match: f"url({picture(match[1])})", text)


def picture(name: str) -> str:
    """Give one of Leaflet's pictures as a ``data:`` address.

    Examples
    --------
    >>> picture("images/marker-icon.png")[:27]
    'data:image/png;base64,iVBOR'
    """
    return "data:image/png;base64," + base64.b64encode(read(name)).decode("ascii")
