"""Small real files to stand as evidence: a page of PDF and a picture, made byte for byte alike each time."""

import struct
import zlib

WIDTH, HEIGHT = 96, 64


def pdf(*lines: str) -> bytes:
    """One page with a few lines of text."""
    text = " T* ".join(f"({_escaped(line)}) Tj" for line in lines)
    stream = b"BT /F1 14 Tf 20 TL 60 760 Td " + text.encode("cp1252", "replace") + b" ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    whole, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        starts.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(parts) + 1
    return whole + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, len(whole),
    )  # fmt: skip


def png(shade: int) -> bytes:
    """A small picture of a building site seen from afar: sky, ground and one wall; `shade` 0 to 255 is the wall's."""
    rows = b"".join(b"\0" + b"".join(_pixel(x, y, shade) for x in range(WIDTH)) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _pixel(x: int, y: int, shade: int) -> bytes:
    if 24 <= x < 72 and 20 <= y < 48:
        return bytes((shade, 120, 90))
    return bytes((188, 214, 232)) if y < 44 else bytes((150, 140, 110))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
