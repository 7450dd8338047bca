"""Other tools' constructs: each is translated into what readers see here, or told of with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import post
from hexapla.model.problem import Severity
from hexapla.normalize.normalize import normalize, verify
from hexapla.normalize.rules import borrowed, foreign, jekyll, untranslated
from hexapla.normalize.target.dialect import NEEDED, Dialect

SITE = Dialect(extensions=(*NEEDED, "pymdownx.tabbed"), configs=NEEDED)
TABS = '=== "Apple"\n\n    Text a\n\n=== "Pear"\n\n    Text b'

TRANSLATED = {
    "Hugo highlight": ('{{< highlight go "linenos=table,hl_lines=2-3" >}}\nx := 1\n{{< /highlight >}}', '```go hl_lines="2-3"\nx := 1\n```'),
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
    "Docusaurus notes in notes": ("::::info\na\n\n:::tip\nb\n:::\n\n::::", "!!! note\n    a\n\n    > **Tip**\n    >\n    > b"),
    "Docusaurus tabs": (
        'import Tabs from "@theme/Tabs";\n\n<Tabs>\n  <TabItem value="a" label="Apple">\n\nText a\n\n  </TabItem>\n'
        '  <TabItem value="b" label="Pear">\n\nText b\n\n  </TabItem>\n</Tabs>', TABS,
    ),
    "VitePress details": ("::: details Click me\n```js\nx\n```\n:::", "<details>\n<summary>Click me</summary>\n\n```js\nx\n```\n\n</details>"),
    "VitePress raw": ("::: raw\nhi\n:::", "hi"),
    "VitePress code group": ("::: code-group\n\n```js [a.js]\nx\n```\n\n:::", '```js title="a.js"\nx\n```'),
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
    "MDX note that names a tag": ("<Note>\nNot `<script>`, [a](b).\n</Note>\n\nText", "!!! note\n    Not `<script>`, [a](b).\n\nText"),
    "MDX accordion": ('<Accordion title="More">\n\nText\n\n</Accordion>', "<details>\n<summary>More</summary>\n\nText\n\n</details>"),
    "Docusaurus note in an item, with lines left of it": ("1. A\n\n    :::note\n\n    hi\n\n  there\n    :::\n\n2. B", "1. A\n\n    > **Note**\n    >\n    >\n    > hi\n    >\n    > there\n\n\n2. B"),
    "Fumadocs tabs, their marks further in than their text": (
        "<Tabs items={['Apple', 'Pear']}>\n    <Tab>\n  ```js\n  x\n  ```\n    </Tab>\n    <Tab>\n  Text b\n    </Tab>\n</Tabs>",
        '=== "Apple"\n\n    ```js\n    x\n    ```\n\n=== "Pear"\n\n    Text b',
    ),
    "an alert in a list, which is none on GitHub": ("- a\n\n  > [!NOTE]\n  > hi\n\nx", "- a\n\n    > **Note**\n    >\n    > hi\n\nx"),
    "an alert on an item's line": ("- > [!tip] Hey\n  > b", "- > **Hey**\n  >\n  > b"),
    "VitePress id of a heading with a tag in code": ("## `<script>` more {#script}\n\nx", '## <a id="script"></a>`<script>` more\n\nx'),
    "doc-builder, a heading's id": ("## The *part*[[the-part]]\n\nx", '## <a id="the-part"></a>The *part*\n\nx'),
    "doc-builder, ids of other scripts": ("## 哦！[[oh]]\n\nx\n\n## भाग![[भाग-2]]\n\nx", '## <a id="oh"></a>哦！\n\nx\n\n## <a id="भाग-2"></a>भाग!\n\nx'),
    "Obsidian link behind a blank in a heading": ("## See [[page]]\n\nx", "## See [page](<page.md>)\n\nx"),
    "Obsidian link joined to a heading that is no id": ("## See[[My Page]]\n\nx", "## See[My Page](<My%20Page.md>)\n\nx"),
    "Obsidian link joined to a text": ("A[[page]]", "A[page](<page.md>)"),
    "Obsidian embed in a heading": ("## A ![[page]]\n\nx", "## A [page](<page.md>)\n\nx"),
    "React's steps in code, which are no title": ('```js [[1, 5, "a"], [2, 7, "b c"]]\nx\n```', "```js\nx\n```"),
    "Obsidian link to a day": ("At [[2022-06-12]]20:33", "At [2022-06-12](<2022-06-12.md>)20:33"),
    "JSX fragment beside a comment of Markdown's": ("<>\n\na\n\n</>\n\n[comment]: <> (hidden)\n\nb", "a\n\n\n\n[comment]: <> (hidden)\n\nb"),
    "Obsidian link": ("[[Page]], [[My page|text]], [[Page#A part]]", "[Page](<Page.md>), [text](<My%20page.md>), [Page › A part](<Page.md#a-part>)"),
    "Obsidian embed": ("![[a.png]] ![[b.png|300]] ![[Other]]", '![](a.png) <img src="b.png" alt="" width="300"> [Other](<Other.md>)'),
    "Obsidian callout": ("> [!info] Title\n> body", "!!! note\n    **Title**\n\n    body"),
    "Obsidian callout that folds": ("> [!bug]- Title\n> body", "!!! caution\n    **Title**\n\n    body"),
    "Obsidian callout without a title": ("> [!question]\n> body", "!!! note\n    **Question**\n\n    body"),
    "Obsidian highlight": ("a ==marked word== b", "a <mark>marked word</mark> b"),
    "Obsidian comment": ("a %%secret%% b", "a  b"),
    "kramdown definition list": ("Term *a*\n: Definition\n: Second", "<dl>\n<dt>\n\nTerm *a*\n\n</dt>\n<dd>Definition</dd>\n<dd>Second</dd>\n</dl>"),
    "kramdown definitions one after the other": ("A\n: `b` c\n\nध्वनि\nC\n: d\n  e\n\n: f", "<dl>\n<dt>A</dt>\n<dd>\n\n`b` c\n\n</dd>\n<dt>\n\nध्वनि\n\n</dt>\n<dt>C</dt>\n<dd>d e</dd>\n</dl>\n\n: f"),
    "kramdown definition list between blocks": ("## A\nTerm\n: Definition\n- a\n- b", "## A\n<dl>\n<dt>Term</dt>\n<dd>Definition</dd>\n</dl>\n\n- a\n- b"),
    "kramdown abbreviation": ("The HTML.\n\n*[HTML]: Hyper Text", 'The <abbr title="Hyper Text">HTML</abbr>.'),
    "kramdown abbreviations in one another": (
        "An HTML page.\n\n*[HTML]: Hyper page\n*[page]: HTML",
        'An <abbr title="Hyper page">HTML</abbr> <abbr title="HTML">page</abbr>.',
    ),
    "kramdown options": ('{::options toc_levels="1" /}\n\nText', "Text"),
    "kramdown nomarkdown": ("{::nomarkdown}<b>x</b>{:/nomarkdown}", "<b>x</b>"),
    "Liquid raw in a fence": ("```liquid\n{% raw %}{{ x }}{% endraw %}\n```", "```liquid\n{{ x }}\n```"),
    "Liquid raw around code": ("```liquid\n{% raw %}\n{{ x }}\n{% endraw %}\n```", "```liquid\n{{ x }}\n```"),
    "11ty, code on the tag's line": ('{% highlight "html" %}{% raw %}\n---\n{{ x }}\n{% endraw %}{% endhighlight %}', "```html\n---\n{{ x }}\n```"),
    "Nunjucks, code under a name": (
        '{%- set block %}{% raw %}\nA=1\n\n# b\n{% endraw %}{%- endset %}\n{{ block | highlight("bash") | safe }}', "```bash\nA=1\n\n# b\n```",
    ),
    "Nunjucks, code below a tag": ('<p>x</p>\n{%- set codeX %}\nimport "a";\n\nb\n{%- endset %}\n{{ codeX | highlight("js") }}', '<p>x</p>\n\n```js\nimport "a";\n\nb\n```'),
    "Nunjucks, under a name of code": ("{% set codeContent %}\nexport default {\n\n}\n{% endset %}", "```\nexport default {\n\n}\n```"),
    "MDX, an export with blank lines": ('import a from "a"\nimport b from "b"\n\nexport const c = {\n  d: 1,\n\n  e: 2,\n};\n\nText', "Text"),
    "Liquid highlight without language": ("{% highlight %}\nx = 1\n{% endhighlight %}", "```\nx = 1\n```"),
    "contents [[toc]]": ("[[toc]]\n\nText", "Text"),
    "contents [TOC]": ("[TOC]\n\nText", "Text"),
    "contents of GitLab": ("[[_TOC_]]\n\nText", "Text"),
    "contents {:toc}": ("* TOC\n{:toc}\n\nText", "Text"),
    "emoji": ("Hello :smile: and :+1: at 10:30:45, `:x:`", "Hello 😄 and 👍 at 10:30:45, `:x:`"),
    "fence with lines": ("```js {1,3-4}\nx\n```", '```js hl_lines="1 3-4"\nx\n```'),
    "fence with lines and no blank": ("```js{1,3}\nx\n```", '```js hl_lines="1 3"\nx\n```'),
    "fence with a title and numbers": ('```js title="a.js" showLineNumbers\nx\n```', '```js title="a.js" linenums="1"\nx\n```'),
    "fence with a word for formatters": ("```python no-format\nx = 1\n```", "```python\nx = 1\n```"),
    "fence with Hugo's options": ("```js {linenos=table,hl_lines=[2],linenostart=3}\nx\n```", '```js hl_lines="2" linenums="3"\nx\n```'),
    "fence with a path": ("```js:src/a.js\nx\n```", '```js title="src/a.js"\nx\n```'),
    "fence with Pandoc's attributes": ('```{.python .numberLines startFrom="3"}\nx\n```', '```python linenums="3"\nx\n```'),
    "fence of a diff in a language": ("```diff-js\nx\n```", "```js\nx\n```"),
    "Hexo code block": ("{% codeblock lang:js %}\nx\n{% endcodeblock %}", "```js\nx\n```"),
    "Hexo note": ("{% note info %}\nhi\n{% endnote %}", "!!! note\n    hi"),
    "Hexo image": ("{% asset_img a.png Alt text %}", "![Alt text](a.png)"),
    "Hexo link to a post": ("{% post_link other A title %}", "[A title](other.md)"),
    "GitBook hint": ('{% hint style="danger" %}\nhi\n{% endhint %}', "!!! caution\n    hi"),
    "GitBook tabs": ('{% tabs %}\n{% tab title="Apple" %}\nText a\n{% endtab %}\n{% tab title="Pear" %}\nText b\n{% endtab %}\n{% endtabs %}', TABS),
    "GitBook embed": ('{% embed url %}'.replace("url", "https://x.example/a"), "<https://x.example/a>"),
    "Jekyll gist": ("{% gist me/123 %}", "<https://gist.github.com/me/123>"),
    "Hugo, a comment": ("{{/* hidden\n lines */}} Text", " Text"),
    "Hugo, code in a line": ('Call {{< highlight go >}}f(){{< /highlight >}} now.', "Call `f()` now."),
    "Hugo, a quote's classes": ("> words\n{.big}", "> words"),
    "MDX, a comment": ("Text {/* hidden */}", "Text "),
    "MDX, a link": ('See <Link to="/docs/x">the docs</Link>.', "See [the docs](/docs/x)."),
    "VitePress, as it is": ("::: v-pre\nhi\n:::", "hi"),
    "MDX, a frame that closes itself": ('<iframe\n  src="https://x.example/a" allowfullscreen\n/>\n\nText', '<iframe\n  src="https://x.example/a" allowfullscreen></iframe>\n\nText'),
    "Obsidian, a comment of lines": ("%%\nhidden\n%%\n\nText", "Text"),
    "Obsidian, a file": ("![[a b.pdf#page=2]], ![[x.canvas]]", "[a b.pdf › page=2](a%20b.pdf#page=2), [x.canvas](x.canvas)"),
    "Obsidian, a callout in a callout": ("> [!note] A\n> > [!bug]- B\n> > x", "!!! note\n    **A**\n\n    > **B**\n    >\n    > x"),
    "kramdown, named attributes": ("{:wide: .a .b}\n\nText\n{: wide}", "Text"),
    "kramdown, a comment that ends shortly": ("{::comment}\nhidden\n{:/}\n\nText", "Text"),
    "kramdown, the end of a list": ("* a\n\n^\n* b", "* a\n<!-- -->\n* b"),
    "Pelican, files": ("[x]({filename}other.md) ![y]({static}/a.png) [z]({attach}b.pdf)", "[x](other.md) ![y](/a.png) [z](b.pdf)"),
    "Pelican, files as they were": ('[x](|filename|/other.md) <img src="{static}a.png">', '[x](/other.md) <img src="/a.png">'),
    "Zola, a link": ("[x](@/blog/other.md#part)", "[x](/blog/other.md#part)"),
    "Zola, a link by its definition": ("[x]\n\n[x]: @/blog/other.md", "[x]\n\n[x]: /blog/other.md"),
    "attributes between two lines": ("text\n{.wide}\nmore", "text\nmore"),
    "Zola, lines to mark": ("```rust,linenos,hl_lines=1 3-4\nx\n```", '```rust hl_lines="1 3-4" linenums="1"\nx\n```'),
    "NexT, tabs": ("{% tabs x %}\n<!-- tab Apple -->\nText a\n<!-- endtab -->\n<!-- tab Pear -->\nText b\n<!-- endtab -->\n{% endtabs %}", TABS),
    "dev.to, a fold": ("{% details Summary %}\nx\n{% enddetails %}", "<details>\n<summary>Summary</summary>\n\nx\n\n</details>"),
    "Qiita, a note": (":::note warn\nx\n:::", "!!! warning\n    x"),
    "Zenn, a message": (":::message alert\nx\n:::", "!!! caution\n    x"),
    "Zenn, what is embedded": ("@[youtube](abc) @[card](https://x.example/a)", "<https://www.youtube.com/watch?v=abc> <https://x.example/a>"),
    "Hashnode, what is embedded": ("%[https://x.example/a]", "<https://x.example/a>"),
    "Azure, a picture's size": ("![a](b.png =100x20) ![a](b.png =50x)", '<img src="b.png" alt="a" width="100" height="20"> <img src="b.png" alt="a" width="50">'),
    "GitLab, a quote of lines": (">>>\nA\n\n- b\n>>>", "> A\n>\n> - b"),
    "Pandoc, HTML": ("```{=html}\n<b>x</b>\n```", "<b>x</b>"),
    "R Markdown, another language": ("```{r plot, echo=FALSE}\nx\n```", "```{.r .hide-input}\nx\n```"),
    "reStructuredText, a link": ("See `the docs <https://x.example/a>`_.", "See [the docs](https://x.example/a)."),
    "Nikola, a teaser": (".. TEASER_END\n\nText", "Text"),
    "a picture with attributes": ("![x](a.png){width=50%}", '<img src="a.png" alt="x" width="50%">'),
    "a picture with a class": ("![x](a.png){.right}", "![x](a.png)"),
    "a span with a class": ("[small]{.smallcaps} text", "small text"),
    "Hugo, a heading's attributes": ('## Words {class="x" id="y"}', '## <a id="y"></a>Words'),
    "Hugo, a paragraph's attributes": ("Text\n{.x #y}", "Text"),
    "Hugo, a table's attributes": ("| a |\n|---|\n| 1 |\n{.x}", "| a |\n|---|\n| 1 |"),
    "Pandoc, a heading without a number": ("## Words {-}", "## Words"),
    "Pandoc, a heading's class": ("## Words {.tabset .x}", "## Words"),
    "Pandoc, a link's attributes": ('[a](b){.x target="_blank"}, [c](d "e"){.f}', '[a](b), [c](d "e")'),
    "Pandoc, a code's language": ("Call `f()`{.python} now.", "Call `f()` now."),
    "Quarto, a formula's label": ("$$\nx\n$$ {#eq-a}", "$$\nx\n$$"),
    "MyST, a formula's label": ("$$\nx\n$$ (eq)", "$$\nx\n$$"),
    "WordPress, a formula": ("It is $latex x^2$.", "It is $x^2$."),
    "Docsify, a note": ("!> Careful\n\n?> Clever", "!!! important\n    Careful\n!!! tip\n    Clever"),
    "Docsify, a link's options": ('[a](b.md ":target=_blank")', "[a](b.md)"),
    "Docusaurus, files": ("![x](@site/static/a.png) [y](pathname:///b.pdf)", "![x](/a.png) [y](/b.pdf)"),
    "MDX, an import of several lines": ('import {\n  a,\n  b\n} from "x"\n\nText', "Text"),
    "Obsidian, a picture's size in Markdown": ("![x|100x50](a.png) ![|20](b.png)", '<img src="a.png" alt="x" width="100" height="50"> <img src="b.png" alt="" width="20">'),
    "what is read above characters": ("｜漢字《かんじ》と{漢字|かん|じ}", "<ruby>漢字<rt>かんじ</rt></ruby>と<ruby>漢字<rt>かんじ</rt></ruby>"),
    "HackMD, what is read above": ("{ruby base|text}", "<ruby>base<rt>text</rt></ruby>"),
    "HackMD, inserted": ("a ++new words++ b", "a <ins>new words</ins> b"),
    "contents of CSDN": ("@[TOC](Contents)\n\nText", "Text"),
    "an export of MDX' with a text of several lines": ("export async function Demo() {\n  const mdx = `import a\n\n**b**\n`\n  return mdx\n}\n\nText", "Text"),
    "fragments of JSX'": ("<>![a](b.png)</>\n\nx", "![a](b.png)\n\nx"),
    "Mintlify, steps with a picture": (
        '<Steps>\n  <Step title="One">\n    Go to **A** > **B**.\n\n    <Frame caption="C">![x](a.png)</Frame>\n  </Step>\n</Steps>\n\nx',
        "**One**\n\nGo to **A** > **B**.\n\n![x](a.png)\n\nC\n\nx",
    ),
    "MyST, a target in a quote": ("> (a-b)=\n>\n> x", '> <a id="a-b"></a>\n>\n> x'),
    "a heading in HTML": ('<div id="x">\n## H\n</div>\n\nx', '<div markdown="1" id="x">\n\n## H\n\n</div>\n\nx'),
    "a heading in HTML, indented": ('<div id="x">\n    ## H\n</div>\n\nx', '<div markdown="1" id="x">\n\n## H\n\n</div>\n\nx'),
    "VitePress, ids of translations": ("## 简介 %{#introduction}%\n\nx", '## <a id="introduction"></a>简介\n\nx'),
    "dev.to embed with its address' own signs": ("{% embed https://a.b/c?d=1&file=e%2Ff %}", "<https://a.b/c?d=1&file=e%2Ff>"),
    "Obsidian link before a colon": ("[[Page|text]]: x", "[text](<Page.md>): x"),
    "Obsidian comment with a link": ("a\n\n%% See [[My page]] %%\n\nb", "a\n\nb"),
    "MyST tabs": ("::::{tab-set}\n:::{tab-item} Apple\n:sync: a\n\nText a\n\n:::\n:::{tab-item} Pear\n\nText b\n\n:::\n::::", TABS),
    "MyST figure": (":::{figure} a b.png\n:alt: An image\n:width: 50%\nWords\n:::", "![An image](a%20b.png)\n\nWords"),
    "Nextra tabs, named by their set": (
        "<Tabs items={['Apple', \"Pear\"]}>\n  <Tabs.Tab>\n    Text a\n  </Tabs.Tab>\n  <Tabs.Tab>\n\n    Text b\n\n  </Tabs.Tab>\n</Tabs>", TABS,
    ),
    "Docusaurus tabs, named by their set": (
        "<Tabs\n  values={[\n    {label: 'Apple', value: 'a'},\n    {label: 'Pear', value: 'b'},\n  ]}>\n<TabItem value=\"a\">\n\nText a\n\n</TabItem>\n"
        '<TabItem value="b">\n\nText b\n\n</TabItem>\n</Tabs>', TABS,
    ),
    "a fence in a component that is indented": ("<Note>\n    ```sh\n    ls\n      -l\n    ```\n</Note>", "!!! note\n    ```sh\n    ls\n      -l\n    ```"),
    "a component in an item": ("1. One\n   <Note>\n     Two\n   </Note>\n2. Three", "1. One\n   > **Note**\n   >\n   > Two\n2. Three"),
    "a component below an item": ("- One\n\n<Note>\nTwo\n</Note>", "- One\n\n!!! note\n    Two"),
    "NexT tabs named in HTML and by a label": (
        "{% tabs x %}\n<!-- tab <b>Apple</b> -->\nText a\n<!-- endtab -->\n\n<!-- tab {% label success@Pear %} -->\nText b\n<!-- endtab -->\n{% endtabs %}", TABS,
    ),
    "MyST formula with options": ("```{math}\n:label: f\na + b\n```", "$$\na + b\n$$"),
    "MyST target with a path": ("(syntax/code-blocks)=\n\n## H", '<a id="syntax/code-blocks"></a>\n\n## H'),
    "hugo-book's hint of a kind": ("{{< hint danger >}}\nStop\n{{< /hint >}}", "!!! caution\n    Stop"),
    "hugo-book's columns": ("{{< columns >}}\nLeft\n\n<--->\n\nRight\n{{< /columns >}}", "Left\n\nRight"),
    "MyST admonition of a class": (":::{admonition} Title\n:class: tip dropdown\nText\n:::", "!!! tip\n    **Title**\n\n    Text"),
    "GitBook code around a fence": ('{% code title="a.js" %}\n```js\nx\n```\n{% endcode %}', "```js\nx\n```"),
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
    "MDX, an expression": ("It is {frontMatter.title}.", "`{frontMatter.title}` is an expression of MDX'"),
    "MDX, a component in a line": ('A <Highlight color="red">word</Highlight>.', '`<Highlight color="red">` is a component'),
    "MDX, what HTML is not": ("<img src={require('./a.png')} />", "is JSX, and no HTML"),
    "MDX, a style": ('<b style={{color: "red"}}>x</b>', '`<b style={{color: "red"}}>` is JSX, and no HTML'),
    "Vue, a condition": ('<b v-if="x">y</b>', '`<b v-if="x">` is a template of Vue\'s'),
    "VitePress, code of a file": ("<<< @/a.js{2}", "`<<< @/a.js{2}` is an import of VitePress'"),
    "VitePress, a part": ("<!--@include: ./a.md-->", "`<!--@include: ./a.md-->` is an instruction of VitePress', Svelte's or a web server's"),
    "VitePress, marks in code": ("```js\nx // [!code focus]\n```", "`// [!code focus]` is a mark of another tool's in code"),
    "Docusaurus, marks in code": ("```js\n// highlight-next-line\nx\n```", "`// highlight-next-line` is a mark of another tool's in code"),
    "Obsidian, a property": ("due:: today", "`due:: today` is a property of Obsidian's"),
    "Logseq, a property": ("- a\n  id:: 12", "`id:: 12` is a property of Obsidian's or Logseq's"),
    "Roam": ("{{[[TODO]]}} this", "`{{[[TODO]]}}` is a mark of Roam's"),
    "Pelican, a page of its own": ("[x]({tag}python)", "`{tag}python` is a link of Pelican's"),
    "mdBook, a file": ("{{#include a.rs:2}}", "`{{#include a.rs:2}}` is an instruction of mdBook's"),
    "mdBook, a file in code": ("```rust\n{{#include a.rs}}\n```", "`{{#include a.rs}}` is a mark of another tool's in code"),
    "Quarto, a reference": ("See @fig-plot.", "`@fig-plot` is a reference of Quarto's"),
    "Quarto, code in a line": ("It is `{python} x`.", "``{python} x`` is code that Quarto would run"),
    "Pandoc, a note in the text": ("Text^[a note].", "`^[a note]` is a note in the text"),
    "Pandoc, a superscript": ("x^2^ and 5^th^", "`^2^` is a superscript of Pandoc's"),
    "Pandoc, a verse": ("| Roses are red\n| Violets are blue", "is a verse as Pandoc writes it"),
    "Pandoc, a table's caption": ("| a |\n|---|\n| 1 |\n\n: Words", "`: Words` is a table's caption"),
    "Pandoc, raw text": ("x `<b>`{=html}", "is a raw text of Pandoc's"),
    "Pandoc, an example": ("(@one) First", "`(@one)` is an example's number"),
    "WordPress, a caption": ('[caption id="x"]![a](b.png) Words[/caption]', '`[caption id="x"]` is a shortcode of WordPress\''),
    "WordPress, code": ('[code language="php"]\nx\n[/code]', '`[code language="php"]` is a shortcode of WordPress\''),
    "remark, a directive": ("::video{#x}", "`::video{#x}` is a directive of another tool's"),
    "remark, a directive in a text": ("An :abbr[HTML]{title=x} page", "`:abbr[HTML]{title=x}` is a directive of another tool's"),
    "CriticMarkup": ("A {++new++} word", "`{++new++}` is a change as CriticMarkup"),
    "GitLab, a change": ("A {+ new +} word", "`{+ new +}` is a change as CriticMarkup and GitLab mark it"),
    "Confluence": ("{code:python}\nx\n{code}", "`{code:python}` is a macro of Confluence's"),
    "AsciiDoc": ("[source,python]\nx", "`[source,python]` is AsciiDoc"),
    "Material, keys": ("Press ++ctrl+c++.", "`++ctrl+c++` is a combination of keys"),
    "Material, an icon": ("A :material-account: here", "`:material-account:` is an icon of Material"),
    "Obsidian, a block's mark": ("Text. ^block-1", "`^block-1` is a mark of Obsidian's"),
    "Obsidian, a property in a line": ("Text [due:: today] here", "`[due:: today]` is a property of Obsidian's"),
    "Obsidian, a list's mark": ("- a\n\n^list-1", "`^list-1` is a mark of Obsidian's for a block"),
    "Obsidian, a task's state": ("- [/] half", "`- [/] half` is a task's state"),
    "Obsidian, another program": ("[x](obsidian://open?vault=a)", "is a link into another program"),
    "Joplin": ("[x](:/0123456789abcdef0123456789abcdef)", "is a link into another program"),
    "Dataview in a line": ("It is `= this.file`.", "``= this.file`` is a query of Dataview's"),
    "Logseq, a reference": ("See ((01234567-89ab-cdef-0123-456789abcdef)).", "is a reference of Logseq's"),
    "Templater": ("<% tp.date.now() %>", "`<% tp.date.now() %>` is a template's"),
    "Go": ("{{ .Title }}", "`{{ .Title }}` is a template's"),
    "Liquid, a filter of a text": ('{{ "a" | upcase }}', "is a template's"),
    "Vue, a sum": ("{{ 1 + 1 }}", "`{{ 1 + 1 }}` is a template's"),
    "Handlebars, a part": ("{{> part }}", "`{{> part }}` is a template's"),
    "Svelte": ("{#if x}\na\n{/if}", "`{#if x}` is a template of Svelte's"),
    "Svelte, a script": ('<script context="module">\nlet x\n</script>', "is an instruction of VitePress', Svelte's or a web server's"),
    "VitePress, styles": ("<style module>\n.x { color: red }\n</style>", "is an instruction of VitePress'"),
    "MDX, a class": ('<div className="x">y</div>', "is JSX, and no HTML"),
    "MDX, a fragment": ("x\n\n</>", "`</>` is JSX, and no HTML"),
    "MDX, a loop": ("{items.map(x => x.y)}", "is an expression of MDX'"),
    "Vue, a slot": ("<template #x>\ny\n</template>", "is a template of Vue's"),
    "Angular": ('<b *ngIf="x">y</b>', "is a template of Angular's"),
    "Python-Markdown, an include": ('--8<-- "a.md"', "is an include of Python-Markdown's"),
    "Python-Markdown, a block": ("/// note | Title\nx\n///", "`/// note | Title` is a block of Python-Markdown's"),
    "Python-Markdown, a bar": ('[=50% "50%"]', "is a bar of Python-Markdown's"),
    "Pandoc, a subscript": ("H~2~O", "`~2~` is a subscript of Pandoc's"),
    "Obsidian, a note in the text": ("Text ^[a note].", "`^[a note]` is a note in the text"),
    "Pandoc, a citation among words": ("As said [see @doe, p. 3].", "`[see @doe, p. 3]` is a citation"),
    "Pandoc, a citation in a text": ("As @doe2020 says.", "`@doe2020` is a citation of Pandoc's"),
    "bookdown, a reference": (r"See Figure \@ref(fig:x).", "is a reference of bookdown's"),
    "bookdown, a text": ("(ref:x) Words", "is a text of bookdown's"),
    "bookdown, a part": ("# (PART) First", "(PART) First` is a part of bookdown's"),
    "R Markdown, code in a line": ("There are `r nrow(x)` rows.", "is code that R Markdown would run"),
    "LaTeX, a page's end": (r"\newpage", r"`\newpage` is an instruction of LaTeX'"),
    "LaTeX, an environment": ("\\begin{tabular}{l}\nx\n\\end{tabular}", "is an environment of LaTeX'"),
    "Pandoc, a list": ("#. one\n#. two", "`#. one` is an item as Pandoc"),
    "Pandoc, a grid": ("+---+---+\n| a | b |\n+===+===+", "`+---+---+` is a table as Pandoc"),
    "Pandoc, a simple table": ("-------   -----\n   12     12", "is a table as Pandoc writes it"),
    "Pandoc, a definition": ("Term\n  ~ Meaning", "`~ Meaning` is a definition as Pandoc"),
    "MyST, a comment": ("% words", "`% words` is a comment of MyST's"),
    "MyST, a cell's break": ("+++", "`+++` is a mark of MyST's"),
    "reStructuredText, a target": (".. _label:\n\nText", "`.. _label:` is reStructuredText"),
    "reStructuredText, code": ("Like this::\n\n    x", "`Like this::` is reStructuredText, with its code below"),
    "reStructuredText, a section": ("See `Some Section`_.", "is a link of reStructuredText's"),
    "reStructuredText, a footnote": ("Text [1]_ here", "`[1]_` is a footnote of reStructuredText's"),
    "reStructuredText, a field": (":Author: me", "`:Author: me` is a field of reStructuredText's"),
    "reStructuredText, a heading": ("=====\nTitle\n=====", "is a heading of reStructuredText's"),
    "WordPress, an unknown shortcode": ('[su_note color="red"]x[/su_note]', "is a shortcode of WordPress' or Discourse's"),
    "Discourse": ("[spoiler]x[/spoiler]", "`[/spoiler]` is the end of a shortcode"),
    "Discourse, a fold": ("[details=x]\ny\n[/details]", "`[details=x]` is a shortcode"),
    "Tistory": ("[##_Image|x_##]", "is a picture of Tistory's"),
    "ReadMe, a variable": ("Use <<apiKey>>.", "`<<apiKey>>` is a variable of ReadMe's"),
    "HackMD, a signature": ("> x [name=A]", "`[name=A]` is a signature of HackMD's"),
    "DocFX, an include": ("[!INCLUDE [x](a.md)]", "`[!INCLUDE` is a component of DocFX'"),
    "DocFX, a tab": ("# [A](#tab/a)\n\nx", "`[A](#tab/a)` is a tab of DocFX'"),
    "Retype, a badge": ("A [!badge new] page", "`[!badge new]` is a component of DocFX' or Retype's"),
    "Retype, a note": ("!!!\nx\n!!!", "`!!!` is a mark of Retype's"),
    "Retype, a panel": ("==- More\nx", "`==- More` is a panel of Retype's"),
    "Antora": ("See xref:a.adoc[x].", "`xref:a.adoc[x]` is AsciiDoc"),
    "AsciiDoc, a note": ("[NOTE]\n====\nx\n====", "`[NOTE] ====` is AsciiDoc"),
    "MediaWiki": ("Some '''bold''' words", "is a mark of MediaWiki's"),
    "DokuWiki": ("====== H ======", "is a heading of another tool's"),
    "Textile": ('See "x":https://x.example now', "is a link of Textile's"),
    "Org": ("#+BEGIN_TIP\nx\n#+END_TIP", "`#+BEGIN_TIP` is a line of Org's"),
    "Doxygen": ("@note words", "`@note words` is a command of Doxygen's"),
    "VitePress, tabs of a plugin": (":::tabs\n== tab a\nA\n:::", "`== tab a` is a panel of Retype's or VitePress'"),
    "letters that count": ("a) one\nb) two", "is an item as Pandoc and word processors count it"),
    "Roman letters that count": ("i. one\nmore\nii. two", "is an item as Pandoc and word processors count it"),
    "reStructuredText, a substitution": ("The |version| of it.", "`|version|` is a substitution of reStructuredText's"),
    "Discord, a spoiler": ("It is ||hidden words||.", "`||hidden words||` is a spoiler of Discord's"),
    "Reddit, a spoiler": ("It is >!hidden!< here", "`>!hidden!<` is a spoiler of Reddit's"),
    "MDX, a sum": ("It is {1 + 1} now.", "`{1 + 1}` is an expression of MDX'"),
    "MDX, a year": ("© {new Date().getFullYear()} me", "`{new Date().getFullYear()}` is an expression of MDX'"),
    "MDX, a blank": ("a{' '}b", "`{' '}` is an expression of MDX'"),
    "MDX, a text": ("{`a ${b}`}", "`{`a ${b}`}` is an expression of MDX'"),
    "MDX, a condition": ("{ok && <b>x</b>}", "is an expression of MDX'"),
    "MDX, a choice": ("{ok ? b : c}", "`{ok ? b : c}` is an expression of MDX'"),
    "Doxygen, with a backslash": ("\\note Be careful", "`\\note Be careful` is a command of Doxygen's"),
    "LaTeX, a command": ("See \\emph{words}, \\cite[p. 2]{doe}", "`\\emph{words}` is a command of LaTeX'"),
    "LaTeX, a command alone": ("\\noindent Words", "`\\noindent Words` is a command of LaTeX'"),
    "LaTeX, a formula": ("\\begin{align}\nx\n\\end{align}", "is a formula of LaTeX', outside of dollars"),
    "VuePress, code of a file": ("@[code{1-3}](./a.js)", "`@[code{1-3}](./a.js)` is an import of VuePress'"),
    "Hatena, contents": ("[:contents]", "is the place for a list of contents of Hatena's"),
    "Hatena, code": (">|python|\nx\n||<", "`>|python|` is code as Hatena writes it"),
    "GitLab, a change in brackets": ("A [+ new +] word", "`[+ new +]` is a change as GitLab marks it"),
    "Go, without blanks": ("{{- if .X }}", "`{{- if .X }}` is a template's"),
    "Handlebars, as it is": ("{{{body}}}", "`{{{body}}}` is a template's"),
    "Markdoc, a variable": ("{% $x %}", "`{% $x %}` is a template's"),
    "Angular, what is bound": ('<p [x]="y" (click)="z">a</p>', "is a template of Angular's"),
    "Gatsby, an embed": ("`youtube:https://x.example`", "is an embed of Gatsby's"),
    "PlantUML": ("@startuml\nA->B\n@enduml", "`@startuml` is a diagram of PlantUML's"),
    "MultiMarkdown, a picture": ("![a](a.png width=10)", "is a picture with attributes as MultiMarkdown writes them"),
    "Org, a link": ("See [[https://x.example][words]].", "is a link of Org's"),
    "Textile, a heading": ("h2. Title", "`h2. Title` is a block of Textile's"),
    "PHP": ("<?php echo date('Y'); ?>", "`<?php echo date('Y'); ?>` is an instruction of PHP's"),
    "PHP, never closed": ("Dear <?= $name", "`<?= $name` is an instruction of PHP's"),
    "Razor": ("Now @Html.Raw(Model.Text) and", "`@Html.Raw(Model.Text)` is an instruction of Razor's"),
    "Razor, a block": ("@{ var a = 1; }", "`@{ var a = 1; }` is an instruction of Razor's"),
    "Blade": ("@foreach ($a as $b)\nx", "`@foreach ($a as $b)` is an instruction of Razor's"),
    "ASP": ('<%@ Page Language="C#" %>', "is a template's"),
    "a web server": ('<!--#include file="a.html" -->', "is an instruction of VitePress', Svelte's or a web server's"),
    "Hatena, a note": ("本文((これは注です))です", "`((これは注です))` is a note in the text"),
    "DokuWiki, a note": ("Words((which he never said)).", "`((which he never said))` is a note in the text"),
    "MDX, a name": ("import x from 'y'\n\nThe version is {version}.", "`{version}` is an expression of MDX'"),
    "MDX, a name in a heading": ("## Of {pkg.version} {/* x */}\n\nText", "`{pkg.version}` is an expression of MDX'"),
    "MDX, a call": ("{/* x */}\n\nIt is {now()} there", "`{now()}` is an expression of MDX'"),
    "Vue, what is bound": ('<my-comp :x="1" @click="go">a</my-comp>', "is a component of Vue's"),
    "Vue, a class": ('<p :class="{a: b}">a</p>', "is a component of Vue's"),
    "WebC": ("<is-land on:visible>\nx\n</is-land>", "`<is-land on:visible>` is a component of Vue's, Astro's or WebC's"),
    "a component of HTML": ("<star-rating>4</star-rating>", "`<star-rating>` is a component of a page's own"),
    "mdBook, a line that it hides": ("```rust\n# fn main() {\nlet x = 1;\n# }\n```", "`# fn main() {` is a line that mdBook hides"),
    "Liquid, a text under a name": ("{% capture x %}\n**a**\n{% endcapture %}", "`{% capture x %}` is Liquid"),
    "Liquid, a block of it": ("{% liquid\n  echo x\n%}", "is Liquid, which means nothing"),
    "JSX with quotes in quotes": ('<Fragment set:html={"<pre class=\\"l\\">x"} />', "`<Fragment set:html={\"` is a component of another tool's"),
    "a block that is not known in one that is": (":::note\n:::unknown-thing x\ny\n:::\n:::", "`:::unknown-thing x` is a block that is not known"),
    "an end that nothing begins": ("x\n\n:::\n\ny", "`:::` is a block that is not known, or not closed"),
    "Docusaurus, code from a file": ('<CodeBlock language="js">{Source}</CodeBlock>', '`<CodeBlock language="js">` is a component of another tool'),
}  # fmt: skip

SEEN = {
    "PHP": ("a <?php echo 1; ?> b", "don't see it"),
    "PHP, a block": ("<?= $x ?>", "don't see it"),
    "PHP with an arrow": ("<?php echo $a->b; ?>", "see it as it is"),
    "PHP, never closed": ("Dear <?= $name", "see it as it is"),
    "ASP": ("a <%@ x %> b", "see it as it is"),
    "a web server": ("<!--#echo var='x' -->", "don't see it"),
    "CDATA": ("a <![CDATA[ b ]]> c", "don't see it"),
    "CDATA, never closed": ("a <![CDATA[ b", "see it as it is"),
    "a script of Vue's": ("<script setup>\nx\n</script>", "don't see it"),
}


@pytest.mark.parametrize(("body", "said"), SEEN.values(), ids=SEEN)
def test_what_a_browser_hides_is_not_said_to_be_seen(body, said):
    remarks = [problem.message for problem in normalize(post(body, title="T"), Dialect()).problems]
    assert [message for message in remarks if message.endswith(f"readers {said}.")]


LEFT_ALONE = {
    "places to fill in": "Call `/users/{id}` or https://x.example/{name}, ${HOME}, {n} times, \\frac{aa}{bb}, %{key}, {a, b}.",
    "parentheses in parentheses": "It is ((a + b) * c), f((x)), (see (there)), ((1)), [a]((b)) and $((i + 1)).",
    "signs at": "Ask me@Html.example, @name, `@Html.Raw(x)`, @media (a) and a @ {b}.",
    "PHP in code": "```php\n<?php echo 1; ?>\n```\n\n`<?= $x ?>` and a <? b",
    "Vue in code": "`<my-comp :x>` and\n\n```html\n<my-comp :x>\n```\n\na <b c :d",
    "attributes in Rust": "```rust\n#[derive(Debug)]\n#![x]\nstruct A;\n```\n\n```py\n# words\n```",
    "imports below a text": "Then write:\nimport X from 'x'\nexport default X",
    "lists of lists": "A [[1, 2], [3, 4]] and [[x]](y.md) and [[1]][r].\n\n[r]: https://x.example",
    "an element in a heading": "## x[[1]]\n\nx\n\n## `[[a]]`\n\nx\n\n```\n## A[[a]]\n```",
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
    "braces in formulas": "$\\frac{{a}}{{b}}$\n\n$$\n\\begin{cases} x & {y} \\\\ {{z}} \\end{cases}\n$$",
    "a dictionary": "A dict {'a': 1, 'b': {2}}, a set {1, 2} and {x.y}, {x!r} of f-strings.",
    "signs of programs": "i++ and ++i; a^b^c, 2^10; a <- b; x => y; std::vector, f :: Int; a[:n[0]], m[[1, 2]]",
    "templates in code": "```go\n{{ .Title }} {{ range .X }}\n```\n\n```yaml\nkey: ${{ secrets.X }}\n```\n\n```html\n{{#if x}}\n```",
    "templates between backticks": "Write `{{ x }}`, ``{{#include}}``, `{/* x */}`, `{% if %}`, `[caption x]`.",
    "code beside an underscore": "`a`_b and `x <y>` and `<b>` are code.",
    "a regular expression": "The pattern ^[a-z]{2,3}$ and [a-z]{2,3} match, [^ab] does not.",
    "brackets that are links": "[embed](a.md), [video][v], [gallery]: words\n\n[v]: https://x.example",
    "a mention that is a link": "Thanks, [@me] and [embed play].\n\n[@me]: https://x.example/me\n[embed play]: https://x.example",
    "one's own image": "![x](a.png) =100x200",
    "a table without its last bars": "| a | b\n|---|---\n| 1 | 2",
    "a shell's quote": ">>> x\n>>> y",
    "a mail and a decorator": "Write to a@fig-tree.example, use @property.",
    "a fence's own words": '```python title="a" hl_lines="1 2" linenums="3"\nx = 1\n```',
    "a fence of R Markdown": "```{python}\nx = 1\n```",
    "a language with signs": "```c++\nx\n```",
    "an import in prose": "import numpy as np is how it begins.",
    "one's own blocks": '!!! note "Title"\n    hi\n\n??? tip\n    hi\n\n=== "A"\n    x',
    "a mail to somebody": "Ask [@me](https://x.example) or @me.",
    "a footnote": "Words[^1].\n\n[^1]: More.",
    "a table": "| a | b |\n|---|---|\n| : | [x] |",
    "mentions and years": "Ask @doe, @doe20 or x@doe2020.example; [@doe2020](https://x.example).",
    "words in brackets": "[a b], [see also](a.md), [x=1](a.md), [i = 0], array[color=1], [x] and [/x](a.md).",
    "a shift and a stream": "a << b >> c, cout << x << y, <<EOF.",
    "a scope in brackets": "[A Title :: B], (std::vector), (f :: Int).",
    "signs at a line's start": "* [x] done\n* [ ] open\n\n- [a] b\n\n5% of it\n\n---\n\n- - -",
    "headings with a line below": "Words\n=====\n\nMore\n-----",
    "tildes": "About ~5~ of ~~10~~, ~/a~.",
    "dots and quotes": "... and so on.\n\n.. and so on.\n\n'' and ''' are quotes; \"a\": https://x.example.",
    "braces": "{#fragment} {/path} {:.2f} {@decorator}.",
    "sets and sums": "A set {a=1}, $\\sum_{i=1}^{n}$, \\[x\\](y){a=1} and\n\n$$\n\\left(x\\right)_{i=1}\n$$\n\n## The set {x=1}",
    "an address in angle brackets": "[x](<A b.md>) and ![x](<A b.png>)",
    "initials": "A. Smith and B. Jones\n\na) alone\n\nI. Kant\nwrote it.",
    "bars": "| a |b c| d |\n|---|---|---|\n| 1 |two| 3 |\n\nSo |x| < 1, `a | b`, list.each do |item| x end, a || b || c.",
    "braces of sets and names": "A set {a ? b}, /users/{id}, {i: i > 1}, {{{ and }}} fold.",
    "backslashes": "C:\\note and \\*, $\\emph{x}$ and `\\emph{x}`.",
    "brackets with signs": "[+1] and [-1], [- x](a.md), [+ y +](a.md)",
    "a mention with a link": "@[me](https://x.example) and h2.x and bc.d",
    "increments": "C++ and D++; ++i and j++; 《书名》 and {a|b}.",
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


def test_what_may_be_meant_as_it_is_is_only_noted():
    (note,) = read("Replace {files} by their names, or `{name}`.")[1]
    assert note.severity is Severity.NOTE
    assert "`{files}` is an expression of MDX'" in note.message


@pytest.mark.parametrize(("construct", "message"), TOLD.values(), ids=TOLD)
def test_what_has_none_is_told_of_with_its_line(construct, message):
    told = [one for one in read(construct)[1] if one.severity is Severity.WARNING]
    assert message in told[0].message and not any("{{color" in one.message for one in told[1:])
    at = construct.find(told[0].message.lstrip("`").partition("` is ")[0])
    assert told[0].line == 3 + construct.count("\n", 0, max(at, 0)) and told[0].hint


def test_metadata_that_are_no_front_matter_are_told_of():
    done = normalize(post("Title: A\nDate: today\n\nText.\n", title="T"), SITE)
    assert [one.line for one in done.problems if "metadata of Pelican's" in one.message] == [1]


@pytest.mark.parametrize("same", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_only_looks_foreign_is_left_alone(same):
    assert read(same)[1] == []


def test_a_formula_in_brackets_is_a_formula():
    said = read("\\[\\text{a} \\label{b}\\]\n\nand \\(\\emph{x}\\).")[1]
    assert {one.code for one in said} == {"jekyll"}


def test_no_language_of_the_world_takes_part_in_it():
    assert read("词语：定义。\n\nशब्द: अर्थ।\n\nكلمة: معنى.")[1] == []


def test_without_tabs_on_the_site_a_tab_has_a_title():
    written, _ = read('{{< tab "A" >}}\nx\n{{< /tab >}}', Dialect())
    assert bare(written) == ["**A**", "x"]


def test_where_templates_are_filled_in_raw_stays():
    construct = "```liquid\n{% raw %}{{ x }}{% endraw %}\n```\n\n{% raw %}{{ y }}{% endraw %}"
    written, _ = read(construct, Dialect(templated=True))
    assert "{% raw %}{{ x }}{% endraw %}" in written and written.count("raw") == 4


def test_what_an_extension_of_the_site_reads_is_its_own():
    construct = "x^2^ ++ctrl+c++ :material-account: {++new++}"
    names = ("pymdownx.caret", "pymdownx.keys", "pymdownx.emoji", "pymdownx.critic")
    assert read(construct, Dialect(extensions=(*NEEDED, *names)))[1] == []


def test_what_other_tools_draw_is_a_note_and_stays():
    written, said = read("```plantuml\nA -> B\n```")
    assert written == "```plantuml\nA -> B\n```"
    assert [(one.severity, "`plantuml` is drawn" in one.message) for one in said] == [(Severity.NOTE, True)]


def test_a_diagram_in_html_is_a_fence():
    assert (
        read('<div class="mermaid">\ngraph TD\n  A--&gt;B\n</div>')[0] == "```mermaid\ngraph TD\n  A-->B\n```"
    )


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


def test_markdown_in_a_component_that_is_not_known_is_markdown_and_the_component_told_of():
    result = normalize(post('<Mystery kind="a">\n  Go to [New](b.md).\n\n  - *a*\n</Mystery>\n\nx\n'), SITE)
    assert "\n\nGo to [New](b.md).\n\n- *a*\n\n</Mystery>" in result.post.body
    assert [
        "<Mystery" in problem.message for problem in result.problems if problem.severity == "warning"
    ] == [True]


_PATTERNS = [
    pattern for _, pattern, *_ in (*borrowed.RULES, *borrowed.BESIDE_CODE, *foreign._RULES, *jekyll._RULES)
]


@pytest.mark.parametrize("pattern", [*_PATTERNS, *(mark.pattern for mark in untranslated.marks())])
def test_a_pattern_begins_with_what_is_searched_for(pattern):
    assert not pattern.pattern.startswith(("(?<", "(?:(?<"))
