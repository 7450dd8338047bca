"""Articles on paper: no page is blank, none has a foot alone, and no output is parted from its label."""

import importlib

import pytest

from browser import ROOT


@pytest.fixture
def pdfs(monkeypatch):
    """Load the script that prints every article."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("pdfs")


@pytest.mark.parametrize(
    ("language", "slug"),
    [("en", "gradients"), ("de", "dataset-dataloader"), ("hi", "buffers"), ("ar", "parameter"), ("zh", "parameter")],
)  # fmt: skip
def test_an_article_is_printed_whole(open_page, own, pdfs, tmp_path, language, slug):
    page = open_page(f"{own.home(language)}posts/{slug}/")
    page.evaluate("document.fonts.ready")
    page.pdf(path=tmp_path / "a.pdf", format="A4")
    assert list(pdfs.faults_of(tmp_path / "a.pdf", language)) == []


def test_what_is_wrong_on_paper_is_found(open_page, pdfs, tmp_path):
    page = open_page("about:blank")
    apart = "style='break-before: page; height: 1px'"
    page.set_content(
        f"<p>One</p><p {apart}>Two<br>Output</p><div {apart}></div><p {apart}>Output<br>3</p>"
        f"<p {apart}>Run with PyTorch 2 on CPU, seed 0.</p>"
    )
    page.pdf(path=tmp_path / "a.pdf", format="A4")
    assert list(pdfs.faults_of(tmp_path / "a.pdf", "en")) == [
        (2, "“Output” ends it"),
        (3, "it is blank"),
        (5, "the foot is alone on it"),
    ]
