"""Where a command's unexpected error is kept: a file in the home, named in the answer."""

import traceback
from pathlib import Path

from django.conf import settings


def keep(error: Exception) -> Path:
    path = Path(settings.HOME) / "faults.log"
    with path.open("a") as file:
        traceback.print_exception(error, file=file)
    return path
