"""What is highlighted once is what the library highlights each time."""

from importlib.util import find_spec, module_from_spec

import pytest
from markdown import Markdown
from pymdownx import highlight

from hexapla.normalize.target import highlighting

CONFIGS = {
    "as a new site has it": {"pygments_lang_class": True, "anchor_linenums": True},
    "numbered": {"linenums": True, "linenums_style": "pymdownx-inline", "auto_title": True},
    "in the page": {"noclasses": True, "pygments_style": "monokai", "stripnl": False},
    "guessed": {"guess_lang": True, "default_lang": "pycon"},
    "of its own": {
        "extend_pygments_lang": [{"name": "php-inline", "lang": "php", "options": {"startinline": True}}]
    },
}
PAGE = """
```python
x = 1  # a
```

``` {.python hl_lines="1 2" linenums="3" title="b.py"}
x = 1  # a

```

```no-such-language
x = 1
```

```php-inline
$a = 3;
```

```python
x = 1  # a
```

    <?php $a = 3;

`#!python x = 1` and `y`
"""


def site(config: dict[str, object]) -> Markdown:
    names = ["pymdownx.highlight", "pymdownx.superfences", "pymdownx.inlinehilite"]
    return Markdown(extensions=names, extension_configs={"pymdownx.highlight": config})


@pytest.fixture
def theirs(monkeypatch):
    """Leave the library as it was."""
    spec = find_spec("pymdownx.highlight")
    own = module_from_spec(spec)
    spec.loader.exec_module(own)
    for name in ("get_lexer_by_name", "highlight", "BlockHtmlFormatter", "InlineHtmlFormatter"):
        monkeypatch.setitem(vars(highlight), name, vars(own)[name])


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_blocks_are_highlighted_as_the_library_does(theirs, monkeypatch, config):
    without = site(config).convert(PAGE)
    for name in ("BlockHtmlFormatter", "InlineHtmlFormatter"):
        monkeypatch.setitem(highlighting._THEIRS, name, vars(highlight)[name])
    highlighting.highlight_once()
    assert [site(config).convert(PAGE) for _ in range(2)] == [without, without]


def test_a_block_is_read_once(theirs):
    highlighting.highlight_once()
    highlighting._tokens.cache_clear()
    site({}).convert(PAGE)
    before = highlighting._tokens.cache_info()
    site({}).convert(PAGE)
    after = highlighting._tokens.cache_info()
    assert before.misses == after.misses
    assert before.hits < after.hits


def test_a_release_that_has_other_names_keeps_its_own(theirs, monkeypatch):
    monkeypatch.delitem(highlighting._THEIRS, "BlockHtmlFormatter")
    own = highlight.highlight
    highlighting.highlight_once()
    assert highlight.highlight is own
