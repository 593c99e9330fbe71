from pathlib import Path

import pytest

from gazetteer import Gazetteer
from geomap import Article, analyse

CASES = Path(__file__).parents[1] / "cases" / "roles.tsv"


def _cases() -> list[tuple[str, str, str, str]]:
    lines = [line for line in CASES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [tuple(line.split("\t")) for line in lines]  # type: ignore[misc]


@pytest.mark.parametrize(("language", "marked", "role", "trap"), _cases(), ids=[c[3] for c in _cases()])
def test_role(world: Gazetteer, language: str, marked: str, role: str, trap: str) -> None:
    start = marked.index("[[")
    end = marked.index("]]") - 2
    text = marked.replace("[[", "").replace("]]", "")
    found = analyse(Article("1", "-", None, None, language, text), world).found
    roles = [f.mention.role.value for f in found if f.mention.start < end and start < f.mention.end]
    assert roles == ([] if role == "none" else [role]), trap
