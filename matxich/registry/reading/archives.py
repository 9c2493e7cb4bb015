"""Zip archives checked before anything else opens them: declared sizes, then what really comes out."""

import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from matxich.registry.reading.refusals import CorruptFile, EncryptedFile, InflatesTooMuch

MAX_TOTAL = 1 << 30  # bytes of all read parts together; 100,000 rows of 20 columns are 150 MB
MAX_PARTS = 10_000
SMALL = 32 << 20  # below this a high ratio is only a repetitive sheet
MAX_RATIO = 250
MAX_LISTING = 16 << 20  # bytes of one part read whole
CHUNK = 1 << 20


class Archive:
    """A zip whose read parts are known to be small enough. Only XML parts are ever inflated."""

    def __init__(self, path: Path) -> None:
        try:
            self.zip = ZipFile(path)
        except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise CorruptFile(str(error)) from error
        self.names = {info.filename: info for info in self.zip.infolist()}
        self.left = MAX_TOTAL
        try:
            self._check_listing()
        except BaseException:
            self.zip.close()
            raise

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *exc: object) -> None:
        self.zip.close()

    def _check_listing(self) -> None:
        if len(self.zip.infolist()) > MAX_PARTS:
            raise InflatesTooMuch(f"{len(self.zip.infolist())} parts")
        for info in self.zip.infolist():
            if info.flag_bits & 1:
                raise EncryptedFile(info.filename)
        parts = [info for info in self.zip.infolist() if is_read(info)]
        total = sum(info.file_size for info in parts)
        if total > MAX_TOTAL or any(_suspicious(info.file_size, info.compress_size) for info in parts):
            raise InflatesTooMuch(f"{total} bytes declared")

    def chunks(self, info: ZipInfo) -> Generator[bytes]:
        """Inflate one part in pieces, counting what really comes out against the file's allowance."""
        out = 0
        with _complaints(), self.zip.open(info) as stream:
            while chunk := stream.read(CHUNK):
                out += len(chunk)
                self.left -= len(chunk)
                if self.left < 0 or _suspicious(out, info.compress_size):
                    raise InflatesTooMuch(info.filename)
                yield chunk

    def text(self, name: str) -> bytes:
        """A small part whole, b"" when absent."""
        info = self.names.get(name)
        if info is None:
            return b""
        if info.file_size > MAX_LISTING:
            raise InflatesTooMuch(name)
        return b"".join(self.chunks(info))

    def drain(self, skip: Callable[[str], bool]) -> None:
        """Inflate every other part a reader may open, keeping nothing: proves sizes and checksums."""
        for info in self.zip.infolist():
            if is_read(info) and not skip(info.filename):
                for _ in self.chunks(info):
                    pass


@contextmanager
def _complaints() -> Iterator[None]:
    """The zip library's many complaints as one refusal."""
    try:
        yield
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise CorruptFile(str(error)) from error


def is_read(info: ZipInfo) -> bool:
    return info.filename.lower().endswith((".xml", ".rels"))


def _suspicious(size: int, compressed: int) -> bool:
    return size > SMALL and size > MAX_RATIO * max(compressed, 1)
