"""The build hook of the wheel: builds the gazetteer's data before the files are packed.

Run by hatchling for wheels and for editable installs. Data that are there already and were built from the same sources
(a fingerprint of the sources and of this build says so) are kept.
"""

import hashlib
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_BUILT = ("names.marisa", "names.bin", "places.sqlite", "manifest.json")
_FINGERPRINT = "fingerprint"


class GazetteerBuildHook(BuildHookInterface):  # type: ignore[misc] # hatchling ships no types here
    """Builds ``gazetteer/data`` when it is missing or older than its sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Build, unless the data are those of the sources."""
        root = Path(self.root)
        data = root / "gazetteer" / "data"
        wanted = _fingerprint(root)
        mark = data / _FINGERPRINT
        if mark.is_file() and mark.read_text() == wanted and all((data / name).is_file() for name in _BUILT):
            return
        sys.path.insert(0, str(root))
        try:
            from gazetteer.build.compile import build

            build(data)
        finally:
            sys.path.remove(str(root))
        mark.write_text(wanted)


def _fingerprint(root: Path) -> str:
    """SHA-256 over everything that the data are made of: sources, build code, folding, and the pinned packages."""
    digest = hashlib.sha256()
    package = root / "gazetteer"
    code = ("names.py", "format.py", "store.py", "geometry.py", "areas.py")
    files = [root / "pyproject.toml", *(package / name for name in code), *sorted((package / "build").glob("*.py"))]
    files += [p for p in sorted((root / "gazetteer" / "sources").rglob("*")) if p.is_file() and p.suffix != ".pyc"]
    for path in files:
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
