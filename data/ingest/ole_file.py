"""Takes one stream out of an old Microsoft file (.xls): a small file system with a table of sectors, [MS-CFB]."""

import struct

HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END = 0xFFFFFFFA
"""From this number on a sector is none."""


class Damaged(ValueError):
    """The file is not what it says, or its end is missing."""


def stream(raw: bytes, names: tuple[str, ...]) -> bytes:
    """The content of the first of the named streams. Raises Damaged."""
    try:
        return _File(raw).stream(names)
    except (struct.error, IndexError, OverflowError) as error:
        raise Damaged(str(error)) from None


class _File:
    def __init__(self, raw: bytes) -> None:
        if not raw.startswith(HEAD):
            raise Damaged("no such file")
        self.raw = raw
        self.size = 1 << min(struct.unpack_from("<H", raw, 30)[0], 12)
        self.fat = self._table()
        self.directory = self._chain(struct.unpack_from("<I", raw, 48)[0])

    def stream(self, names: tuple[str, ...]) -> bytes:
        entries = [self.directory[at : at + 128] for at in range(0, len(self.directory) - 127, 128)]
        found = {entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace"): entry for entry in entries}
        entry = next((found[name] for name in names if name in found), None)
        if entry is None:
            raise Damaged("no workbook inside")
        start, size = struct.unpack_from("<II", entry, 116)
        small = size < struct.unpack_from("<I", self.raw, 56)[0]
        content = self._small_chain(start, entries[0]) if small else self._chain(start)
        if len(content) < size:
            raise Damaged("its end is missing")
        return content[:size]

    def _table(self) -> tuple[int, ...]:
        """Which sector follows each."""
        sectors = [sector for sector in struct.unpack_from("<109I", self.raw, 76) if sector < END]
        further = struct.unpack_from("<I", self.raw, 68)[0]
        seen = 0
        while further < END and seen * self.size <= len(self.raw):
            numbers = struct.unpack(f"<{self.size // 4}I", self._sector(further))
            sectors += [sector for sector in numbers[:-1] if sector < END]
            further, seen = numbers[-1], seen + 1
        if max(sectors, default=0) + 2 > len(self.raw) // self.size:
            raise Damaged("its end is missing")
        table = b"".join(self._sector(sector) for sector in sectors)
        return struct.unpack(f"<{len(table) // 4}I", table)

    def _sector(self, number: int) -> bytes:
        found = self.raw[(number + 1) * self.size : (number + 2) * self.size]
        return found.ljust(self.size, b"\0") if found else _missing()

    def _chain(self, start: int) -> bytes:
        pieces: list[bytes] = []
        while start < END:
            pieces.append(self._sector(start))
            if len(pieces) > len(self.fat):
                raise Damaged("its sectors go round in a circle")
            start = self.fat[start]
        return b"".join(pieces)

    def _small_chain(self, start: int, root: bytes) -> bytes:
        container = self._chain(struct.unpack_from("<I", root, 116)[0])
        table = self._chain(struct.unpack_from("<I", self.raw, 60)[0])
        pieces: list[bytes] = []
        while start < END and len(pieces) <= len(table) // 4:
            pieces.append(container[start * 64 : start * 64 + 64])
            start = struct.unpack_from("<I", table, start * 4)[0]
        return b"".join(pieces)


def _missing() -> bytes:
    raise Damaged("its end is missing")
