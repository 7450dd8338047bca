"""From where a site's blocks may take in code: what mkdocs.yml opens, and for posts only folders of their own."""

from dataclasses import replace

import pytest

from examples import post
from hexapla.config.config import load
from hexapla.config.snippets import may_include, with_code

TAKES = '```python\n--8<-- "a.py"\n```\n'


@pytest.fixture
def config(new_site):
    config = load(new_site({"a.en.md": "# A\n"}))
    (config.root / "code").mkdir()
    (config.root / "code" / "a.py").write_text("print(1)\n")
    return config


def opened(config, **options):
    """Return the configuration with the extension on."""
    name = "pymdownx.snippets"
    return replace(
        config,
        extensions=(*config.extensions, name),
        extension_configs={**config.extension_configs, name: options},
    )


@pytest.mark.parametrize(
    ("options", "may"),
    [
        ({"base_path": ["code"]}, True),
        ({"base_path": "$config_dir/code"}, True),
        ({"base_path": ["code"], "restrict_base_path": False}, False),
        ({"base_path": ["code", "."]}, False),
        ({"base_path": "$config_dir"}, False),
        ({}, False),
    ],
)
def test_posts_may_take_in_what_lies_in_folders_of_its_own(config, options, may):
    assert may_include(config)
    site = opened(config, **options)
    assert may_include(site) == may
    (read,), problems = with_code(site, [post(TAKES)], own=False)
    assert ("print(1)" in read.body, problems) == (may, [])


def test_pages_of_its_own_may_take_in_what_mkdocs_yml_lets_them(config):
    site = opened(config, base_path=[".", "code"])
    (read,), _ = with_code(site, [post(TAKES)], own=True)
    assert "print(1)" in read.body
    assert with_code(config, [post(TAKES)], own=True) == ([post(TAKES)], [])
