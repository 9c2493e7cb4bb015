"""Where a command's unexpected error is kept: a file in the home, named in the answer."""

import tempfile
import traceback
from pathlib import Path

from django.conf import settings


def keep(error: BaseException) -> Path:
    """In the home; where that cannot be written, in the machine's temporary folder."""
    try:
        return _append(Path(settings.HOME) / "faults.log", error)
    except Exception:  # the settings themselves may be what is broken
        return _append(Path(tempfile.gettempdir()) / "matxich-faults.log", error)


def _append(path: Path, error: BaseException) -> Path:
    with path.open("a") as file:
        traceback.print_exception(error, file=file)
    return path
