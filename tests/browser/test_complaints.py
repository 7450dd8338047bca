"""What the reading of every page would find: a page without a fault, then the same page with one fault each."""

import random
from pathlib import Path

import pytest

from browser.visits import BUDGET, complaints
from serving import serving

SOUND = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<style>pre { overflow-x: auto } img { max-width: 100% }</style></head>
<body><article><h1 id="top">A page</h1><p><a href="./#top">Here</a> and <a href="https://example.org/">there</a>.</p>
<pre><code>wide = "WIDE"</code></pre><img src="dot.svg" alt="A dot" width="9" height="9" loading="lazy">
<a class="md-select__link" hreflang="en" href="./">English</a></article></body></html>
""".replace("WIDE", "x" * 400)
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def _later(script: str) -> str:
    """Return the end of a page that does something once it has been painted."""
    return f"<script>requestAnimationFrame(() => requestAnimationFrame(() => {{ {script} }}))</script></body>"


FAULTS = {
    "console": ("</body>", "<script>console.error('no')</script></body>"),
    "console of an exception": ("</body>", "<script>null.missing</script></body>"),
    "request": ("</body>", "<script src='gone.js'></script></body>"),
    "request of a picture": ("dot.svg", "gone.svg"),
    "foreign": ("<style>", "<link rel='stylesheet' href='https://fonts.example.org/a.css'><style>"),
    "weight": ("</article>", "<img src='noise.bin.png' alt='Noise'></article>"),
    "sideways": ("pre { overflow-x: auto }", ""),
    "language": ('lang="en"', 'lang="de"'),
    "direction": ("<body>", "<body dir='rtl'>"),
    "title": ("<title>A page<", "<title><"),
    "viewport": ("width=device-width,initial-scale=1", "initial-scale=1"),
    "heading": ("</h1>", "</h1><h1>Another</h1>"),
    "code": ("<pre>", "<pre dir='rtl'>"),
    "picture": ('alt="A dot"', 'alt=" "'),
    "cut": ("overflow-x: auto", "overflow-x: hidden"),
    "id": ("</h1>", "</h1><p id='top'></p>"),
    "shift": ("</body>", _later("document.querySelector('pre').style.marginTop = '99px'")),
    "shift of much": ("</body>", _later("document.body.style.paddingTop = '400px'")),
    "shift of a table": (
        "</article></body>",
        "<table id='rows'><tr><td>"
        + "many words " * 200
        + "</td></tr></table></article>"
        + _later("document.querySelector('#rows').style.marginTop = '300px'"),
    ),
    "link": ("./#top", "gone/"),
    "link to a place": ("./#top", "./#gone"),
    "switcher": ('href="./">English', 'href="./other.html">English'),
}


@pytest.fixture
def served(chromium, tmp_path):
    for name, text in {"dot.svg": DOT, "404.html": "None.", "other.html": "Another."}.items():
        (tmp_path / name).write_text(text)
    with serving(tmp_path) as one:
        yield one


def test_words_about_an_output_may_move_a_little(reader, served):
    words = '<p id="words"><code>pre</code> shows an output</p>'
    moved = _later("document.querySelector('#words').style.marginTop = '40px'")
    html = SOUND.replace("</article>", f"{words}</article>").replace("</body>", moved)
    assert complaints_of(reader, served, html) == set()


def complaints_of(reader, served, html: str) -> set[str]:
    """Return the rules that a reader of this page would name."""
    (served.folder / "index.html").write_text(html)
    found = complaints(reader.visit(served, served.address), served, language="en", direction="ltr")
    return {complaint.split(": ")[1] for complaint in found}


def test_a_sound_page_is_left_alone(reader, served):
    assert complaints_of(reader, served, SOUND) == set()


@pytest.mark.parametrize("rule", FAULTS)
def test_a_fault_is_found_for_what_it_is(reader, served, rule):
    old, new = FAULTS[rule]
    if rule == "weight":
        _noise(served.folder / "noise.bin.png")
    assert old in SOUND
    assert rule.split(" ")[0] in complaints_of(reader, served, SOUND.replace(old, new))


def _noise(file: Path) -> None:
    """Write a picture that no compression makes small."""
    from PIL import Image

    side = 400
    pixels = random.Random(0).randbytes(side * side * 3)
    Image.frombytes("RGB", (side, side), pixels).save(file)
    assert file.stat().st_size > BUDGET
