"""What every source gives to the build: places with their names."""

from dataclasses import dataclass, field

from gazetteer.format import NameFlag
from gazetteer.place import LngLat, PlaceKind


@dataclass(slots=True)
class Row:
    """A place on its way into the index. ``names`` holds every written form with its flags, display names apart."""

    id: str
    name: str
    kind: PlaceKind
    feature: str
    point: LngLat
    country: str | None
    parent: str | None
    population: int
    radius_m: float
    source: str
    names: list[tuple[str, NameFlag]] = field(default_factory=list)
    display: dict[str, str] = field(default_factory=dict)
