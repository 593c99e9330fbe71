"""The command line of the gazetteer: lookup, explain, build, info."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from gazetteer.errors import GazetteerError
from gazetteer.format import DATA
from gazetteer.gazetteer import Gazetteer
from gazetteer.index import read_manifest
from gazetteer.place import PlaceKind
from gazetteer.resolution import Candidate

FOUND, NOT_FOUND, FAILED = 0, 1, 1
_SHOWN = 10

_SHOWN = 80
"""Letters of an unknown name that a message repeats: a name may be a million characters long."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns 0, 1 when nothing was found or the data are wrong, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="gazetteer", description="Written names → places. Offline.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    lookup = commands.add_parser("lookup", help="the places that a name may mean, the likeliest first")
    lookup.add_argument("name", nargs="+", metavar="NAME", help="as written, in any script")
    lookup.add_argument("--country", metavar="IQ", help="keep places of this country (ISO 3166-1 alpha-2)")
    lookup.add_argument("--json", action="store_true", help="one JSON object a line")
    lookup.set_defaults(run=_lookup)
    why = commands.add_parser("explain", help="why a name gives this place, and what else it could mean")
    why.add_argument("name", nargs="+", metavar="NAME", help="as written, in any script")
    why.set_defaults(run=_explain)
    for command in (lookup, why):
        command.add_argument(
            "--gazetteer",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="your own places above the built-in ones: CSV, GeoJSON, Linked Places, GeoNames dump, or a folder of "
            "gazetteer build; several: the first one wins",
        )
    build = commands.add_parser("build", help="compile a file of places once, for --gazetteer FOLDER")
    build.add_argument("source", type=Path, metavar="SOURCE", help="a GeoNames dump (.txt or .zip), CSV, GeoJSON, LPF")
    build.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help="where to write")
    build.set_defaults(run=_build)
    info = commands.add_parser("info", help="layers, counts, sources, versions and licences")
    info.set_defaults(run=_info)
    arguments = parser.parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except GazetteerError as error:
        print(f"gazetteer: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # the reader has enough: gazetteer lookup ... | head
        sys.stderr.close()
        return FOUND
    return status


def _lookup(arguments: argparse.Namespace) -> int:
    name = " ".join(arguments.name)
    with Gazetteer(layers=arguments.gazetteer) as world:
        _tell_problems(world)
        found = world.lookup(name, country=arguments.country)
        if not found:
            where = f" in {arguments.country.upper()}" if arguments.country else ""
            print(f"gazetteer: {ascii_safe(name[:_SHOWN])}: no place of this name{where} is known", file=sys.stderr)
            return NOT_FOUND
        for candidate in found if arguments.json else found[:_SHOWN]:
            print(_json(candidate) if arguments.json else _line(candidate))
        if len(found) > _SHOWN and not arguments.json:
            print(f"... and {len(found) - _SHOWN} more: --country or --json")
    return FOUND


def _explain(arguments: argparse.Namespace) -> int:
    from gazetteer.explain import explain

    with Gazetteer(layers=arguments.gazetteer) as world:
        _tell_problems(world)
        lines = explain(" ".join(arguments.name), world)
    print("\n".join(map(ascii_safe, lines)))
    return NOT_FOUND if lines[0].startswith("no place") else FOUND


def _build(arguments: argparse.Namespace) -> int:
    from gazetteer.layers import Problems
    from gazetteer.layers.layer import compile_file

    problems = Problems(arguments.source.name)
    with Gazetteer() as world:
        counts = compile_file(arguments.source, arguments.output, world, problems)
    for line in problems.lines():
        print(f"gazetteer: {ascii_safe(line)}", file=sys.stderr)
    names = counts.pop("names")
    print(
        f"{arguments.output}: {sum(counts.values()):,} places, {names:,} names; use it: --gazetteer {arguments.output}"
    )
    return FOUND


def _tell_problems(world: Gazetteer) -> None:
    for layer in world.layers:
        for line in layer.problems.lines():
            print(f"gazetteer: {ascii_safe(line)}", file=sys.stderr)


def ascii_safe(text: str) -> str:
    """Escape what a terminal could take for a command."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


def _line(candidate: Candidate) -> str:
    place = candidate.place
    area = "area" if place.has_area else f"{place.point.lat:.4f}, {place.point.lng:.4f}"
    if not place.has_area and place.kind in (PlaceKind.ADMIN1, PlaceKind.ADMIN2):  # a disc, never a pin
        area = f"within {place.radius_m / 1000:.0f} km of {place.point.lat:.1f}, {place.point.lng:.1f}"
    people = f", {place.population:,} inhabitants" if place.population else ""
    return f"{place.name}  {place.kind.value} {place.feature}  {place.country or '-'}  {area}{people}  [{place.id}]"


def _json(candidate: Candidate) -> str:
    place = candidate.place
    return json.dumps(
        {
            "id": place.id,
            "name": place.name,
            "kind": place.kind.value,
            "feature": place.feature,
            "country": place.country,
            "lat": place.point.lat,
            "lon": place.point.lng,
            "area": place.has_area,
            "radius_m": place.radius_m,
            "population": place.population,
            "parents": place.parents,
            "score": round(candidate.score, 3),
            "source": place.source,
        },
        ensure_ascii=False,
    )


def _info(_: argparse.Namespace) -> int:
    manifest = read_manifest(DATA)
    print(f"format version {manifest['version']}")
    for name, count in sorted(manifest["counts"].items()):
        print(f"{count:>10,}  {name}")
    for name, what in sorted(manifest["sources"].items()):
        print(f"{name}: {what}")
    print(f"licences and what was done with each source: {DATA / 'PROVENANCE.md'}")
    return FOUND


if __name__ == "__main__":
    raise SystemExit(main())
