"""What can be wrong with the law's data. Each fault names file and line, and says what to do."""


class LawFault(ValueError):
    """Base: `file`, `line` (from 1), `message` in Vietnamese, `message_en`."""

    def __init__(self, file: str, line: int, message: str, message_en: str) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.file, self.line, self.message, self.message_en = file, line, message, message_en


class NotYaml(LawFault):
    """The text is no YAML, or a part of it has another shape than agreed."""


class UnknownKey(LawFault):
    """A key nobody reads, most often a slip of the keyboard."""


class MissingKey(LawFault):
    """A key that has to be there is not."""


class BadValue(LawFault):
    """A date, an amount or a choice that cannot be read."""


class Repeated(LawFault):
    """An id or a key stands twice."""


class UnknownInstrument(LawFault):
    """An article of an instrument that the library does not hold."""


class NoArticle(LawFault):
    """A figure without the article it comes from."""


class Overlap(LawFault):
    """Two rows of one parameter and layer hold on the same day."""


class Gap(LawFault):
    """Days between two rows of a parameter for which no reason is given."""


class UnknownParameter(LawFault):
    """A parameter or part of one that the law does not know."""


class NoRow(LawFault):
    """A reform changes parts of a figure that on its day does not exist or may not be used."""


class Circle(ValueError):
    """A rule that rests on itself; `path` names the rules in order, the first one again at the end."""

    def __init__(self, path: tuple[str, ...]) -> None:
        super().__init__(" → ".join(path))
        self.path = path
