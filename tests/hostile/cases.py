"""The hostile cases: each has a number, which its script leaves in the page's window if it ever runs.

A case is a place that takes somebody's text (a key of the front matter, an output, a picture's words, a fence, a
name) with a text that would leave it. They are the posts of one site: `posts()`.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import yaml

MARK = "hexapla_mark"
SEPARATORS = ("\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
"""What ends a line for Python's `splitlines`, besides the one that ends it for everyone."""


@dataclass(slots=True)
class Cases:
    """The cases so far, by number."""

    places: dict[int, str] = field(default_factory=dict)

    def script(self, place: str) -> str:
        """Return the script of a new case; `place` says what it tries to leave."""
        number = len(self.places) + 1
        self.places[number] = place
        return f"window.{MARK}={number}"


def escapes(script: str) -> dict[str, str]:
    """Return texts that would run a script from one place or another, each with what it is after."""
    return {
        "an element": f"<script>{script}</script>",
        "an image": f"<img src=x onerror={script}>",
        "an attribute in double quotes": f'"><img src=x onerror={script}>',
        "an attribute in single quotes": f"'><svg onload={script}>",
        "an attribute with another": f'x" onfocus={script} autofocus tabindex=1 contenteditable y="',
        "a title": f"</title><script>{script}</script>",
        "a script": f"</script><script>{script}</script>",
        "a comment": f"--><script>{script}</script><!--",
        "escaping undone": f"&lt;img src=x onerror={script}&gt;",
        "code": f"`` ` <img src=x onerror={script}> ` ``",
        "a line": f"x\u2028\u2028<img src=x onerror={script}>",
        "a link": f"](javascript:{script}) [x](javascript:{script}) <img src=x onerror={script}>",
        "attributes of Markdown": f"x {{: onfocus={script} autofocus=1 tabindex=1 }}{{ onload={script} }}",
        "a text area": f"</textarea></noscript></template></style><svg/onload={script}>",
    }


KEYS = (
    "title", "subtitle", "description", "author", "status", "icon", "tags", "date", "updated", "image", "hide",
    "search", "template", "hexapla_original", "revision_date", "comments",
)  # fmt: skip
AFTER = tuple(escapes("x"))


def posts(cases: Cases) -> dict[str, str]:
    """Return the site's posts by file name, numbering their cases."""
    return {
        **dict(_front_matters(cases)),
        "outputs.en.md": _outputs(cases),
        "titles.en.md": _titles(cases),
        "figures.en.md": _figures(cases),
        "fences.en.md": _fences(cases),
        "fences-as-they-are.en.md": f"---\ndialect: python-markdown\nicon: no/such\n---\n\n{_fences(cases)}",
        "code.en.md": _code(cases),
        "links.en.md": _links(cases),
        "values.en.md": _values(cases),
        "delivered.en.md": _delivered(cases),
        "errors.en.md": _errors(cases),
        "formulas.en.md": _formulas(cases),
        "foreign.en.md": _foreign(cases),
        "moved.en.md": _moved(cases),
        "pictures.en.md": "# Pictures\n\n"
        + "".join(f"![a drawing]({name})\n\n" for name in drawings(Cases())),
        **dict(_names(cases)),
    }


def _front_matters(cases: Cases) -> Iterator[tuple[str, str]]:
    """Yield a post for each way out, which tries it in every key; and a translation that is behind, for some."""
    for number, after in enumerate(AFTER):
        values: dict[str, object] = {}
        for key in KEYS:
            text = escapes(cases.script(f"{key}: {after}"))[after]
            tags = f"{text}, shared" if number % 3 else [text, "shared"]
            nested = {"tags": tags, "hide": [text], "search": {"boost": text, "exclude": text}}
            values[key] = nested.get(key, text)
        head = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
        yield (
            f"2026-01-{number + 1:02}-front-{number}.en.md",
            f"---\n{head}---\n\nText.\n\n```python\nprint({number})\n```\n",
        )
        if number % 5 == 0:
            yield (
                f"2026-01-{number + 1:02}-front-{number}.de.md",
                f"---\n{head}---\n\nText.\n\n```python\nprint({number})\n```\n",
            )


CONTAINERS = {
    "the page": "{}",
    "a list": "- x\n\n{}",
    "a quote": "> x\n>\n{}",
    "a note": '!!! note "x"\n\n{}',
}
PREFIXES = {"the page": "", "a list": "    ", "a quote": "> ", "a note": "    "}


def _cell(code: str, where: str = "the page", words: str = "") -> str:
    """Return a cell in a container."""
    lines = "".join(f"{PREFIXES[where]}{line}\n" for line in (f"```python{words}", *code.split("\n"), "```"))
    return f"{CONTAINERS[where].format(lines)}\n"


def _outputs(cases: Cases) -> str:
    """Return a post whose programs print what would leave an output."""
    cells = []
    for where in CONTAINERS:
        for sign in SEPARATORS:
            script = cases.script(f"an output with {sign!a} in {where}")
            cells.append(
                _cell(f"print({f'a{sign}<script>{script}</script><img src=x onerror={script}>'!a})", where)
            )
        for text in ("```\n{}", "~~~~\n\n{}", "    ```\n\n{}\n\n    ```", "</code></pre></div>{}", "\x02wzxhzdk:0\x03{}\x02amp\x03",
                     "\x1b]8;;javascript:x\x07{}\x1b[0m\x1b[", "{{: onclick=x }}\n{}", "*[a]: {}\n\n[^1]: {}\n\n[a]: javascript:x"):  # fmt: skip
            script = cases.script(f"an output with {text!a} in {where}")
            told = text.replace("{{", "{").replace("}}", "}").replace("{}", f"<img src=x onerror={script}>")
            cells.append(_cell(f"print({told!a})", where))
    script = cases.script("a value")
    cells.append(
        _cell(
            f"type('A', (), {{'__repr__': lambda _: {f'a{SEPARATORS[-1]}<img src=x onerror={script}>'!a}}})()"
        )
    )
    for sign in ("\n\n", "\u2028", "\x85"):
        script = cases.script(f"an exception with {sign!a}")
        cells.append(
            _cell(
                f"raise ValueError({f'a{sign}<img src=x onerror={script}>'!a})",
                words=" raises:ValueError",
            )
        )
    script = cases.script("a long output, which is folded")
    cells.append(
        _cell(f"for row in range(40):\n    print({f'<img src=x onerror={script}>'!a}, end={SEPARATORS[7]!a})")
    )
    return "# Outputs\n\n" + "\n".join(cells)


def _titles(cases: Cases) -> str:
    """Return a post whose fences have titles that would leave a caption."""
    parts = []
    for after in AFTER:
        text = escapes(cases.script(f"a fence's title: {after}"))[after]
        quote, fence = "'" if '"' in text else '"', "~~~" if "`" in text else "```"
        parts.append(f"{fence}{{.python title={quote}{text}{quote}}}\nprint(2)\n{fence}\n")
    return "# Titles\n\n" + "\n".join(parts)


def _figures(cases: Cases) -> str:
    """Return a post whose figures have titles that would leave a picture's words."""
    parts = [
        "```python\nimport matplotlib.pyplot as plt\nimport matplotlib\n\nmatplotlib.rcParams['text.parse_math'] = False\n```\n"
    ]
    for after, where in zip(AFTER, itertools.cycle(CONTAINERS), strict=False):
        text = ascii(escapes(cases.script(f"a figure's title in {where}: {after}"))[after])
        label = ascii(escapes(cases.script(f"a figure's label in {where}: {after}"))[after])
        parts.append(
            _cell(
                f"_ = plt.plot([1, 2], label={label})\n_ = plt.title({text})\n_ = plt.xlabel({label})\nplt.show()",
                where,
            )
        )
    return "# Figures\n\n" + "\n".join(parts)


def _fences(cases: Cases) -> str:
    """Return a post whose fences have words that would leave an attribute."""
    words = (
        '.python .a"><script>{}</script>', '.python .a"onfocus={} .autofocus', '.python #a"><script>{}</script>', ".python onclick={}",
        '.python onfocus="{}" tabindex=1 autofocus=1', '.python raises:"><script>{}</script>', '.python fixture:"><script>{}</script>',
        ".python hl_lines=\"1'><script>{}</script>\"", '.python linenums="1 <script>{}</script>"', '.js .a"><script>{}</script>',
        '.text #b"><script>{}</script>', '.js onfocus="{}" tabindex=1 autofocus=1', '.html"><script>{}</script>',
    )  # fmt: skip
    parts = []
    for number, word in enumerate(words):
        said = word.format(cases.script(f"a fence's words: {word}"))
        parts.append(f"```{{{said}}}\nfence = {number}\n```\n")
    return "# Fences\n\n" + "\n".join(parts)


def _code(cases: Cases) -> str:
    """Return a post whose code holds what would leave it, in every container."""
    cells = []
    for where in CONTAINERS:
        for sign in SEPARATORS[1:]:
            script = cases.script(f"code with {sign!a} in {where}")
            cells.append(_cell(f"x = 'a{sign}<img src=x onerror={script}>'", where, " notest"))
    return "# Code\n\n" + "\n".join(cells)


def _links(cases: Cases) -> str:
    """Return a post whose links would run a script when they are followed."""
    written = (
        "[x](javascript:{})", "[x](<javascript:{}>)", "[x](JaVaScRiPt:{})", "[x](java&#115;cript:{})", "[x](&#106;avascript:{})",
        "[x][{}]\n\n[{}]: javascript:{}", "![x](javascript:{})", '[x](a.html "javascript:{}")', '[x](x"onerror="{})',
    )  # fmt: skip
    parts = [text.replace("{}", cases.script(f"a link: {text}")) for text in written]
    return "# Links\n\n" + "\n\n".join(parts) + "\n"


def drawings(cases: Cases) -> dict[str, str]:
    """Return drawings that posts show, by file name; a reader may open each by itself."""
    head = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    inside = (
        "<script>{}</script>", '<rect width="9" height="9" onload="{}"/>', "<image href='x' onerror='{}'/>",
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="{}"><script>{}</script></body></foreignObject>',
        '<html:script xmlns:html="http://www.w3.org/1999/xhtml">{}</html:script>', '<animate attributeName="x" onbegin="{}" dur="1s"/>',
        '<set attributeName="onload" to="{}"/>', '<iframe xmlns="http://www.w3.org/1999/xhtml" srcdoc="&lt;script&gt;parent.{}&lt;/script&gt;"/>',
    )  # fmt: skip
    texts = [f"<svg {head}>{part.replace('{}', cases.script(f'a drawing: {part}'))}</svg>" for part in inside]
    script = cases.script("a drawing's own event")
    texts.append(f'<svg {head} onload="{script}"><path d="M 0 0"/></svg>')
    script = cases.script("a drawing with an entity")
    texts.append(
        f'<!DOCTYPE svg [<!ENTITY x "&#60;script&#62;{script}&#60;/script&#62;">]><svg {head}>&x;</svg>'
    )
    script = cases.script("a drawing that is a page")
    texts.append(f'<html xmlns="http://www.w3.org/1999/xhtml"><script>{script}</script></html>')
    return {f"drawing-{number}.svg": text for number, text in enumerate(texts)}


SHOWN = {
    "_repr_html_": (
        "<table><tr><td><script>{}</script></td></tr></table>", "<table><tr><td onclick={} onmouseover={}>x</td></tr></table>",
        "<a href='javascript:{}'>x</a>", "<a href='&#1;javascript:{}'>x</a>", "<a href='java\tscript:{}'>x</a>",
        "<form action='javascript:{}'><button autofocus onfocus={}>x</button></form>", "<svg><style><img src=x onerror={}></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={}&gt;'>", "<noscript><p title='</noscript><img src=x onerror={}>'>",
        "<div style='background:url(javascript:{});animation:x' onanimationstart={}>x</div>", "<template><img src=x onerror={}></template>",
        "<iframe srcdoc='<script>parent.{}</script>'></iframe>", "</div></div></article><img src=x onerror={}>", "<img src=x onerror={}>",
        "<textarea><img title='</textarea><img src=x onerror={}>'>", "<p id='__md_scope' class='md-clipboard' data-clipboard-text='x' onload={}>x</p>",
    ),
    "_repr_markdown_": ("<img src=x onerror={}>", "[x](javascript:{})", "a\n\n```\n\n<script>{}</script>", "![x](x){ onerror={} }"),
    "_repr_latex_": ("$\\href{javascript:{}}{x}$", "$\\text{<img src=x onerror={}>}$", "$$x$$ <img src=x onerror={}>", "$x</math><img src=x onerror={}>$"),
    "_repr_svg_": ("<svg xmlns='http://www.w3.org/2000/svg' onload='{}'><script>{}</script></svg>",),
}  # fmt: skip
"""By which method of a value: texts that it shows of itself."""


def _values(cases: Cases) -> str:
    """Return a post whose values show themselves by more than a text."""
    cells = []
    for (method, texts), where in zip(SHOWN.items(), itertools.cycle(CONTAINERS), strict=False):
        for text in texts:
            told = text.replace("{}", cases.script(f"{method} in {where}: {text}"))
            cells.append(_cell(f"type('A', (), {{{method!r}: lambda _: {told!a}}})()", where))
    return "# Values\n\n" + "\n".join(cells)


def _delivered(cases: Cases) -> str:
    """Return a post whose programs hand over drawings past what draws them."""
    cells = ["```python\nfrom hexapla.execution import figures\n```\n"]
    inside = (
        "<script>{}</script>", "<rect width='9' height='9' onclick='{}'/>", "<a href='javascript:{}'><text y='9'>x</text></a>",
        "<a xlink:href='javascript:{}'><text y='9'>x</text></a>", "<style>@import 'javascript:{}';</style><rect onload='{}'/>",
        "<use href='data:image/svg+xml,&lt;svg id=&quot;x&quot; onload=&quot;{}&quot;/&gt;#x'/>", "</svg><img src='x' onerror='{}'><svg>",
        "<title></title><![CDATA[</svg><img src=x onerror={}>]]>", "<foreignObject><img xmlns='http://www.w3.org/1999/xhtml' src='x' onerror='{}'/></foreignObject>",
    )  # fmt: skip
    for text in inside:
        told = text.replace("{}", cases.script(f"a drawing of a program's: {text}"))
        alt = f'"><img src=x onerror={cases.script("its words")}>\u2028'
        svg = f"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'>{told}</svg>"
        cells.append(_cell(f"figures.deliver({svg!a}, {alt!a})"))
    return "# Delivered\n\n" + "\n".join(cells)


def _errors(cases: Cases) -> str:
    """Return a post whose exceptions have names, files and notes that would leave a traceback."""
    image = "<img src=x onerror={}>"
    written = (
        "raise type({name!a}, (Exception,), {{}})(1)", "exec(compile('1 / 0', {name!a}, 'exec'))",
        "error = ValueError(1)\nerror.add_note({name!a})\nraise error", "raise SyntaxError('x', ({name!a}, 1, 1, {name!a}))",
        "raise ExceptionGroup({name!a}, [KeyError({name!a})])", "import warnings\nwarnings.warn({name!a})\n1 / 0", "open({name!a})", "import sys\nsys.exit({name!a})",
    )  # fmt: skip
    cells = []
    for code in written:
        name = image.format(cases.script(f"an exception: {code}"))
        cells.append(
            _cell(code.format(name=name), words=" notest" if "exit" in code else " raises:BaseException")
        )
    return "# Errors\n\n" + "\n".join(cells)


def _formulas(cases: Cases) -> str:
    """Return a post whose formulas would leave their MathML."""
    written = (
        "$\\text{<img src=x onerror={}>}$", "$\\href{javascript:{}}{x}$", "$`<img src=x onerror={}>`$", "$$\n\\unicode{<img src=x onerror={}>}\n$$",
        "$a</mi></math><img src=x onerror={}>$", "```math\n\\mathrm{</annotation><img src=x onerror={}>}\n```", "$\\color{\"onclick={}}{x}$", "$\\style{x:y\" onclick=\"{}}{x}$",
    )  # fmt: skip
    return "# Formulas\n\n" + "\n\n".join(
        text.replace("{}", cases.script(f"a formula: {text}")) for text in written
    )


def _foreign(cases: Cases) -> str:
    """Return a post with other tools' constructs, whose words would leave what they become."""
    image = "<img src=x onerror={}>"
    written = (
        f":::note[{image}]\nx\n:::", f'!!! note "{image}"\n    x', f"> [!NOTE] {image}\n> x", '??? "x\\" onclick={}"\n    x', f'=== "{image}"\n    x',
        '{{{{< figure src="x" alt="\\"onerror={}" >}}}}', "![[x.png|a\"onerror={}]]", "[[javascript:{}|x]]", '{{% embed url="javascript:{}" %}}',
        '{{% hint style="a onclick={}" %}}\nx\n{{% endhint %}}', "```{{note}} \"><img src=x onerror={}>\nx\n```", "```mermaid\ngraph TD\nclick A \"javascript:{}\"\n```",
        f"| {image.replace('<', '&lt;')} |\n|---|\n| x |", "[^x\"onclick={}]\n\n[^x\"onclick={}]: y", ":a\"onclick={}: x", "Term\n: [x](vbscript:{})", "<javascript:{}>",
        "[x](data:text/html,%3Cscript%3E{}%3C/script%3E)", "![x](data:image/svg+xml,<svg/onload={}>)", "## A {{#a\"onclick={}}}", "[x]: <javascript:{}> 'y'\n\n[x]",
    )  # fmt: skip
    parts = []
    for text in written:
        script = cases.script(f"another tool's: {text}")
        said = text.replace("{}", script).replace("{{", "{").replace("}}", "}")
        parts.append(said.replace("<img src", "&lt;img src"))
    return "# Foreign\n\n" + "\n\n".join(parts) + "\n"


def _moved(cases: Cases) -> str:
    """Return a post that says where it was, and what else its front matter may hold, in texts that would leave a page."""
    keys = (
        "slug",
        "source",
        "categories",
        "keywords",
        "license",
        "canonical",
        "robots",
        "redirect_from",
        "aliases",
        "requires",
        "files",
    )
    values: dict[str, object] = {"title": "Moved"}
    for key in keys[2:]:
        values[key] = [escapes(cases.script(f"{key} of a moved post"))["an attribute in double quotes"]]
    values["redirect_from"] = [
        *values["redirect_from"],
        f"/old/{cases.script('an old address')}\"'><svg onload=x>/",
    ]  # type: ignore[misc]
    return f"---\n{yaml.safe_dump(values, allow_unicode=True, sort_keys=False)}---\n\nText.\n"


def _names(cases: Cases) -> Iterator[tuple[str, str]]:
    """Yield posts whose files have names that would leave a page or a comment of YAML."""
    for shape in ("<img src=x onerror={}>", "a`<img src=x onerror={}>", 'a"onfocus={} autofocus "', "a\u2028- <img src=x onerror={}>",
                  "a\ntitle: <img src=x onerror={}>"):  # fmt: skip
        name = shape.format(cases.script(f"a post's name: {shape!a}"))
        yield f"{name}.en.md", "Text.\n\n```python\nprint(1)\n```\n\n```python fixture:nowhere\nx\n```\n"


BODIES: Sequence[str] = (
    "<script>{}</script>", "<img src=x onerror={}>", "<svg onload={}>", "<iframe srcdoc='<script>parent.{}</script>'></iframe>",
    "<details open ontoggle={}>x</details>", "<input autofocus onfocus={}>", "<video><source onerror={}></video>",
    "<object data='data:text/html,<script>parent.{}</script>'></object>", "<base href='javascript:{}//'>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>", "<style onload={}></style>", "<marquee onstart={}>x</marquee>",
)  # fmt: skip
"""Raw HTML, which posts may hold: here it is the policy of the page that keeps scripts from running."""


def bodies(cases: Cases) -> dict[str, str]:
    """Return the post with raw HTML, by file name."""
    parts = [text.replace("{}", cases.script(f"raw HTML: {text}")) for text in BODIES]
    return {"raw.en.md": "# Raw HTML\n\n" + "\n\n".join(parts) + "\n"}
