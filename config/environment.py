"""What the environment may say, with its defaults; every variable is documented in docs/van-hanh.md."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def origins(name: str) -> list[str]:
    """The scheme and host of an address: where a form may lead besides ourselves."""
    address = urlsplit(text(name))
    return [f"{address.scheme}://{address.netloc}"] if address.netloc else []


def home() -> Path:
    """The one folder that holds all state; copy it and the installation is copied."""
    folder = Path(text("MATXICH_HOME") or ROOT / "var").expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """From the environment, else made once and kept in the home, readable by its owner alone."""
    if given := text("MATXICH_SECRET_KEY"):
        return given
    path = folder / "secret_key"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()
