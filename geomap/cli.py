"""The command line: arguments, progress and messages; nothing else."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from gazetteer import GazetteerError, Role, open_gazetteer
from geomap.errors import GeomapError, UsageError

if TYPE_CHECKING:  # what reads and writes is imported by the command that needs it: --help is quick
    from gazetteer import Gazetteer
    from gazetteer.online import OnlineGeocoder
    from geomap.articles import Article
    from geomap.incident import Incident

OK, SOME_FAILED, WRONG_USAGE = 0, 1, 2
_PROGRESS_AFTER_S = 1.0
_LONGEST_RUN_S = 86_400.0
EMBED = "Print the HTML that puts a map into a page, in a frame that can run its script and do nothing else."
_Read = TypeVar("_Read")
_ROLES = ",".join(role.value for role in Role)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status: 0, 1 when some input failed, 2 for wrong usage."""
    arguments = _parser().parse_args(argv)
    try:
        run: Callable[[argparse.Namespace], int] = arguments.run
        return run(arguments)
    except UsageError as error:
        print(f"geomap: {error}", file=sys.stderr)
        return WRONG_USAGE
    except (GeomapError, GazetteerError) as error:
        if isinstance(error.__cause__, BrokenPipeError):  # the reader has enough: geomap ... | head
            sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - lives until the process ends
            return OK
        print(f"geomap: {error}", file=sys.stderr)
        return SOME_FAILED
    except KeyboardInterrupt:
        print("geomap: stopped", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="geomap", description="News articles in, an honest map of the incidents they report out. Offline."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    maps = _command(commands, "map", _map, "draw the incidents on one HTML file that works offline")
    maps.add_argument("-o", "--output", metavar="MAP.html", help="the map to write; may be left out with --static")
    maps.add_argument("--geojson", metavar="OUT.geojson", help="write the incidents too")
    maps.add_argument("--title", help="the map's title")
    _merging(maps, default=True)
    maps.add_argument(
        "--static",
        action="append",
        default=[],
        metavar="OUT.png",
        help="a still picture too, for Word and PDF: *.png, *.svg or *.pdf (needs geomap[static])",
    )
    maps.add_argument(
        "--tiles", metavar="URL", help="an online base layer that readers may switch on: https://...{z}/{x}/{y}"
    )
    maps.add_argument(
        "--tiles-attribution", default="", metavar="TEXT", help="whose the tiles are; required with --tiles"
    )

    embed = commands.add_parser("embed", help="print the HTML that puts a map into a page", description=EMBED)
    embed.add_argument("map", metavar="MAP.html", help="a map that geomap wrote")
    embed.add_argument("--src", metavar="URL", help="where the page will find the map; default: its name as given")
    embed.add_argument("--height", type=_height, default=640, metavar="PIXELS", help="default: %(default)s")
    embed.add_argument("--inline", action="store_true", help="put the whole map into the snippet (srcdoc)")
    embed.set_defaults(run=_embed)

    extract = _command(commands, "extract", _extract, "write the incidents as GeoJSON or one feature a line")
    extract.add_argument(
        "-o", "--output", required=True, metavar="OUT", help="*.geojson, *.jsonl, or - for GeoJSON to stdout"
    )
    _merging(extract, default=False)

    mentions = _command(commands, "mentions", _mentions, "write every place mention, one line an article")
    mentions.add_argument("-o", "--output", default="-", metavar="OUT.jsonl", help="default: stdout")
    mentions.add_argument(
        "--roles",
        type=_roles,
        default="location,facility",
        metavar="ROLES",
        help=f"some of {_ROLES}; default %(default)s",
    )
    mentions.add_argument(
        "--spans",
        choices=("name", "word"),
        default="name",
        help="offsets of the name alone, or of the whole word with the prefixes on it; default %(default)s",
    )

    _command(commands, "explain", _explain, "tell why each mention and incident was read so")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help=".txt, .jsonl, a folder, or - for standard input")
    parser.add_argument(
        "--gazetteer",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="your own places above the built-in ones (CSV, GeoJSON, ...; several: the first one wins)",
    )
    parser.add_argument(
        "--online",
        metavar="SERVER",
        help="ask a geocoder for names that are not known: nominatim, photon, the URL of a Nominatim, photon=URL or "
        "pelias=URL; names leave this machine",
    )
    parser.add_argument(
        "--online-cache",
        type=Path,
        metavar="FILE",
        help="where its answers are kept (default: geomap/online.sqlite in the user's cache folder)",
    )
    parser.add_argument(
        "--online-limit",
        type=_seconds,
        default=60.0,
        metavar="SECONDS",
        help="the most that all questions of a run may take (default %(default)g)",
    )
    parser.add_argument("--published", type=_date, metavar="DATE", help="date (YYYY-MM-DD) of articles that carry none")
    parser.set_defaults(run=run)
    return parser


def _merging(parser: argparse.ArgumentParser, *, default: bool) -> None:
    parser.add_argument(
        "--merge-reports",
        action=argparse.BooleanOptionalAction,
        default=default,
        help=f"one incident for what several articles report; default: {'yes' if default else 'no'}",
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2023-12-08") from None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST_RUN_S:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds; write one such as 60")
    return seconds


def _height(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 100_000:  # noqa: PLR2004
        raise argparse.ArgumentTypeError(f"{text!r} is no height; give whole pixels, as 640")
    return int(text)


def _roles(text: str) -> frozenset[Role]:
    try:
        return frozenset(Role(name.strip()) for name in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}; use some of {_ROLES}") from None


def _map(arguments: argparse.Namespace) -> int:
    from geomap.exports import to_geojson, write_output
    from geomap.maps import Map, Tiles, picture_format
    from geomap.pipeline import analyse

    if arguments.output is None and not arguments.static:
        raise UsageError("nothing to write: name the map with -o MAP.html, or a picture with --static OUT.png")
    tiles = Tiles(arguments.tiles, arguments.tiles_attribution) if arguments.tiles else None
    for path in arguments.static:
        picture_format(path)  # before the work, not after it
    batch = _Batch(arguments, analyse)
    analyses = list(batch)
    incidents = _merged([incident for analysis in analyses for incident in analysis.incidents], arguments)
    drawn = Map(incidents, title=arguments.title, articles=[a.reading.article for a in analyses], tiles=tiles)
    if arguments.output is not None:
        drawn.save(arguments.output)
    for path in arguments.static:
        drawn.picture(path)
    if arguments.geojson:
        write_output(arguments.geojson, to_geojson(incidents))
    _say(f"{len(incidents)} incidents on {', '.join(map(str, filter(None, [arguments.output, *arguments.static])))}")
    return batch.status


def _embed(arguments: argparse.Namespace) -> int:
    from geomap.exports import write_output
    from geomap.maps.embed import snippet

    write_output("-", snippet(arguments.map, src=arguments.src, height=arguments.height, inline=arguments.inline))
    return OK


def _extract(arguments: argparse.Namespace) -> int:
    from geomap.exports import to_geojson, to_jsonl, write_output

    suffix = Path(arguments.output).suffix.lower()
    if arguments.output != "-" and suffix not in (".geojson", ".json", ".jsonl"):
        raise UsageError(f"{arguments.output}: end the name with .geojson or .jsonl, or use -")
    incidents, status = _incidents(arguments)
    write_output(arguments.output, to_jsonl(incidents) if suffix == ".jsonl" else to_geojson(incidents))
    return status


def _incidents(arguments: argparse.Namespace) -> "tuple[list[Incident], int]":
    from geomap.pipeline import analyse

    batch = _Batch(arguments, analyse)
    incidents = [incident for analysis in batch for incident in analysis.incidents]
    return _merged(incidents, arguments), batch.status


def _merged(incidents: "list[Incident]", arguments: argparse.Namespace) -> "list[Incident]":
    if not arguments.merge_reports:
        return incidents
    from geomap.merge_reports import merge_reports

    return list(merge_reports(incidents))


def _mentions(arguments: argparse.Namespace) -> int:
    from geomap.exports import write_output
    from geomap.exports.mentions import Spans, mentions_line
    from geomap.pipeline import find_places

    batch = _Batch(arguments, find_places)
    spans = Spans(arguments.spans)
    lines = [mentions_line(a.reading.article, a.resolutions, arguments.roles, spans) for a in batch]
    write_output(arguments.output, "".join(lines))
    return batch.status


def _explain(arguments: argparse.Namespace) -> int:
    from geomap.explanation import explain
    from geomap.exports import write_output
    from geomap.pipeline import analyse

    batch = _Batch(arguments, analyse)
    write_output("-", "\n".join(explain(analysis) for analysis in batch))
    return batch.status


class _Batch(Generic[_Read]):
    """The articles of a command, read one by one; problems are told on stderr and set the exit status."""

    def __init__(
        self, arguments: argparse.Namespace, work: "Callable[[Article, Gazetteer, OnlineGeocoder | None], _Read]"
    ) -> None:
        self._arguments = arguments
        self._work = work
        self.status = OK

    def __iter__(self) -> "Iterator[_Read]":
        from geomap.articles import Problem, read_articles
        from geomap.collector import rare_collections
        from geomap.pipeline import language_of
        from geomap.printable import printable

        unread: set[str] = set()
        with (
            open_gazetteer(layers=self._arguments.gazetteer) as world,
            _online(self._arguments) as online,
            _progress() as advance,
            rare_collections(),
        ):
            for line in (line for layer in world.layers for line in layer.problems.lines()):
                _say(printable(line))
                self.status = SOME_FAILED
            for item in read_articles(self._arguments.inputs, published=self._arguments.published):
                advance()
                if isinstance(item, Problem):
                    print(f"geomap: {item}", file=sys.stderr)
                    self.status = SOME_FAILED
                    continue
                if language_of(item) is None and item.language not in unread:
                    unread.add(item.language)
                    _say(_no_language(item))
                yield self._work(item, world, online)


def _no_language(article: "Article") -> str:
    return (
        f"{article.source}: no rules for language {article.language!r} yet: its places are found, its incidents are "
        "not (docs/how-to/add-a-language.md)"
    )


def _say(message: str) -> None:
    print(f"geomap: {message}", file=sys.stderr)


@contextmanager
def _online(arguments: argparse.Namespace) -> "Iterator[OnlineGeocoder | None]":
    """The server to ask, its warnings told at the end; None unless the user asked for one."""
    if not arguments.online:
        yield None
        return
    from gazetteer.online import OnlineGeocoder
    from geomap.printable import printable

    cache = arguments.online_cache or _cache_folder() / "online.sqlite"
    with OnlineGeocoder(arguments.online, cache=cache, limit_s=arguments.online_limit) as online:
        yield online
        for warning in online.warnings:
            _say(printable(warning))


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "geomap"


@contextmanager
def _progress() -> Iterator[Callable[[], None]]:
    """A bar on stderr once the work takes more than a second; silent when stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from tqdm import tqdm

    with tqdm(unit=" articles", delay=_PROGRESS_AFTER_S, leave=False, file=sys.stderr) as bar:

        def advance() -> None:
            bar.update()

        yield advance


if __name__ == "__main__":
    raise SystemExit(main())
