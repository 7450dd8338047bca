"""Search filters: those of Pagefind's index in an order of ours, for its own is another one each time.

Its files are gzip, of a mark and CBOR: of a filter its name and each value's pages, of an index its filters' files.
"""

import gzip
import json
from collections.abc import Mapping
from typing import Any

import cbor2

from hexapla.storage.cache import digest_of

_MARK = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"


def with_sorted_filters(index: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an index, by their names, with the values of each filter sorted.

    Files are called after what is in them, as readers' browsers keep them for long.
    """
    if _ENTRY not in index:
        return dict(index)
    written = {name: content for name, content in index.items() if not name.startswith("filter/")}
    entry = json.loads(written.pop(_ENTRY))
    filters = {}
    for name in index.keys() - written.keys() - {_ENTRY}:
        called, values = _read(index[name])
        old = name.removeprefix("filter/").removesuffix(".pf_filter")
        content = _file([called, sorted(values)])
        filters[old] = _name(old, content)
        written[f"filter/{filters[old]}.pf_filter"] = content
    for language in entry["languages"].values():
        version, pages, words, named, *rest = _read(written.pop(f"pagefind.{language['hash']}.pf_meta"))
        content = _file([version, pages, words, sorted([name, filters[file]] for name, file in named), *rest])
        language["hash"] = _name(language["hash"], content)
        written[f"pagefind.{language['hash']}.pf_meta"] = content
    return written | {_ENTRY: json.dumps(entry, separators=(",", ":"), sort_keys=True).encode()}


def _read(content: bytes) -> Any:
    return cbor2.loads(gzip.decompress(content).removeprefix(_MARK))


def _file(value: Any) -> bytes:
    return gzip.compress(_MARK + cbor2.dumps(value), mtime=0)


def _name(old: str, content: bytes) -> str:
    """Return what a file is called: with its language, as long as before."""
    language, _, digest = old.rpartition("_")
    return f"{language}_{digest_of(content)[: len(digest)]}"
