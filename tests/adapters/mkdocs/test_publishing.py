"""What mkdocs.yml has pages load from other sites: they may, and nothing else."""

import pytest
from mkdocs.config.base import load_config

from hexapla.adapters.mkdocs.publishing import _hosts_elsewhere


@pytest.mark.parametrize(
    ("lines", "hosts"),
    [
        ("theme: {name: material, font: false}", {}),
        ("theme: {name: material, font: false}\nrepo_url: https://github.com/us/site", {}),
        (
            "theme: {name: material}",
            {"style-src": ["https://fonts.googleapis.com"], "font-src": ["https://fonts.gstatic.com"]},
        ),
        (
            "theme: {name: material, font: false}\nextra_css: [own.css, '//a.example/b.css']",
            {"style-src": ["https://a.example"], "font-src": ["https://a.example"]},
        ),
        (
            "theme: {name: material, font: false}\nextra_javascript: [https://a.example/mermaid.min.js]",
            {"script-src": ["https://a.example"], "style-src-elem": ["'unsafe-inline'"]},
        ),
    ],
    ids=["nothing", "no stars of a repository", "typefaces", "styles", "a library that writes styles"],
)
def test_what_pages_load_from_elsewhere(tmp_path, lines, hosts):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(f"site_name: A\n{lines}\n")
    allowed = dict(_hosts_elsewhere(load_config(str(tmp_path / "mkdocs.yml"))))
    assert {directive: names for directive, names in allowed.items() if names} == hosts
