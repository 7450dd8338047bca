"""Cache: results of stages that can be made again, believed only where this user and this environment made them.

They lie in the site's folder, and whoever sends a pull request could send some along that say that all is well. So
each file is signed with a key of the user's own, which also tells a damaged file from a whole one. And what a file
holds is read by the type that the stage has: it can become nothing else.
"""

import functools
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from hexapla.model.errors import Crash
from hexapla.storage import files
from hexapla.storage.environment import environment

FOLDER = Path(".hexapla", "cache")
"""Below the site's folder; safe to delete, and never to be committed."""
KEY = "key"
"""The file of the key, in the user's cache folder."""

T = TypeVar("T")
_SIZE = 32
"""How many bytes a signature has, and the user's key."""
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """The results that are remembered for a site."""

    folder: Path
    environment: str
    """What makes results besides their inputs."""

    def beside(self, name: str) -> "Cache":
        """Return a cache of the same site for what is asked for of a part of it."""
        return replace(self, folder=self.folder / name)

    def memo(
        self,
        stage: str,
        inputs: Mapping[str, object],
        make: Callable[[Sequence[str]], Iterable[T]],
        kind: Any,
        *,
        jobs: int = 1,
        worth: int = 12,
    ) -> dict[str, T]:
        """Return a stage's results by name: those that are remembered, and what `make` makes of the others.

        `inputs` has, by name, all that a result depends on; sets among them would be told apart by chance. `make`
        gets names and returns a result for each, of the type `kind`, or a crash. Only these results are remembered,
        and no crash is. Up to `jobs` processes make them, where one pays for `worth` names.
        """
        stored = self._load(stage)
        keys = {name: digest_of(value) for name, value in inputs.items()}
        decode = msgspec.msgpack.Decoder(kind).decode
        results: dict[str, T] = {}
        for name, key in keys.items():
            with suppress(KeyError, msgspec.MsgspecError):
                results[name] = decode(stored[key])
        entries = {keys[name]: stored[keys[name]] for name in results}
        if missing := [name for name in inputs if name not in results]:
            # Nothing that is remembered needs it.
            from hexapla.storage.shares import shared

            made = dict(zip(missing, shared(make, missing, kind, jobs=jobs, worth=worth), strict=True))
            results |= made
            for name, result in made.items():
                if isinstance(result, Crash):
                    continue
                with suppress(UnicodeEncodeError):  # Half a surrogate pair is a text that no file can hold.
                    entries[keys[name]] = msgspec.Raw(msgspec.msgpack.encode(result, enc_hook=list))
        if missing or len(entries) < len(stored):
            self._save(stage, entries)
        return {name: results[name] for name in inputs}

    def recall(self, stage: str, inputs: object, kind: type[T]) -> T | None:
        """Return what was last remembered of a stage, if it was of these inputs; None otherwise."""
        with suppress(KeyError, msgspec.MsgspecError):
            return msgspec.msgpack.decode(self._load(stage)[digest_of(inputs)], type=kind)
        return None

    def remember(self, stage: str, inputs: object, result: object) -> None:
        """Remember the result of a stage that has only one."""
        self._save(stage, {digest_of(inputs): msgspec.Raw(msgspec.msgpack.encode(result))})

    def _load(self, stage: str) -> dict[str, msgspec.Raw]:
        """Return the encoded results of a stage; none where this user in this environment wrote none."""
        try:
            content = self._path(stage).read_bytes()
        except OSError:
            return {}
        data = content[_SIZE:]
        signature = self._signature(stage, data)
        if not signature or not hmac.compare_digest(signature, content[:_SIZE]):
            return {}
        return msgspec.msgpack.decode(data, type=dict[str, msgspec.Raw])

    def _save(self, stage: str, entries: Mapping[str, msgspec.Raw]) -> None:
        """Write encoded results where that is possible; where not, nothing is lost."""
        data = msgspec.msgpack.encode(entries)
        if signature := self._signature(stage, data):
            with suppress(OSError):
                files.write_bytes(self._path(stage), signature + data, durable=False)

    def _path(self, stage: str) -> Path:
        return self.folder / f"{stage}.msgpack"

    def _signature(self, stage: str, data: bytes) -> bytes:
        """Return what only this user can say of a stage's file; empty where the user can keep no key."""
        key = _key(files.user_cache())
        head = f"{stage}\n{self.environment}\n".encode()
        return hashlib.blake2b(head + data, key=key, digest_size=_SIZE).digest() if key else b""


def of_site(root: Path, *, modules: Iterable[str] = (), scripts: Iterable[Path] = ()) -> Cache:
    """Return the cache of a site; `modules` and `scripts` are the code that its configuration names."""
    return Cache(folder=root / FOLDER, environment=_environment(tuple(modules), tuple(scripts)))


@functools.cache
def _environment(modules: tuple[str, ...], scripts: tuple[Path, ...]) -> str:
    """Return what makes results in this process: it goes on with the code that it has loaded, whatever is edited."""
    return environment(modules, scripts)


def digest_of(value: object) -> str:
    """Return a digest of dataclasses, collections and plain values: equal for equal ones, in every process.

    A date is not told apart from its text: who has both gives the text that they were read from.
    """
    try:
        data = _ENCODER.encode(value)
    except (UnicodeEncodeError, OverflowError, RecursionError):
        # Half a surrogate pair, a number of more than 64 bits, a list in itself: YAML can write them all.
        data = repr(value).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _named(value: Any) -> str:
    """Return what tells a value of another type apart: of a function its name, and not where it lies in memory."""
    return f"{getattr(value, '__module__', '')} {_ADDRESS.sub('', repr(value))}"


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_named)


@functools.cache
def _key(folder: Path) -> bytes:
    """Return the user's key, made at its first use."""
    path = folder / KEY
    with suppress(OSError):
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            aside = folder / f".{KEY}.{secrets.token_hex(8)}"
            aside.touch(mode=0o600)
            aside.write_bytes(secrets.token_bytes(_SIZE))
            with suppress(FileExistsError):
                os.link(aside, path)  # of two processes at once, one makes the key
            aside.unlink()
        key = path.read_bytes()
        return key if len(key) == _SIZE else b""
    return b""
