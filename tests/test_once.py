"""Each text is parsed once in a process, whoever needs what is in it: counted for this project's own posts and one of GitHub's kind, cold."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GITHUB = """---
description: A post that GitHub shows, and Python-Markdown as it is does not.
---

# A post

text
- a
  - b

1. x
   ```python
   print('a block in a list')
   ```

> [!NOTE]
> note
"""
COUNT = """
import ast, builtins, json, sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import markdown
import markdown_it.parser_core
import yaml

from hexapla import checks, site
from hexapla.config.config import load
from hexapla.model import block, front_matter

WHAT = ("code", "front matter", "markdown-it", "blocks of markdown-it", "Python-Markdown")
parsed = {what: Counter() for what in WHAT}

def counted(owner, name, what, text_of):
    function = getattr(owner, name)
    def count(*given, **named):
        text = text_of(*given, **named)
        if text is not None:
            parsed[what(*given) if callable(what) else what][text] += 1
        return function(*given, **named)
    setattr(owner, name, count)

def code_of(source, filename="", mode="", flags=0, **others):
    # An annotation that typing reads for msgspec is no text of a post's.
    typed = sys._getframe(2).f_globals["__name__"] == "typing"
    return f"{mode}: {source}" if isinstance(source, str) and not typed else None

config = load(Path(sys.argv[1]))
config = replace(config, options=replace(config.options, jobs=1))
import hexapla.normalize.normalize  # Whose own code is compiled here, and not counted.

counted(builtins, "compile", "code", code_of)
counted(front_matter, "_LOADER", "front matter", lambda text: text)
def parser_of(core, state):
    return "markdown-it" if "inline" in core.ruler.get_active_rules() else "blocks of markdown-it"

counted(markdown_it.parser_core.ParserCore, "process", parser_of, lambda core, state: state.src)
counted(markdown.Markdown, "convert", "Python-Markdown", lambda parser, text: text)
read = site.read(config, verified=True)
checks.stale(read), checks.fixtures(read), checks.claims(read), checks.coverage(read), site.translation_status(read)
site.pages(read)
fences = block.blocks.cache_info()
print(json.dumps({
    "posts": sum(len(article.posts) for article in read.articles),
    "blocks": len({placed.block.code for a in read.articles for items in a.placed.values() for placed in items}),
    "texts": {what: len(texts) for what, texts in parsed.items()},
    "again": {what: [text for text, times in texts.items() if times > 1] for what, texts in parsed.items()},
    "fences": [fences.misses, fences.currsize],
}))
"""


@pytest.fixture
def counts(new_site, tmp_path):
    file = new_site(ROOT / "posts", languages="en,de,es,fr,hi,ar,zh")
    (file.parent / "posts" / "github.en.md").write_text(GITHUB)
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(file)],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.slow
def test_each_text_is_parsed_once(counts):
    assert [text for texts in counts["again"].values() for text in texts] == []
    assert all(counts["texts"].values()), "each counter counts"
    texts = counts["texts"]
    assert texts["front matter"] == counts["posts"]
    misses, remembered = counts["fences"]
    assert misses == remembered >= counts["posts"]
