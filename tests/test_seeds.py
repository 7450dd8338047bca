"""The five real posts, unmodified, with the real PyTorch."""

import subprocess
import sys

import pytest

from hexapla.cli.main import main

pytestmark = pytest.mark.slow


@pytest.fixture
def built(new_site, seeds, capsys):
    """Build a new site that holds the seeds; return its folder, exit status and messages."""
    pytest.importorskip("torch")
    file = new_site(seeds, plain=False)
    status = main(["build", "-f", str(file)])
    captured = capsys.readouterr()
    return file.parent, status, captured.out + captured.err


def test_the_seeds_become_a_site(built):
    folder, status, said = built
    _one_program_for_four_languages(folder, said)
    _one_clean_english_page(folder)
    _every_language_has_every_page(folder)
    assert status == 0
    # The French post claims what no Python prints. It is a translation's fault, so it only warns.
    wrong = [line for line in said.splitlines() if "W-claim-wrong" in line]
    assert len(wrong) == 1 and wrong[0].startswith("posts/pytorch-parameter-fr.md:39: ")
    assert "Parameter contenant : tensor(...)" in said and "Parameter containing:" in said


def _one_program_for_four_languages(folder, said):
    out = (folder / "snippets/pytorch-parameter/cell-1.out").read_text()
    assert out.startswith("[Parameter containing:\ntensor([[") and "requires_grad=True)]" in out
    assert said.count("pytorch-parameter: it is new") == 1
    for language, label, comment in (
        ("de", "Ausgabe", "# Dies wird automatisch als Parameter registriert"),
        ("es", "Salida", "# Un tensor normal no se registrará"),
        ("fr", "Affiche", "# Un tenseur standard ne sera pas enregistré"),
        ("hi", "आउटपुट", "# एक साधारण टेंसर पंजीकृत नहीं होगा"),
    ):
        page = (folder / f"docs/{language}/posts/pytorch-parameter.md").read_text()
        assert out.strip() in page and comment in page
        assert "tensor(...)" not in page
        assert "print(list(model.parameters()))\n```" in page
        assert f'title="{label}"' in page or 'title="Sortie"' in page


def _one_clean_english_page(folder):
    page = (folder / "docs/en/posts/nn-parameter-explained.md").read_text()
    body = page.partition("\n---\n")[2]
    assert "title: torch.nn.Parameter\n" in page
    assert body.count(".output") == 2
    assert "my_weight torch.Size([3, 3]) True\n" in body
    assert "print(list(bad_model.parameters()))\n```" in body
    assert "**Output:**" not in body and "# Example 1" not in body
    html = (folder / "site/posts/nn-parameter-explained/index.html").read_text()
    assert html.count("<table") == 2 and html.count("<blockquote>") == 2
    assert "**" not in html.partition("<article")[2].partition("</article>")[0]


def _every_language_has_every_page(folder):
    for language in ("", "de/", "es/", "fr/", "hi/"):
        for slug in ("pytorch-parameter", "nn-parameter-explained"):
            assert (folder / f"site/{language}posts/{slug}/index.html").exists()
    # A page that stands in for a translation names its original, even where the site has no address.
    fallback = (folder / "site/hi/posts/nn-parameter-explained/index.html").read_text()
    assert '<link rel="canonical" href="../../../posts/nn-parameter-explained/">' in fallback
    assert 'lang="en"' in fallback.partition("<article")[2]


def test_plain_mkdocs_builds_the_same_and_executes_nothing(built):
    folder, _, _ = built
    page = folder / "docs/de/posts/pytorch-parameter.md"
    before = page.read_text()
    page.unlink()
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", folder / "mkdocs.yml"], check=True)
    assert page.read_text() == before
