"""Progress on standard error: a line that rewrites itself on a terminal, a line now and then elsewhere."""

import sys
import time


class Progress:
    """Call with (done, total, what); prints at most five times a second."""

    def __init__(self) -> None:
        self.last = 0.0

    def __call__(self, done: int, total: int | None, what: str = "") -> None:
        now = time.monotonic()
        finished = total is not None and done >= total
        if now - self.last < (0.2 if sys.stderr.isatty() else 2) and not finished:
            return
        self.last = now
        text = f"{what} {done:,}".replace(",", ".") + (f" / {total:,}".replace(",", ".") if total else "")
        end = "\r" if sys.stderr.isatty() and not finished else "\n"
        print(text, end=end, file=sys.stderr, flush=True)
