"""Small pictures of any size and colours, without a library for pictures."""

import random
import struct
import zlib

from chatdesk.domain.pictures import Picture


def png(width=64, height=48, seed=1):
    """Return a PNG of coloured noise."""
    chance = random.Random(seed)
    rows = b"".join(b"\0" + chance.randbytes(3 * width) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )


def picture(name="photo.png", width=64, height=48, seed=1):
    return Picture(name, png(width, height, seed), width, height)


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
