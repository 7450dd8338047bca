"""Other tools' constructs: each is translated into what readers see here, or told of with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import post
from hexapla.model.problem import Severity
from hexapla.normalize.normalize import normalize, verify
from hexapla.normalize.target.dialect import NEEDED, Dialect

SITE = Dialect(extensions=(*NEEDED, "pymdownx.tabbed"), configs=NEEDED)
TABS = '=== "Apple"\n\n    Text a\n\n=== "Pear"\n\n    Text b'

TRANSLATED = {
    "Hugo highlight": ('{{< highlight go "linenos=table,hl_lines=2-3" >}}\nx := 1\n{{< /highlight >}}', '```{.go hl_lines="2-3"}\nx := 1\n```'),
    "Hugo highlight without language": ("{{< highlight >}}\nx\n{{< /highlight >}}", "```\nx\n```"),
    "Hugo figure": ('{{< figure src="a.png" alt="An image" caption="Words" >}}', "![An image](a.png)\n\n*Words*"),
    "Hugo figure on several lines": ('{{< figure\n  src="a b.png"\n  alt="x"\n>}}', "![x](a%20b.png)"),
    "Hugo ref": ('[x]({{< ref "other.md" >}}) [y]({{% relref "b#part" %}})', "[x](other.md) [y](b.md#part)"),
    "Hugo details": ('{{< details "More" >}}\n- a\n{{< /details >}}', "<details>\n<summary>More</summary>\n\n- a\n\n</details>"),
    "Hugo details by name": ('{{% details summary="More" open=true %}}\na\n{{% /details %}}', "<details>\n<summary>More</summary>\n\na\n\n</details>"),
    "Hugo youtube": ("{{< youtube abc123 >}}", "<https://www.youtube.com/watch?v=abc123>"),
    "Hugo gist": ("{{< gist me 123 >}}", "<https://gist.github.com/me/123>"),
    "Hugo notice": ("{{% notice warning %}}\nCareful\n{{% /notice %}}", "!!! warning\n    Careful"),
    "Hugo callout": ('{{< callout type="info" title="Why" >}}\nx\n{{< /callout >}}', "!!! note\n    **Why**\n\n    x"),
    "Hugo note on one line": ("{{< note >}}Careful{{< /note >}}", "!!! note\n    Careful"),
    "Hugo tabs": ('{{< tabs >}}\n{{< tab "Apple" >}}\nText a\n{{< /tab >}}\n{{< tab "Pear" >}}\nText b\n{{< /tab >}}\n{{< /tabs >}}', TABS),
    "Docusaurus note": (":::note\n\nhi\n\n:::", "!!! note\n    hi"),
    "Docusaurus note with a title": (":::tip My *title*\nhi\n:::", "!!! tip\n    **My *title***\n\n    hi"),
    "Docusaurus note with a title in brackets": (":::danger[Stop]\nhi\n:::", "!!! caution\n    **Stop**\n\n    hi"),
    "Docusaurus notes in notes": ("::::info\na\n\n:::tip\nb\n:::\n\n::::", "!!! note\n    a\n\n    > [!TIP]\n    > b"),
    "Docusaurus tabs": (
        'import Tabs from "@theme/Tabs";\n\n<Tabs>\n  <TabItem value="a" label="Apple">\n\nText a\n\n  </TabItem>\n'
        '  <TabItem value="b" label="Pear">\n\nText b\n\n  </TabItem>\n</Tabs>', TABS,
    ),
    "VitePress details": ("::: details Click me\n```js\nx\n```\n:::", "<details>\n<summary>Click me</summary>\n\n```js\nx\n```\n\n</details>"),
    "VitePress raw": ("::: raw\nhi\n:::", "hi"),
    "VitePress code group": ("::: code-group\n\n```js [a.js]\nx\n```\n\n:::", '```{.js title="a.js"}\nx\n```'),
    "HackMD spoiler": (":::spoiler Title\nhi\n:::", "<details>\n<summary>Title</summary>\n\nhi\n\n</details>"),
    "Quarto callout": ('::: {.callout-warning title="Hm"}\nhi\n:::', "!!! warning\n    **Hm**\n\n    hi"),
    "MyST directive": (":::{warning}\nhi\n:::", "!!! warning\n    hi"),
    "MyST directive as a fence": ("```{note}\nhi\n```", "!!! note\n    hi"),
    "MyST directive with options": ("```{tip} Title\n:class: dropdown\n\nhi\n```", "!!! tip\n    **Title**\n\n    hi"),
    "MyST code cell": ("```{code-cell} ipython3\n1\n```", "```ipython3\n1\n```"),
    "MyST code block": ("```{code-block} bash\nls\n```", "```bash\nls\n```"),
    "MyST role math": ("See {math}`a^2`.", "See $a^2$."),
    "MyST target": ("(label)=\n\nText", '<a id="label"></a>\n\nText'),
    "MDX import and export": ('import X from "./x";\nexport const a = 1;\n\nText', "Text"),
    "MDX note": ('<Callout type="warning">\nCareful\n</Callout>', "!!! warning\n    Careful"),
    "MDX accordion": ('<Accordion title="More">\n\nText\n\n</Accordion>', "<details>\n<summary>More</summary>\n\nText\n\n</details>"),
    "Obsidian link": ("[[Page]], [[My page|text]], [[Page#A part]]", "[Page](Page.md), [text](My%20page.md), [Page › A part](Page.md#a-part)"),
    "Obsidian embed": ("![[a.png]] ![[b.png|300]] ![[Other]]", '![](a.png) <img src="b.png" alt="" width="300"> [Other](Other.md)'),
    "Obsidian callout": ("> [!info] Title\n> body", "!!! note\n    **Title**\n\n    body"),
    "Obsidian callout that folds": ("> [!bug]- Title\n> body", "!!! caution\n    **Title**\n\n    body"),
    "Obsidian callout without a title": ("> [!question]\n> body", "!!! note\n    **Question**\n\n    body"),
    "Obsidian highlight": ("a ==marked word== b", "a <mark>marked word</mark> b"),
    "Obsidian comment": ("a %%secret%% b", "a  b"),
    "kramdown definition list": ("Term *a*\n: Definition\n: Second", "<dl>\n<dt>\n\nTerm *a*\n\n</dt>\n<dd>\n\nDefinition\n\n</dd>\n<dd>\n\nSecond\n\n</dd>\n</dl>"),
    "kramdown definition list between blocks": ("## A\nTerm\n: Definition\n- a\n- b", "## A\n<dl>\n<dt>\n\nTerm\n\n</dt>\n<dd>\n\nDefinition\n\n</dd>\n</dl>\n\n- a\n- b"),
    "kramdown abbreviation": ("The HTML.\n\n*[HTML]: Hyper Text", 'The <abbr title="Hyper Text">HTML</abbr>.'),
    "kramdown abbreviations in one another": (
        "An HTML page.\n\n*[HTML]: Hyper page\n*[page]: HTML",
        'An <abbr title="Hyper page">HTML</abbr> <abbr title="HTML">page</abbr>.',
    ),
    "kramdown options": ('{::options toc_levels="1" /}\n\nText', "Text"),
    "kramdown nomarkdown": ("{::nomarkdown}<b>x</b>{:/nomarkdown}", "<b>x</b>"),
    "Liquid raw in a fence": ("```liquid\n{% raw %}{{ x }}{% endraw %}\n```", "```liquid\n{{ x }}\n```"),
    "Liquid raw around code": ("```liquid\n{% raw %}\n{{ x }}\n{% endraw %}\n```", "```liquid\n{{ x }}\n```"),
    "Liquid highlight without language": ("{% highlight %}\nx = 1\n{% endhighlight %}", "```\nx = 1\n```"),
    "contents [[toc]]": ("[[toc]]\n\nText", "Text"),
    "contents [TOC]": ("[TOC]\n\nText", "Text"),
    "contents of GitLab": ("[[_TOC_]]\n\nText", "Text"),
    "contents {:toc}": ("* TOC\n{:toc}\n\nText", "Text"),
    "emoji": ("Hello :smile: and :+1: at 10:30:45, `:x:`", "Hello 😄 and 👍 at 10:30:45, `:x:`"),
    "fence with lines": ("```js {1,3-4}\nx\n```", '```{.js hl_lines="1 3-4"}\nx\n```'),
    "fence with lines and no blank": ("```js{1,3}\nx\n```", '```{.js hl_lines="1 3"}\nx\n```'),
    "fence with a title and numbers": ('```js title="a.js" showLineNumbers\nx\n```', '```{.js title="a.js" linenums="1"}\nx\n```'),
    "fence with a word for formatters": ("```python no-format\nx = 1\n```", "```python\nx = 1\n```"),
    "fence with Hugo's options": ("```js {linenos=table,hl_lines=[2],linenostart=3}\nx\n```", '```{.js hl_lines="2" linenums="3"}\nx\n```'),
    "fence with a path": ("```js:src/a.js\nx\n```", '```{.js title="src/a.js"}\nx\n```'),
    "fence with Pandoc's attributes": ('```{.python .numberLines startFrom="3"}\nx\n```', '```{.python linenums="3"}\nx\n```'),
    "fence of a diff in a language": ("```diff-js\nx\n```", "```js\nx\n```"),
    "Hexo code block": ("{% codeblock lang:js %}\nx\n{% endcodeblock %}", "```js\nx\n```"),
    "Hexo note": ("{% note info %}\nhi\n{% endnote %}", "!!! note\n    hi"),
    "Hexo image": ("{% asset_img a.png Alt text %}", "![Alt text](a.png)"),
    "Hexo link to a post": ("{% post_link other A title %}", "[A title](other.md)"),
    "GitBook hint": ('{% hint style="danger" %}\nhi\n{% endhint %}', "!!! caution\n    hi"),
    "GitBook tabs": ('{% tabs %}\n{% tab title="Apple" %}\nText a\n{% endtab %}\n{% tab title="Pear" %}\nText b\n{% endtab %}\n{% endtabs %}', TABS),
    "GitBook embed": ('{% embed url %}'.replace("url", "https://x.example/a"), "<https://x.example/a>"),
    "Jekyll gist": ("{% gist me/123 %}", "<https://gist.github.com/me/123>"),
    "a picture with attributes": ("![x](a.png){width=50%}", '<img src="a.png" alt="x" width="50%">'),
    "a picture with a class": ("![x](a.png){.right}", "![x](a.png)"),
    "a span with a class": ("[small]{.smallcaps} text", "small text"),
}  # fmt: skip

TOLD = {
    "Hugo, unknown": ('{{< gallery dir="x" >}}', "`{{< gallery dir=\"x\" >}}` is a shortcode that is not known"),
    "Hugo, unknown pair": ("{{< shout >}}\nx\n{{< /shout >}}", "`{{< shout >}}` is a shortcode that is not known"),
    "Hugo, never closed": ("{{< details >}}\nx", "`{{< details >}}` is a shortcode that is not known, or not closed"),
    "Hugo, escaped": ("{{</* figure */>}}", "`{{</* figure */>}}` is an escaped shortcode of Hugo's"),
    "Hugo, a parameter": ('{{< param "a" >}}', '`{{< param "a" >}}` is a shortcode of Hugo\'s'),
    "a directive, unknown": (":::sidebar\nhi\n:::", "`:::sidebar` is a block that is not known"),
    "a directive, never closed": (":::note\nhi", "`:::note` is a block that is not known, or not closed"),
    "Pandoc, a div": ("::: {.foo}\nhi\n:::", "`::: {.foo}` is a block that is not known"),
    "a component": ("<Chart data={x} />", "`<Chart data={x} />` is a component of another tool's"),
    "a component around text": ("<Steps2>\n\nx\n\n</Steps2>", "`<Steps2>` is a component of another tool's"),
    "Liquid, a tag": ("{% include x.html %}", "`{% include x.html %}` is Liquid"),
    "Liquid, a condition": ("{% if x %}\nA\n{% endif %}", "`{% if x %}` is Liquid"),
    "Liquid, a variable": ("{{ site.title }}", "`{{ site.title }}` is Liquid"),
    "Vue, an expression": ("Count: {{ count }}", "`{{ count }}` is a template's"),
    "Zola": ('{{ youtube(id="x") }}', '`{{ youtube(id="x") }}` is a template\'s'),
    "a template's comment": ("{# hi #}", "`{# hi #}` is a template's comment"),
    "Hugo, a diagram of Mermaid's": ("{{< mermaid >}}\ngraph TD; A-->B;\n{{< /mermaid >}}", "`mermaid` is drawn on GitHub"),
    "a diagram of Mermaid's": ("```mermaid\ngraph TD; A-->B;\n```", "`mermaid` is drawn on GitHub"),
    "MyST, a role": ("See {ref}`x`.", "`{ref}`x`` is a role of MyST's"),
    "MyST, a directive": ("```{figure} a.png\ncap\n```", "`{figure}` is a directive of another tool"),
    "reStructuredText, a role": ("See :ref:`x`.", "`:ref:`x`` is a role of reStructuredText's"),
    "reStructuredText, a directive": (".. note::\n\n   hi", "`.. note::` is a directive of reStructuredText's"),
    "Pandoc, a citation": ("As [@doe2020] says.", "`[@doe2020]` is a citation of Pandoc's"),
    "markdown-include": ("{!x.md!}", "`{!x.md!}` is an include of markdown-include's"),
    "mdx_include": ("{* x.py *}", "`{* x.py *}` is an include of mdx_include's"),
    "Obsidian, a block's mark": ("Text. ^block-1", "`^block-1` is a mark of Obsidian's"),
}  # fmt: skip

LEFT_ALONE = {
    "lists of lists": "A [[1, 2], [3, 4]] and [[x]](y.md) and [[1]][r].\n\n[r]: https://x.example",
    "a shell's test": "Write `[[ -f x ]]`, or [[ -f x ]].",
    "a comparison": "If a == b and c == d.",
    "percent": "From 5% to 10% and 20%%.",
    "a time, a scope and an address": "At 10:30:45, std::vector, http://x.example/:smile:/a",
    "an alert of GitHub's": "> [!NOTE]\n> x",
    "a colon at a line's start": "Words\n:smile",
    "code": "```\n:::note\n{{< x >}}\n[[a]] :smile:\n```",
    "code in a list": "- a\n\n  ```\n  :::note\n  ```",
    "code between backticks": "`{{< x >}}`, `[[a]]`, `:smile:`, `==a==`, `<Tabs>`",
    "indented code": "Text:\n\n    {{< x >}}\n    [[a]] :smile:",
    "a comment in HTML": "<!-- {{< x >}} [[a]] :smile: -->",
    "a formula": "$x^{{a}}$ and $$\\frac{{{b}}}{c}$$",
    "a fence's own words": '```python title="a" hl_lines="1 2" linenums="3"\nx = 1\n```',
    "a fence of R Markdown": "```{python}\nx = 1\n```",
    "a language with signs": "```c++\nx\n```",
    "an import in prose": "import numpy as np is how it begins.",
    "one's own blocks": '!!! note "Title"\n    hi\n\n??? tip\n    hi\n\n=== "A"\n    x',
    "a mail to somebody": "Ask [@me](https://x.example) or @me.",
    "a footnote": "Words[^1].\n\n[^1]: More.",
    "a table": "| a | b |\n|---|---|\n| : | [x] |",
}  # fmt: skip


def read(construct: str, dialect: Dialect = SITE):
    """Return what a construct between two paragraphs becomes, and what is said that is not about its form."""
    body = f"Start.\n\n{construct}\n\nEnd.\n"
    given = post(body, title="T")
    done = normalize(given, dialect)
    assert verify(given, done, dialect) == ()
    written = done.post.body.removeprefix("Start.\n").partition("\nEnd.\n")[0]
    said = [one for one in done.problems if one.code in ("foreign", "jekyll")]
    return written.strip("\n"), said


def bare(text: str) -> list[str]:
    """Return the lines that are not blank, without what says that there is Markdown in HTML."""
    return [line.rstrip() for line in text.replace(' markdown="1"', "").split("\n") if line.strip()]


@pytest.mark.parametrize(("construct", "translated"), TRANSLATED.values(), ids=TRANSLATED)
def test_what_has_an_equal_is_translated(construct, translated):
    written, said = read(construct)
    assert bare(written) == bare(translated)
    assert {one.severity for one in said} <= {Severity.NOTE}
    assert read(written)[0] == written


@pytest.mark.parametrize(("construct", "message"), TOLD.values(), ids=TOLD)
def test_what_has_none_is_told_of_with_its_line(construct, message):
    told = [one for one in read(construct)[1] if one.severity is Severity.WARNING]
    assert message in told[0].message
    assert told[0].line == 3 and told[0].hint


def test_metadata_that_are_no_front_matter_are_told_of():
    done = normalize(post("Title: A\nDate: today\n\nText.\n", title="T"), SITE)
    assert [one.line for one in done.problems if "metadata of Pelican's" in one.message] == [1]


@pytest.mark.parametrize("same", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_only_looks_foreign_is_left_alone(same):
    assert read(same)[1] == []


def test_no_language_of_the_world_takes_part_in_it():
    assert read("词语：定义。\n\nशब्द: अर्थ।\n\nكلمة: معنى.")[1] == []


def test_without_tabs_on_the_site_a_tab_has_a_title():
    written, _ = read('{{< tab "A" >}}\nx\n{{< /tab >}}', Dialect())
    assert bare(written) == ["**A**", "x"]


def test_where_templates_are_filled_in_raw_stays():
    construct = "```liquid\n{% raw %}{{ x }}{% endraw %}\n```\n\n{% raw %}{{ y }}{% endraw %}"
    written, _ = read(construct, Dialect(templated=True))
    assert "{% raw %}{{ x }}{% endraw %}" in written and written.count("raw") == 4


def test_a_diagram_that_the_site_draws_is_not_told_of():
    fences = {"custom_fences": [{"name": "mermaid", "class": "mermaid"}]}
    drawing = Dialect(
        configs={**NEEDED, "pymdownx.superfences": {**NEEDED["pymdownx.superfences"], **fences}}
    )
    assert read("```mermaid\ngraph TD; A-->B;\n```", drawing)[1] == []


def test_code_in_a_translated_block_keeps_its_line():
    body = "Start.\n\n:::tip Title\n\n```python\n1 / 0\n```\n\n:::\n"
    done = normalize(post(body, title="T"), SITE).post
    lines = done.body.split("\n")
    assert done.lines[next(at for at, line in enumerate(lines) if "1 / 0" in line)] == 6


LINES = [line for construct, *_ in (*TRANSLATED.values(), *TOLD.values()) for line in construct.split("\n")]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([*LINES, "", "- a", "> q", "  text", "```", "    code"]), max_size=12).map(
        "\n".join
    )
)
def test_no_mixture_of_them_stops_a_post(body):
    given_post = post(body, title="T")
    codes = {problem.code for problem in verify(given_post, normalize(given_post, SITE), SITE)}
    assert "normalize-lines" not in codes
