"""Normalizing whole posts: structure, code, lines, and normalizing twice."""

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st

from hexapla.model.block import Edit, blocks
from hexapla.model.post import Post
from hexapla.normalize import repairs
from hexapla.normalize.github.parser import read_as_github
from hexapla.normalize.normalize import normalize, verify
from hexapla.normalize.rules.links import rewrite_links
from hexapla.normalize.rules.rule import Repair
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.renderer import renderer
from hexapla.normalize.target.structure import skeleton

SITE = Dialect()


def post(body, **front_matter):
    lines = tuple(range(1, body.count("\n") + 1 + (body != "" and not body.endswith("\n"))))
    title = str(front_matter.get("title", "a"))
    return Post(
        path="posts/a.md",
        slug="a",
        language="en",
        title=title,
        body=body,
        lines=lines,
        front_matter=front_matter,
    )


FINE = {
    "a plain post": "# A\n\ntext **bold** `code`\n\n- a\n- b\n\n```python\nx = 1\n```\n",
    "a table": "| a | b |\n| - | - |\n| 1 | 2 |\n",
    "a nested list on four": "- a\n    - b\n        - c\n",
    "math": "so $a_1$ is\n\n$$\nx^2\n$$\n\ntext\n",
    "Devanagari": "**मुख्य**: यह `x` है।\n",
    "Arabic": "هذا **نص** و `x`.\n",
}


@pytest.mark.parametrize("body", FINE.values(), ids=FINE)
def test_what_is_fine_is_the_same_post(body):
    given_post = post(body, title="T")
    assert normalize(given_post, Dialect(repairs_off=frozenset({"title"}))).post is given_post


CHANGED = {
    "a list after text": "text\n- a\n- b\n",
    "a nested list on two": "- a\n  - b\n    - c\n",
    "an ordered list with nested bullets": "1. a\n   - b\n2. c\n",
    "a list that starts at 3": "text\n3. a\n4. b\n",
    "parenthesis numbers": "1) a\n2) b\n",
    "a fence in a list": "1. a\n   ```python\n   x = 1\n     y\n   ```\n2. b\n",
    "a fence in a quote": "text\n> ```python\n> x\n>\n> y\n> ```\n",
    "a longer fence": "text\n````markdown\n```python\nx\n```\n````\n",
    "tildes": "text\n~~~python title\nx  \n~~~\n",
    "an info string of another tool": "```js {1,3} foo\nx\n```\n",
    "emphasis beside full-width punctuation": "text\n- **注意：** 后\n",
    "prices": "It is $500 and then $600.\n",
    "brackets": "a \\[see\\] and \\(too\\) \\# \\~\n",
    "a hard break": "one  \ntwo\\\nthree\n",
    "an alert": "> [!NOTE]\n> Take **care**.\n>\n> - a\n",
    "an alert after text": "text\n> [!WARNING]\n> x\n",
    "tasks": "text\n- [ ] a\n- [x] b\n",
    "details": "<details>\n<summary>More</summary>\n\n**x**\n\n```python\ny\n```\n\n</details>\n",
    "a footnote": "a[^1]\n- x\n\n[^1]: the **note**\n",
    "a bare address": "see https://example.com/a_b_c. or <https://example.com>\n",
    "a table after text": "text\n| a | b |\n|---|---|\n| 1 | `x` |\n",
    "a reference link": "text [a][b]\n- x\n\n[b]: https://example.com 'T'\n",
    "display math beside text": "text\n$$\nx\n$$\nmore\n",
    "lines of preformatted text in an item": "- a\n\n  <pre><code>x\n    y\n  </code></pre>\n\n- b\n  - c\n",
    "a list that starts at 0": "0. a\n\n   ~~~sh\n   b\n   ~~~\n",
    "a hash": "#hashtag is text\n",
    "braces": "text {.x} and **y**{.z}\n",
    "indented code": "text\n\n    x\n\n    y\n",
    "a fence between double dollars": "$$\n```python\n$$\n```\ntext",
    "a fence that the end closes, after a tag": "<div>\n~~~\n\n~~~\ntext",
    "two lists": "- a\n\n* b\n",
    "a fence on an item's line": "1. ```python\n   # x\n   print(1)\n   ```\n\n## B\n\nb\n",
    "fences on items' lines": "1. ```sh\n   # x\n   y\n   ```\n2. ```sh\n   z\n   ```\n\nEnd.\n",
    "a heading and a fence in an item": "- a\n\n  ## Deep\n\n  ```py\n  x\n  ```\n\n## Next\n\ntext\n",
    "a heading in an item above a lazy line": "[x](#see)\n\n- ## See\n    - K:\n        - [a](b)\n              - [c](d)\n",
    "a fence's mark in indented code": "- a\n\ntext\n\n    ```py\n    x\n",
    "an address of a file": "text\n- <file:line> and [a](file:///b)\n",
    "a bar in a cell's code": "text\n| a |\n|---|\n| `b \\| c` and `d` |\n",
    "a fence's mark in HTML": "<x-y>\n```py\nx\n</x-y>\n\n```py\ny\n```\n",
    "marks in attributes": 'a\n- <img alt="the `a` of [b](c) and $d$" src="e"> *f*\n\n<img alt="`a` [b]" src="c_d_e">\n',
    "HTML in an item": "- a\n\n  <p>\n    b\n  </p>\n\n      code\n",
    "a hundredth item": "100. a\n\n     ```py\n     x\n     ```\n",
    "a picture that says an address": "text\n- ![http://a.b/c\\_d](e)\n",
    "a tag below a component": "<x-a>\n<x-b>\n  text\n  <div>\n\n```js\na\n```\n\nIf `a`.\n\n  </div>\n  <div>\n\nIf `b`.\n\n  </div>\n</x-b>\n</x-a>\n\nend\n",
    "a tag on a tab after the end of another": "<x-tabs>\n  <div>\n\n```js\na\n```\n\n  </div>\n\t<div>\n    <p><em>b</em></p>\n  </div>\n</x-tabs>\n\nc\n",
    "a paragraph's tag around blocks": "<details><summary>S</summary>\n<p>\n\n*a*"
    "\n\n```js\nx\n```\n\n</p>\n</details>\n",
}


@pytest.mark.parametrize("body", CHANGED.values(), ids=CHANGED)
def test_the_page_shows_what_the_post_says(body):
    given_post = post(body)
    normalized = normalize(given_post, SITE)
    assert normalized.lost == 0
    assert skeleton(renderer(SITE).html(normalized.post.body)) == read_as_github(body).units
    assert verify(given_post, normalized, SITE) == ()


@pytest.mark.parametrize("kind", ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "note"])
@pytest.mark.parametrize("place", ["{}", "text\n\n{}\n", "{}\n\n> a quote\n"])
def test_an_alert_is_an_admonition_of_the_site(kind, place):
    body = place.format(f"> [!{kind}]\n> Take **care**.\n>\n> - a")
    page = renderer(SITE).html(normalize(post(body, title="T"), SITE).post.body)
    assert f'class="admonition {kind.lower()}"' in page
    assert "[!" not in page


def test_a_task_is_a_box():
    page = renderer(SITE).html(normalize(post("text\n* [ ] a\n* [x] b\n", title="T"), SITE).post.body)
    assert page.count('type="checkbox"') == 2


def test_code_lines_know_their_source_lines():
    body = "text\n- a\n  ```python\n  x = 1\n\n  y = 2\n  ```\n- b\n"
    normalized = normalize(post(body), SITE).post
    source = body.split("\n")
    for block in blocks(normalized.body):
        for offset, line in enumerate(block.code.split("\n")[:-1], block.line + 1):
            assert source[normalized.lines[offset] - 1].strip() == line.strip()


WORDS = r"""
text|**b**|`c`|- a|  - b|1. x|   |```python|```|x = 1  |> q|> - r|## H|$$|$5|![i](u)|<div>|</div>|[^1]
[^1]: n|注意：**x。**后|~~~|    code|---|\[|{: .x}|{% raw %}|- [ ] t|> [!TIP]|a  |www.x.org
""".replace("\n", "|").split("|")
PIECES = st.sampled_from([*WORDS, "| a | b |", "|---|---|", "\tq"])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14).map("\n".join))
def test_twice_is_once_and_code_stays(body):
    given_post = post(body)
    normalized = normalize(given_post, SITE)
    once = {problem.code for problem in verify(given_post, normalized, SITE)}
    assert once == set()


STABLE = {
    "a tag's end in a fence": "<div>\n\n```html\n</div>\n```\ntext\n",
    "a tag's end in a fence that the end closes": "<div>\n\n![i](u)\n```python\n</div>\nwww.x.org",
    "the same after a list": "<div>\n   \n  - b\n```python\n</div>",
    "the same after indented code": "<div>\n   \n\tq\n```\n</div>",
    "a tag that an alert below shows to be open": (
        "    code\n<div>\nx = 1  \n  - b\n**b**\n\n```python\n```\n> [!TIP]\n    code"
    ),
    "a table's rule in a lazy line": "- a\n|---|---|\n|---|---|\n    code\n  - b\n[^1]\n![i](u)\n</div>\n注意：**x。**后",
    "a table in lazy lines": "## H\n- a\n{% raw %}\nwww.x.org\n    code\ntext\n| a | b |\n|---|---|\n  - b\n~~~\n\tq\n",
    "a table in lazy lines of a task": "- [ ] t\n  - b\n| a | b |\n|---|---|",
    "a heading's line in a lazy line": "- a\n  - b\nc\n===\n",
    "a line that only Python calls blank": "0\n\x1d\n",
    "a last heading that has a footnote": "[^1]: n\n## H\n1. x\n   \n[^1]\n---",
    "a footnote that only refers to itself": "[^1]: n\n$$\n[^1]\n$$\n```",
    "a block that no rung keeps": "</div>\n---\n<div>\n\n[^1]\n<div>",
    "a bracket that a formula would end with": "\\[\n   \n注意：**x。**后\n[^1]",
    "a formula's mark that a repair frees": "{% raw %}\n$$\n$$\n  - b\n$$\n| a | b |",
    "HTML that a repair frees": "{% endraw %}\n<br>\n-\ta\n1. x",
    "a break before all text": "\\\n#h",
    "a break before a number": "\\\n2) x",
    "a comment that nothing closes, after a fence that its item closes": "1. ```py\n<!--\n~~~",
    "such a comment after a list": "![i](u)\n[a]: b\n- a\n<!--\n> ```",
    "attributes below a fence that its item closes": "1. ```py\n{: .x}\n\n\\",
    "a paragraph's end that nothing opens, after a list": "- [ ] t\n</p>\n  text\n`c`",
    "a paragraph in HTML that nothing closes": "</details>\n> [!TIP]\n<!-- x -->\n<p>a",
    "a fence in a hundredth item": "100. z\n1. x\n1. ```py",
    "an alert without a text": ":::note\n[^1]: n\n:::",
    "blanks at the end of code in HTML": "<pre>\n   ```\n-\ta\nx = 1  ",
    "blanks at the end of a line of HTML": '> q\n<img src="a">\na  \n* * *\n<!--',
    "a definition below a fence": "```py\n```\na_b_c\n: d",
    "a definition below a heading": "text\n===\n[x](y)\n: d",
    "a fence below a definition": "[[l]]\n: d\n   ```\n{{ x }}",
    "an alert without a text, with HTML": ":::note\n</p>\n:::",
    "a dash in a lazy line above what looks like a definition": "<p>a\n\nwww.x.org\n    - c\n: d",
    "a note that a repair leaves without a mark": '[^1]: n\n- [ ] t\n   \n{% endraw %}\n<img src="a">\n[^1]',
    "a tab in a fence that is indented": "   ```\n\tq\n   ```\n- a",
    "a tab in an item's fence": "+ p\n   ```\n\tq",
    "a tab after the indentation of an item's fence": "- p\n\n    ```go\n    \tq\n    ```\n",
    "text after a tag's end that is no Markdown": "<video loop>\n  Sorry.\n</video>*I feel -- it!*\n\ntext",
    "the same below the tag": "text\n\n<video loop>\nSorry.\n</video>\n*Just `it`!*\n- a\n\ntext",
    "a break before a tag": "\\\n<br>\n*a _b",
    "text below a definition": "$$\n: d\nx = 1  \n$a$ $b\n- a",
    "attributes that the ladder puts on a line of their own": '{: .x}\n<img src="a">\n   ```\n注意：**x。**后',
    "the same in braces alone": '    code\n{.c}\n<img src="a">\n```python',
    "an alert of nothing but attributes": ":::note\n{: .x}\n:::",
    "what looks like an alert in an item": "  - b\n!!! note\n   ```",
    "an end of a tag in HTML that the site would read": (
        "- [ ] t\n</div>\n  - b\n<summary>s</summary>\n        - d"
    ),
    "a tag for code that nothing closes, above a fence": "<details>\n<pre>\n\n1. ```py\n\\[",
    "a comment that nothing closes in a tag": "<div>\n<!--\n\n> ```\n\\[",
    "a definition below a line that was code": '[x](y "z")\n    code\na\\\n: d',
    "attributes in a block of HTML": "[^1]\n</div>\n{.c}\n[^1]: n",
    "links by a definition with another tool's path": "a **[b]**后 [c][b]\n- x\n\n[b]: @/d/e.md\n",
}


@pytest.mark.parametrize("body", STABLE.values(), ids=STABLE)
def test_what_is_written_reads_the_same_once_more(body):
    given_post = post(body)
    normalized = normalize(given_post, SITE)
    assert verify(given_post, normalized, SITE) == ()
    if not normalized.lost:
        site = renderer(SITE)
        assert skeleton(site.html(normalized.post.body)) == read_as_github(normalized.post.body, site).units


def test_what_shows_a_rule_something_once_it_is_written_keeps_its_lines_and_is_told():
    given_post = post('text\n\n{: .x}\n<img src="a">\n   ```\n**x。**后', title="T")
    normalized = normalize(given_post, SITE)
    assert normalized.post.body == 'text\n\n<img src="a">\n\n```\n**x。**后\n```\n'
    assert tuple(normalized.post.lines) == (1, 2, 4, 5, 5, 6, 6)
    assert ("jekyll", 3) in {(problem.code, problem.line) for problem in normalized.problems}


def test_what_was_written_and_stays_is_not_looked_through_for_remarks_once_more(monkeypatch):
    said = []
    monkeypatch.setattr(
        "hexapla.normalize.normalize.remarks_on", lambda _climbed, source, *_: said.append(source.text) or []
    )
    assert normalize(post(":::note\n\nx\n\n:::\n"), SITE).post.body.strip() == "!!! note\n    x"
    assert len(said) == 1


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_no_text_is_too_odd(body):
    normalize(post(body.replace("\r", "")), SITE)


ONLY_OURS = {
    "an alert", "an alert after text", "a footnote", "display math beside text", "tasks", "tildes",
    "an info string of another tool",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(CHANGED) - ONLY_OURS))
def test_the_reference_reads_as_github_does(name):
    """A second opinion: GitHub's own parser."""
    html = cmarkgfm.github_flavored_markdown_to_html(CHANGED[name], options=Options.CMARK_OPT_UNSAFE)
    assert read_as_github(CHANGED[name]).units == skeleton(html.replace('<pre lang="', '<pre class="'))


def test_an_indented_summary_in_an_item_is_no_code():
    fold = "    <details>\n      <summary>*b*</summary>\n\n      1. c\n\n          d\n\n    </details>\n"
    body = normalize(post(f"1. a\n\n{fold}\n2. e\n"), SITE).post.body
    assert "    <summary>&#42;b&#42;</summary>\n\n    1. c\n\n        d\n" in body


def test_a_page_of_python_markdown_is_left_alone():
    given_post = post("# A\n\n!!! note\n    text\n- a\n", dialect="python-markdown")
    assert normalize(given_post, SITE).post.body == given_post.body


OWN = "!!! note\n    *hi*\n\n    - a\n\n"


def test_blocks_of_python_markdowns_own_stay_and_all_else_is_read_as_on_github():
    given_post = post(f"{OWN}Steps:\n- a\n  - b\n\nText\n| a | b |\n|---|---|\n| 1 | 2 |\n", title="T")
    normalized = normalize(given_post, SITE)
    assert normalized.post.body.startswith(OWN)
    assert "Steps:\n\n- a\n    - b\n\nText\n\n| a | b |" in normalized.post.body
    assert {problem.code for problem in normalized.problems} == {"normalize-apart", "normalize-printed"}
    assert verify(given_post, normalized, SITE) == ()


@pytest.mark.parametrize(
    ("body", "line"), [("!!! note\n    [x]:\n    - [a]\n", 2), (f"{OWN}!!! note\n    a\n", 0)]
)
def test_where_the_site_reads_a_block_of_its_own_otherwise_is_said(body, line):
    normalized = normalize(post(f"text\n\n{body}\n[a]: https://a.b\n", title="T"), SITE)
    assert body in normalized.post.body
    said = [problem.line for problem in normalized.problems if problem.code == "normalize-own"]
    assert said == ([2 + line] if line else [])


UNTOUCHED = {
    "indented code": "Run:\n\n    sed -e 's/\\(a_b\\)/x/' f\n    {: .x}\n    echo $$x_1$$ y\n",
    "code in an item": "- Run:\n\n    ```sh\n    # {: .x}\n    echo \\\\(a_b\\\\)\n    ```\n",
    "a comment": "text\n\n<!-- {{ page.title }} \\(a_1\\)\n\n# A\n-->\n\nmore\n",
    "preformatted text": "text\n\n<pre>\n# {: .x}\n\n$$x_1$$ \\(a_b\\)\n</pre>\n\nmore\n",
}


@pytest.mark.parametrize("front_matter", [{}, {"layout": "post"}])
@pytest.mark.parametrize("body", UNTOUCHED.values(), ids=UNTOUCHED)
def test_code_is_left_alone_wherever_it_stands(body, front_matter):
    given_post = post(body, title="T", **front_matter)
    assert normalize(given_post, SITE).post is given_post


@pytest.mark.parametrize("sign", "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e")
def test_only_a_newline_ends_a_line(sign):
    code = f"{sign}\n{sign}x = '{sign}'{sign}\n"
    given_post = post(f"One{sign}two.\n\nSteps:\n- a{sign}b\n\n```py\n{code}```\n", title="T")
    normalized = normalize(given_post, SITE)
    assert verify(given_post, normalized, SITE) == ()
    assert [block.code for block in blocks(normalized.post.body)] == [code]
    assert f"One{sign}two." in normalized.post.body
    assert len(normalized.post.lines) == normalized.post.body.count("\n")


def test_a_repair_that_would_make_other_code_is_not_made_and_said(monkeypatch):
    def opened(draft):
        begins = draft.text.startswith("- a")
        return Repair.of([Edit(start=0, end=0, text="~~~\n")] if begins else [], "A mark is put in.")

    monkeypatch.setattr(repairs, "RULES", (("empty-heading", opened),))
    body = "- a\n\n~~~\n\n- b\n\n```py\nx\n```\n\n~~~\n"
    normalized = normalize(post(body, title="T"), SITE)
    assert [block.code for block in blocks(normalized.post.body)] == ["\n- b\n\n```py\nx\n```\n\n"]
    assert [problem.message for problem in normalized.problems] == [
        "This stays as it is: what is code below would be other code."
    ]


def test_a_heading_in_an_item_is_lowered_in_its_place():
    assert "- a\n\n    ## Deep\n" in normalize(post("# T\n\n- a\n\n  # Deep\n"), SITE).post.body


def test_jekyll():
    body = (
        "{% raw %}\n`{% raw %}`\n{% endraw %}\n\n{% highlight python %}\nx = 1\n{% endhighlight %}\n\n"
        "[a]({% post_url 2025-01-01-b %}) [c]({{ site.baseurl }}/c)\n\n"
        "text\n{: .note}\n\n{% include x.html %}\n"
    )
    normalized = normalize(post(body), SITE)
    for text in ("`{% raw %}`", "```python\nx = 1\n```", "[a](2025-01-01-b.md)", "[c](/c)"):
        assert text in normalized.post.body
    assert "{: .note}" not in normalized.post.body
    assert [problem.line for problem in normalized.problems if problem.severity == "warning"] == [14]


KRAMDOWN = {
    "an id below": ("## B\n{: #bb .k}\n\ntext\n", '## <a id="bb"></a>B\n\ntext\n'),
    "an id beside": ("## B {#bb}\n\ntext\n", '## <a id="bb"></a>B\n\ntext\n'),
    "an id of Python-Markdown": ("## B { #bb }\n\ntext\n", '## <a id="bb"></a>B\n\ntext\n'),
    "a class below": ("## B\n{: .k}\n\ntext\n", "## B\n\ntext\n"),
    "a class of a paragraph": ("text\n{: .k}\n\nmore\n", "text\n\nmore\n"),
    "attributes of a link": ('[a](b){:target="_blank"}\n', "[a](b)\n"),
    "contents": ("* TOC\n{:toc}\n\ntext\n", "\ntext\n"),
    "a formula": ("text\n\n\\\\[ E = mc^2 \\\\]\n", "text\n\n$$\nE = mc^2\n$$\n"),
    "a formula in a line": ("so \\\\(a_1\\\\) is\n", "so $a_1$ is\n"),
    "in code": ("`## B {#bb}`\n\n```text\n## B {#bb}\n```\n", "`## B {#bb}`\n\n```text\n## B {#bb}\n```\n"),
    "a code span in a heading": ("## B `{#bb}`\n\ntext\n", "## B `{#bb}`\n\ntext\n"),
}


@pytest.mark.parametrize(("body", "expected"), KRAMDOWN.values(), ids=KRAMDOWN)
def test_kramdown(body, expected):
    given_post = post(body)
    normalized = normalize(given_post, Dialect(repairs_off=frozenset({"title", "heading-levels"})))
    assert normalized.post.body == expected
    assert (normalized.problems != ()) == (body != expected)
    assert verify(given_post, normalized, Dialect(repairs_off=frozenset({"title", "heading-levels"}))) == ()


DOUBLE_DOLLARS = {
    "in a line": ("so $$a_1$$ is\n", "so $a_1$ is\n"),
    "two in a line": ("$$a$$ and $$ b $$\n", "$a$ and $b$\n"),
    "in a list": ("- where $$a_1$$ is\n", "- where $a_1$ is\n"),
    "by itself": ("text\n\n$$\na_1\n$$\n", "text\n\n$$\na_1\n$$\n"),
    "a line by itself": ("text\n\n$$a_1$$\n", "text\n\n$$a_1$$\n"),
    "in code": ("echo `$$a$$` now\n", "echo `$$a$$` now\n"),
}


@pytest.mark.parametrize(("body", "expected"), DOUBLE_DOLLARS.values(), ids=DOUBLE_DOLLARS)
def test_double_dollars_of_a_jekyll_post(body, expected):
    assert normalize(post(body, layout="post", title="T"), SITE).post.body == expected


def test_double_dollars_elsewhere_are_display_math():
    assert "$$\na_1\n$$" in normalize(post("so $$a_1$$ is\n", title="T"), SITE).post.body


def test_links():
    pages = {"2025-01-01-other-en.md": "../other.md", "/notes/other-en": "../other.md", "a.png": "../a.png"}
    body = "[x](2025-01-01-other-en.md#s) [y](/notes/other-en) ![i](a.png) [z](gone.md) `[x](a.png)` [w](https://a.b)\n"
    links = rewrite_links(body, pages.get)
    assert links.body == (
        "[x](../other.md#s) [y](../other.md) ![i](../a.png) [z](gone.md) `[x](a.png)` [w](https://a.b)\n"
    )
    assert [target for _, target in links.broken] == ["gone.md"]


def test_missing_options_are_named():
    assert SITE.missing() == {}
    assert any("sane_lists" in each for each in Dialect(extensions=("tables",), configs={}).missing())


DEFINITIONS = {
    "on several lines": "[foo]: /url '\ntitle\nx\n'\n\n[foo]\n",
    "an address with a blank": "[Foo bar]:\n<my url>\n'title'\n\n[Foo bar]\n",
    "brackets in the label": "[foo][ref\\[]\n\n[ref\\[]: /uri\n",
}


@pytest.mark.parametrize("body", DEFINITIONS.values(), ids=DEFINITIONS)
def test_a_link_keeps_the_definition_that_the_site_does_not_read(body):
    given_post = post(body, title="T")
    normalized = normalize(given_post, SITE)
    assert "<a href" in renderer(SITE).html(normalized.post.body)
    assert verify(given_post, normalized, SITE) == ()


@pytest.mark.parametrize("words", ["python notest", "python raises:ValueError", "rust,ignore", "js {1,3}"])
def test_a_fence_whose_words_are_written_anew_is_no_news(words):
    body = f"text\n\n```{words}\nx = 1\n```\n\nmore\n"
    normalized = normalize(post(body, title="T"), SITE)
    assert normalized.problems == ()
    assert skeleton(renderer(SITE).html(normalized.post.body)) == read_as_github(body).units


def test_a_switched_off_repair_does_nothing():
    given_post = post("## **x\n\ntext\n")
    off = Dialect(repairs_off=frozenset({"heading-emphasis", "title"}))
    assert "**x" in normalize(given_post, off).post.body.replace("\\", "")


@pytest.mark.parametrize(
    "body",
    [
        "Text [[a]].\n\n```math\nx^2\n```\n\n- a\n  ```math\n  y\n  ```\n",
        "[^1]: n\n!!! note\n[[l]]",
        "a\n\n[^1]: n\n!!! note\n    x\n\nb [[c]]\n",
    ],
)
def test_formulas_in_fences_and_notes_that_nobody_refers_to_break_no_promise(body):
    given = post(body, title="T")
    done = normalize(given, SITE)
    assert not done.lost and verify(given, done, SITE) == ()


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("a[^1]\n\n[^1]: n\n\n[^2]: gone\n\n> [^b]: too\n", [5, 7]),
        ("[a]: x.md\n\n[a]: y.md\n\nb [a]\n", []),
        ("`[^1]: a`\n\n```\n[^2]: b\n```\n", []),
    ],
)
def test_a_note_that_no_text_refers_to_is_told_of(body, lines):
    normalized = normalize(post(body, title="T"), SITE)
    assert [problem.line for problem in normalized.problems if problem.code == "normalize-note"] == lines


def test_a_note_that_nobody_refers_to_shows_nothing():
    assert not skeleton(renderer(SITE).html(normalize(post("[^1]: n\n!!! note\n    x\n"), SITE).post.body))


def test_a_note_with_its_text_below_its_label_is_written_once():
    done = normalize(post("A[^c].\n\n[^c]:\n    One.\n\n    Two\\\n    lines.\n", title="T"), Dialect())
    assert done.post.body == "A[^c].\n\n[^c]: One.\n\n    Two<br>\n    lines.\n"
