"""Collect screen text into the catalogues and compile them. Source language: Vietnamese."""

from pathlib import Path

import django
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    django.setup()
    for language in ("en", "ja", "ko"):
        (ROOT / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    ignored = [".venv/*", ".boot/*", "var/*", "tests/*", "benchmarks/*", "demo/*"]
    call_command("makemessages", locale=["en", "ja", "ko"], no_wrap=True, add_location="file", ignore_patterns=ignored)
    call_command("compilemessages", locale=["en", "ja", "ko"], ignore_patterns=[".venv/*", ".boot/*"])


if __name__ == "__main__":
    main()
