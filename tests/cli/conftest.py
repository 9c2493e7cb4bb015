"""Commands run in this process, on the suite's own database."""

from collections.abc import Callable

import pytest

from matxich.cli import main
from tests.installations import Ran


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def go(*words: str) -> Ran:
        with pytest.raises(SystemExit) as end:
            main(list(words))
        said = capsys.readouterr()
        return Ran(int(str(end.value.code)), said.out, said.err)

    return go
