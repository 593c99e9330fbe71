import json
import shutil
from pathlib import Path

import pytest

from gazetteer import DataDamagedError, DataMissingError, DataVersionError, open_gazetteer
from gazetteer.format import DATA, MANIFEST, PLACES, POSTINGS, TRIE


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in (TRIE, POSTINGS, MANIFEST):
        shutil.copy(DATA / name, tmp_path / name)
    (tmp_path / PLACES).symlink_to(DATA / PLACES)
    return tmp_path


def test_a_whole_copy_opens(copy: Path) -> None:
    with open_gazetteer(copy) as world:
        assert world.lookup("Baghdad")


@pytest.mark.parametrize("name", [TRIE, POSTINGS])
@pytest.mark.parametrize("how", ["cut", "flipped"])
def test_a_damaged_file_is_refused_before_it_is_mapped(copy: Path, name: str, how: str) -> None:
    content = bytearray((copy / name).read_bytes())
    if how == "cut":
        del content[len(content) // 2 :]
    else:
        content[len(content) // 2] ^= 0xFF
    (copy / name).write_bytes(content)
    with pytest.raises(DataDamagedError, match=f"{name}.*damaged.*build it again"):
        open_gazetteer(copy)


def test_an_old_index_names_both_versions(copy: Path) -> None:
    manifest = json.loads((copy / MANIFEST).read_text())
    manifest["version"] = 0
    (copy / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(DataVersionError, match="version 0, this package reads"):
        open_gazetteer(copy)


@pytest.mark.parametrize("name", [TRIE, POSTINGS, MANIFEST, PLACES])
def test_a_missing_file_says_how_to_get_it(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(DataMissingError, match=name):
        open_gazetteer(copy)


def test_a_manifest_that_is_none(copy: Path) -> None:
    (copy / MANIFEST).write_text("[]")
    with pytest.raises(DataDamagedError, match="not a manifest"):
        open_gazetteer(copy)
