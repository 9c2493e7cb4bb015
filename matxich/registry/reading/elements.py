"""Spreadsheets written as XML, read as a stream: entities and document types are refused."""

from collections.abc import Generator
from contextlib import closing
from xml.parsers import expat

from matxich.registry.reading.refusals import CorruptFile, UnreadableFile


class ElementReader:
    """Base of the XML readers: `start`, `end` and `text` see local names without their prefix."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def text(self, data: str) -> None: ...

    def feed(self, chunks: Generator[bytes], charset: str | None = None) -> None:
        """Raises CorruptFile when the XML is not well formed, ends early or declares a document type."""
        parser = expat.ParserCreate(charset)
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, found: self.start(local(tag), {local(k): v for k, v in found.items()})
        parser.EndElementHandler = lambda tag: self.end(local(tag))
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = _refuse
        try:
            with closing(chunks):
                for chunk in chunks:
                    parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except UnreadableFile:
            raise
        except expat.ExpatError as error:
            raise CorruptFile(str(error)) from error


def local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_: object) -> None:
    raise CorruptFile("document type declared")
