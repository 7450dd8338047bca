"""Links to the official pages of what a program uses."""

import runpy
from dataclasses import replace
from pathlib import Path

import pytest

from examples import about, article
from hexapla.render.reference import page_of, reference_links

DOCS = "https://docs.pytorch.org/docs/stable/"


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("torch.randn", "generated/torch.randn.html"),
        ("torch.nn.Linear", "generated/torch.nn.Linear.html"),
        # What is asked of a class is on its page.
        ("torch.nn.Linear.weight.data", "generated/torch.nn.Linear.html"),
        ("torch.nn.Parameter", "generated/torch.nn.parameter.Parameter.html"),
        ("torch.nn.functional.mse_loss", "generated/torch.nn.functional.mse_loss.html"),
        ("torch.utils.data.DataLoader", "data.html#torch.utils.data.DataLoader"),
        ("torch.nn.init.zeros_", "nn.init.html#torch.nn.init.zeros_"),
        ("torch.float64", "tensor_attributes.html#torch.dtype"),
    ],
)
def test_a_name_has_its_official_page(name, page):
    assert page_of(name) == DOCS + page


@pytest.mark.parametrize("name", ["torch", "torch.nn", "torch.nowhere", "numpy.zeros", "../torch.x", "x"])
def test_what_no_list_has_has_none(name):
    assert page_of(name) == ""


def test_an_article_names_each_page_once():
    code = "import torch\nfrom torch import nn\nlayer = nn.Linear(2, 2)\nnn.Linear.extra_repr\ntorch.ones(2)"
    links = reference_links(about("a", code), "de")
    assert links.split("\n")[0] == (
        f"In der offiziellen Referenz: [`torch.nn.Linear`]({DOCS}generated/torch.nn.Linear.html) · "
        f"[`torch.ones`]({DOCS}generated/torch.ones.html)"
    )


@pytest.mark.parametrize("code", ["1 + 1", "import torch"])
def test_an_article_without_such_names_has_no_line(code):
    assert reference_links(about("a", code), "en") == ""
    assert reference_links(replace(article({"en": "Text.\n"}), programs=()), "en") == ""


@pytest.mark.slow
def test_the_list_is_what_torch_says():
    root = Path(__file__).parents[2]
    made = runpy.run_path(str(root / "scripts" / "torch_reference.py"))
    assert made["TARGET"].read_text(encoding="utf-8") == made["reference"]()
