"""Areas made of others: the regions of Italy, France, Spain and Belgium, islands and landscapes."""

from pathlib import Path

import pytest

from gazetteer import Gazetteer, PlaceKind
from gazetteer.build.groups import COLUMNS, read_groups
from gazetteer.errors import SourceError


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Toscana", "admin1:IT-52"),
        ("Sicily", "admin1:IT-82"),
        ("صقلية", "admin1:IT-82"),
        ("Bretagne", "admin1:FR-BRE"),
        ("Cataluña", "admin1:ES-CT"),
        ("Wallonie", "admin1:BE-WAL"),
        ("Sumatra", "region:sumatra"),
        ("الصعيد", "region:upper-egypt"),
    ],
)
def test_a_group_is_an_area_with_an_outline(world: Gazetteer, name: str, place_id: str) -> None:
    place = next(c.place for c in world.lookup(name) if c.place.kind in (PlaceKind.ADMIN1, PlaceKind.REGION))
    assert place.id == place_id
    assert world.shape(place) is not None


def test_what_lies_in_a_province_lies_in_its_region(world: Gazetteer) -> None:
    lucca = next(c.place for c in world.lookup("Lucca") if c.place.kind is PlaceKind.SETTLEMENT)
    assert "admin1:IT-52" in lucca.parents
    assert "admin1:IT-52" in {place.id for place in world.containing(lucca.point)}


def test_a_landscape_is_nobody_s_parent(world: Gazetteer) -> None:
    medan = next(c.place for c in world.lookup("Medan") if c.place.country == "ID")
    assert "region:sumatra" not in medan.parents
    assert "region:sumatra" in {place.id for place in world.containing(medan.point)}


def test_a_group_of_unknown_kind_is_told(tmp_path: Path) -> None:
    path = tmp_path / "groups.tsv"
    row = ["region:x", "X", "country", "RGN", "", "admin1:IT-PG", *["x"] * 12]
    path.write_text("\t".join(COLUMNS) + "\n" + "\t".join(row) + "\n", "utf-8")
    with pytest.raises(SourceError, match=r"groups\.tsv:2: unknown kind 'country'; it is one of admin1, region"):
        read_groups(path)
