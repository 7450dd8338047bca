"""Compiled: templates that are compiled once for all languages, and not again by the next build.

What is compiled is code. So it lies beside the user's key, and not in the folder of a site, where a stranger's pull
request could bring some along.
"""

import marshal
from types import CodeType

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache

from hexapla.storage import files
from hexapla.storage.cache import Cache, digest_of

_STAGE = "templates"


class Compiled(BytecodeCache):
    """Compiled templates, kept for as long as the process lives, and written for the next one at the end of a build."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType]] = {}
        self._stored: dict[str, tuple[str, bytes]] = {}
        self._cache: Cache | None = None
        self._inputs = ""
        self._has_new = False

    def begin(self, env: Environment, environment: str) -> None:
        """Read what an earlier process compiled for an environment of templates; `environment` is the code's own."""
        self._inputs = digest_of(
            (sorted(env.extensions), sorted(env.filters), sorted(env.tests), env.optimized)
        )
        if self._cache is None or self._cache.environment != environment:
            self._cache = Cache(folder=files.user_cache(), environment=environment)
            self._stored = self._cache.recall(_STAGE, self._inputs, dict[str, tuple[str, bytes]]) or {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template's code, where it was compiled from the same text."""
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
            return
        checksum, stored = self._stored.get(bucket.key, ("", b""))
        if checksum == bucket.checksum:
            bucket.code = marshal.loads(stored)
            self._codes[bucket.key] = (checksum, bucket.code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        if bucket.code is not None:
            self._codes[bucket.key] = (bucket.checksum, bucket.code)
            self._has_new = True

    def end(self) -> None:
        """Write what was compiled for the next process, if there is something new."""
        if self._cache is not None and self._has_new:
            self._stored |= {
                key: (checksum, marshal.dumps(code)) for key, (checksum, code) in self._codes.items()
            }
            self._cache.remember(_STAGE, self._inputs, self._stored)
            self._has_new = False


TEMPLATES = Compiled()
