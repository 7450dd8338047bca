"""A title reads the same wherever a site shows it, whatever Markdown extensions the site has switched on."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
import yaml

from hexapla.cli.main import main
from indexes import found_pages

pytestmark = pytest.mark.slow
TITLES = {
    "marks": "==b== x++i++y (c) --> 2^10^ H~2~O ~~x~~ ^^y^^ {++in++} 1/2 2nd :smile: 'a' \"b\" -- ... {{ site_name }}",
    "html": "<b>a</b> & &lt;c&gt; <script>d</script> </title> AT&T; [x](y) ![z](w) www.a.org a@b.org #1 @user",
}
EXTENSIONS = """\
  - abbr
  - smarty
  - pymdownx.caret
  - pymdownx.critic
  - pymdownx.emoji
  - pymdownx.keys
  - pymdownx.mark
  - pymdownx.smartsymbols
  - pymdownx.snippets
"""


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@pytest.fixture
def site(new_site):
    """Return the folder of a built site with every extension that reads marks in words."""
    posts = {
        f"{name}.en.md": f"---\n{yaml.safe_dump({'title': title, 'description': title, 'author': title})}---\n\nText.\n"
        for name, title in TITLES.items()
    }
    file = new_site(posts, languages="en")
    text = file.read_text().replace("# site_url: https://example.org/", "site_url: https://site.example/")
    file.write_text(text.replace("markdown_extensions:\n", f"markdown_extensions:\n{EXTENSIONS}"))
    assert main(["build", "-f", str(file)]) == 0
    return file.parent / "site"


def test_a_title_reads_the_same_wherever_it_stands(site):
    # A title is Markdown as on GitHub: what is HTML or a link there shows its words, and a picture none.
    expected = {
        "marks": TITLES["marks"].replace("~~x~~", "x"),
        "html": "a & <c> d AT&T; x www.a.org a@b.org #1 @user",
    }
    listed = (site / "posts/index.html").read_text(encoding="utf-8")
    found = found_pages(site)
    feed = ElementTree.parse(site / "feed.xml").getroot()
    entries = {entry.findtext("{*}title") for entry in feed.iter("{http://www.w3.org/2005/Atom}entry")}
    for name, title in expected.items():
        page = (site / f"posts/{name}/index.html").read_text(encoding="utf-8")
        places = {
            "heading": re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL),
            "tab": re.search(r"<title>(.*?)</title>", page, re.DOTALL),
            "card": re.search(r'<meta (?:property|name)="og:title" content="([^"]*)"', page),
            "list": re.search(rf'<a href="(?:\.\./posts/|\./)?{name}/"[^>]*>(.*?)</a>', listed, re.DOTALL),
        }
        said = {
            place: words(match[1]).removesuffix(" - A site").rstrip("¶ ")
            for place, match in places.items()
            if match
        }
        for key in ("description", "author"):
            # These are words alone: no Markdown, and no HTML.
            value = re.search(rf'<meta name="{key}" content="([^"]*)"', page)
            assert value and unescape(value[1]) == TITLES[name]
        said["search"] = found[f"/posts/{name}/"]["meta"]["title"]
        said["feed"] = title if title in entries else repr(entries)
        assert said == dict.fromkeys((*places, "search", "feed"), title)
