"""Kept: texts that can be made again, believed only where this user wrote them.

They lie in the site's folder, and whoever sends a pull request could send one along that says that all is
well. So each is signed with a key of the user's own, which also tells a damaged text from a whole one.
"""

import functools
import hashlib
import hmac
import json
import os
import secrets
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import hexapla
from hexapla.storage import files

KEY = "key"
"""The file of the key, in the user's cache folder."""


def read(path: Path) -> str:
    """Return a kept text; empty where there is none, or not as this user wrote it."""
    signature, _, text = files.read_if_there(path).partition("\n")
    own = _signature(path, text)
    return text if own and hmac.compare_digest(signature.encode(), own.encode()) else ""


def write(path: Path, text: str) -> None:
    """Keep a text where that is possible; where not, nothing is lost."""
    if signature := _signature(path, text):
        files.write_if_possible(path, f"{signature}\n{text}")


def load(path: Path) -> dict[str, Any]:
    """Return what `save` kept; empty where it is not there, or other code kept it."""
    text = read(path)
    kept = json.loads(text) if text else {}
    return dict(kept["entries"]) if kept.get("made_with") == made_with() else {}


def save(path: Path, entries: Mapping[str, Any]) -> None:
    """Keep entries for this code to `load`."""
    write(path, json.dumps({"made_with": made_with(), "entries": entries}, ensure_ascii=False))


@functools.cache
def made_with() -> str:
    """Return the digest of all of hexapla's code, and of the Python that reads programs."""
    sources = sorted(Path(hexapla.__file__).parent.rglob("*.py"))
    return digest(sys.version, *(source.read_text(encoding="utf-8") for source in sources))


def digest(*texts: str) -> str:
    """Return a short digest of texts: equal for equal ones only, wherever one ends and the next begins."""
    total = hashlib.blake2b(digest_size=16)
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        total.update(f"{len(data)}:".encode() + data)
    return total.hexdigest()


def _signature(path: Path, text: str) -> str:
    """Return what only this user can say of a text of this name; empty where the user can keep no key."""
    key = _key(files.user_cache())
    whole = f"{path.name}\n{text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(whole, key=key, digest_size=32).hexdigest() if key else ""


@functools.cache
def _key(folder: Path) -> bytes:
    """Return the user's key, made at its first use."""
    path = folder / KEY
    with suppress(OSError):
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            aside = folder / f".{KEY}.{secrets.token_hex(8)}"
            aside.touch(mode=0o600)
            aside.write_bytes(secrets.token_bytes(32))
            with suppress(FileExistsError):
                os.link(aside, path)  # of two processes at once, one makes the key
            aside.unlink()
        key = path.read_bytes()
        return key if len(key) == 32 else b""
    return b""
