"""The file of a topology: LEB128 numbers, deltas of positions, xz. The same topology gives the same bytes."""

import lzma

from gazetteer.build.topology import Area, Path, Topology
from gazetteer.errors import SourceError

_MAGIC = b"GZTOPO1\n"


def dump(topology: Topology) -> bytes:
    """Give the bytes of a topology, xz-compressed: deltas as LEB128 numbers. The same topology, the same bytes."""
    out = bytearray()
    _put(out, len(topology.arcs))
    for arc in topology.arcs:
        _put(out, len(arc))
    previous = (0, 0)
    for arc in topology.arcs:
        at = previous
        for position in arc:
            _put_signed(out, position[0] - at[0])
            _put_signed(out, position[1] - at[1])
            at = position
        previous = arc[0]
    _put(out, len(topology.areas))
    last = 0
    for area in topology.areas:
        name = area.key.encode()
        _put(out, len(name))
        out.extend(name)
        _put(out, len(area.polygons))
        for polygon in area.polygons:
            _put(out, len(polygon))
            for ring in polygon:
                _put(out, len(ring))
                for reference in ring:
                    number = reference if reference >= 0 else ~reference
                    _put_signed(out, number - last)
                    _put(out, reference < 0)
                    last = number
    return _MAGIC + lzma.compress(bytes(out), format=lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME)


def load(data: bytes, name: str) -> Topology:
    """Read back what `dump` wrote; ``name`` is the file, for the message when it is damaged.

    Raises
    ------
    SourceError
        When the bytes are not a topology.
    """
    try:
        if not data.startswith(_MAGIC):
            raise ValueError("no topology")  # noqa: TRY301  told below, with the file and the cure
        return _load(memoryview(lzma.decompress(data[len(_MAGIC) :])))
    except (ValueError, IndexError, lzma.LZMAError) as error:
        raise SourceError(
            f"{name}: damaged ({error}); restore it from the repository or run the recipe again"
        ) from error


def _load(data: memoryview) -> Topology:
    numbers = _Numbers(data)
    take, signed = numbers.take, numbers.signed
    lengths = [take() for _ in range(take())]
    arcs: list[Path] = []
    previous_x = previous_y = 0
    for length in lengths:
        x, y = previous_x, previous_y
        arc = []
        for _ in range(length):
            x += signed()
            y += signed()
            arc.append((x, y))
        previous_x, previous_y = arc[0]
        arcs.append(tuple(arc))
    areas: list[Area] = []
    last = 0
    for _ in range(take()):
        key = numbers.text(take())
        polygons = []
        for _ in range(take()):
            rings = []
            for _ in range(take()):
                ring = []
                for _ in range(take()):
                    last += signed()
                    ring.append(~last if take() else last)
                rings.append(tuple(ring))
            polygons.append(tuple(rings))
        areas.append(Area(key, tuple(polygons)))
    return Topology(tuple(arcs), tuple(areas))


class _Numbers:
    def __init__(self, data: memoryview) -> None:
        self._data, self._at = data, 0

    def take(self) -> int:
        data, at = self._data, self._at
        byte = data[at]
        at += 1
        number, shift = byte & 0x7F, 7
        while byte & 0x80:
            byte = data[at]
            at += 1
            number |= (byte & 0x7F) << shift
            shift += 7
        self._at = at
        return number

    def signed(self) -> int:
        number = self.take()
        return number >> 1 ^ -(number & 1)

    def text(self, length: int) -> str:
        start = self._at
        self._at += length
        return bytes(self._data[start : self._at]).decode()


def _put(out: bytearray, number: int) -> None:
    while number > 0x7F:  # noqa: PLR2004  seven bits a byte
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)


def _put_signed(out: bytearray, number: int) -> None:
    _put(out, number << 1 if number >= 0 else (-number << 1) - 1)
