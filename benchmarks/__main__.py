"""`make bench`: every measurement one after the other, in a home of its own."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

MEASUREMENTS = (
    "resolver", "terms", "search", "import_list", "list_page", "export", "law", "council", "council_pages", "saving",
    "indicators", "cold_start",
)  # fmt: skip


def main() -> int:
    chosen = sys.argv[1:] or MEASUREMENTS
    with tempfile.TemporaryDirectory(prefix="matxich-bench-") as home:
        environment = os.environ | {"MATXICH_HOME": home}
        subprocess.run([Path(sys.executable).parent / "matxich", "setup"], env=environment, check=True)
        return max(
            subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], env=environment, check=False).returncode
            for name in chosen
        )


if __name__ == "__main__":
    sys.exit(main())
