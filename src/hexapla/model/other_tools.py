"""Other tools: what their words for a block of code mean here, wherever they write them.

Behind a fence's language, in lines at the head of the code, in a comment above the fence. What has a plain meaning is
honoured; what changes what runs and has none here is told of, once a kind and page.

Sources: https://quarto.org/docs/reference/cells/cells-jupyter.html, https://bookdown.org/yihui/rmarkdown/r-code.html,
https://myst-nb.readthedocs.io (`{code-cell}` and its tags),
https://www.sphinx-doc.org/en/master/usage/extensions/doctest.html, https://pawamoy.github.io/markdown-exec/usage/,
https://sybil.readthedocs.io (Markdown), the READMEs of pytest-codeblocks, markdown-pytest, pytest-examples, phmdoctest.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

CELLS = frozenset({
    "code", "code-block", "code-cell", "exec-code", "ipython", "jupyter-execute", "pyodide", "pyodide-python",
    "sourcecode", "thebe",
})  # fmt: skip
"""Directives that hold code: the language is the word behind them, or Python."""
GROUPED: Mapping[str, str] = {
    "doctest": "pycon",
    "testcleanup": "python",
    "testcode": "python",
    "testsetup": "python",
}
"""Sphinx's directives that hold code, each with its language: the word behind them is a group of blocks."""
SKIPPING = frozenset(
    {"ignore", "no-exec", "no-run", "no-test", "no_run", "no_test", "noexec", "norun", "skip"}
)
"""Bare words that say that a block is not run."""
SILENT = frozenset({
    "autodep", "cache", "classes", "code-fold", "code-line-numbers", "code-overflow", "code-summary", "column",
    "comment", "dev", "dpi", "extra", "group", "html", "id", "idprefix", "label", "layout", "layout-ncol",
    "layout-nrow", "lines", "lint", "message", "mystnb", "name", "number-lines", "panel", "prompt",
    "returncode", "strip.white", "tabs", "tidy", "updatetoc", "upgrade", "warning", "width",
})  # fmt: skip
"""Options that say how a page looks, or nothing for a program that runs once."""
EXECUTE = frozenset({
    "cache", "daemon", "daemon-restart", "debug", "echo", "error", "eval", "fig-height", "fig-width", "freeze",
    "include", "ipynb", "keep-ipynb", "keep-md", "output", "warning",
})  # fmt: skip
"""The keys of `execute:` in Quarto's front matter."""
_SILENT_FAMILIES = (
    "fig.",
    "fig-",
    "out.",
    "tbl-",
    "lst-",
    "class.",
    "attr.",
    "cache.",
    "layout-",
    "code-",
    "output-",
)
_TRUE = frozenset({"1", "on", "t", "true", "yes"})
_FALSE = frozenset({"0", "f", "false", "no", "off"})
_HIDE_INPUT, _HIDE_OUTPUT = ("hide-input",), ("hide-output",)
_FOLDED = {"echo": _HIDE_INPUT, "include": _HIDE_INPUT + _HIDE_OUTPUT, "output": _HIDE_OUTPUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What another tool's words ask for a block."""

    notest: bool = False
    may_raise: bool = False
    """Whether it may end with an exception, which readers then see."""
    fixtures: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    session: str = ""
    """The namespace that it names; empty for the one that all blocks share."""
    alone: bool = False
    """Whether it runs in a namespace that no other block shares, unless it names one."""
    unread: tuple[str, ...] = ()
    """What has no meaning here, each as the name of a kind and whose it is."""
    settled: frozenset[str] = frozenset()
    """The options that are given for the block itself, so that none of the page's counts for it."""

    def __add__(self, other: "Wish") -> "Wish":
        return Wish(
            notest=self.notest or other.notest,
            may_raise=self.may_raise or other.may_raise,
            fixtures=tuple(dict.fromkeys((*self.fixtures, *other.fixtures))),
            classes=tuple(dict.fromkeys((*self.classes, *other.classes))),
            session=self.session or other.session,
            alone=self.alone or other.alone,
            unread=tuple(dict.fromkeys((*self.unread, *other.unread))),
            settled=self.settled | other.settled,
        )


NOTHING, SKIPPED = Wish(), Wish(notest=True)
_TAGS: Mapping[str, Wish] = {
    "hide-cell": Wish(classes=_HIDE_INPUT + _HIDE_OUTPUT),
    "hide-input": Wish(classes=_HIDE_INPUT),
    "hide-output": Wish(classes=_HIDE_OUTPUT),
    "hide_input": Wish(classes=_HIDE_INPUT),
    "hide_output": Wish(classes=_HIDE_OUTPUT),
    "remove-cell": Wish(classes=_HIDE_INPUT + _HIDE_OUTPUT),
    "remove-input": Wish(classes=_HIDE_INPUT),
    "remove-output": Wish(classes=_HIDE_OUTPUT),
    "raises-exception": Wish(may_raise=True),
    "skip": SKIPPED,
    "skip-execution": SKIPPED,
}
"""Those of Jupyter Book, MyST-NB and nbclient."""


def of_word(word: str, key: str, value: str) -> Wish | None:
    """Return what a word behind a fence's language asks for; None for one that no tool is known by.

    `key` and `value` are its parts where it is an option, `key=value`; else `value` is empty.
    """
    if word.lower() in SKIPPING:
        return SKIPPED
    return _of_option(key.lower(), value.strip("\"'")) if word != key else None


def _of_option(key: str, value: str) -> Wish | None:
    """Return what an option asks for; None for one that is not known."""
    given = value.lower()
    match key:
        case "eval" | "exec" | "execute" | "echo" | "error" | "include" | "output" if (
            given not in _TRUE | _FALSE
        ):
            return (
                NOTHING
                if key == "echo" and given == "fenced"
                else Wish(unread=(f"`{key}` that is no true or false",))
            )
        case "eval" | "exec" | "execute":
            return Wish(notest=given in _FALSE, settled=frozenset({"eval"}))
        case "echo" | "include" | "output":
            classes = _FOLDED[key] if given in _FALSE else ()
            return Wish(classes=classes, settled=frozenset({key}))
        case "results":
            return Wish(classes=_HIDE_OUTPUT if given == "hide" else ())
        case "error":
            return Wish(may_raise=given in _TRUE, settled=frozenset({"error"}))
        case "test":
            return Wish(notest=given == "skip")
        case "session":
            return Wish(session=value)
        case "tags":
            tags = re.findall(r"[\w-]+", value)
            return sum((_TAGS.get(tag, NOTHING) for tag in tags), NOTHING)
        case "source" | "result":
            return NOTHING
        case "workdir" | "engine" | "python.reticulate":
            return Wish(unread=(f"`{key}`",))
    return NOTHING if key in SILENT or key.startswith(_SILENT_FAMILIES) else None


def of_page(execute: object, settled: Collection[str]) -> Wish:
    """Return what `execute:` in Quarto's front matter asks for a block, but for the options that it gives itself."""
    given = execute if isinstance(execute, Mapping) else {}
    wishes = (
        _of_option(key, str(given[key])) or NOTHING
        for key in ("eval", "echo", "error", "include", "output")
        if key not in settled and isinstance(given.get(key), bool)
    )
    return sum(wishes, NOTHING)


def of_group(name: str) -> Wish:
    """Return what the group behind one of Sphinx's directives asks for: its blocks share a namespace of their own."""
    return Wish(session="" if name in ("default", "*") else name)


def of_exec(options: Mapping[str, str]) -> Wish:
    """Return what the options of markdown-exec ask for together.

    It shows the code only where it says where, and runs each block without a session in a namespace of its own.
    """
    if options.get("exec", "").lower() not in _TRUE:
        return NOTHING
    markup = "result" not in options and options.get("source") != "console"
    return Wish(
        alone=True,
        classes=_HIDE_INPUT if "source" not in options else (),
        unread=("output that markdown-exec would read as Markdown or HTML",) if markup else (),
    )


def of_braces(info: str) -> Wish:
    """Return what braces around a fence's words ask for: Quarto shows ```` ```{{python}} ```` and does not run it."""
    return SKIPPED if info.lstrip().startswith("{{") else NOTHING


def chunk(info: str) -> str:
    """Return the name that knitr reads behind the language, `{python plot, echo=FALSE}`; empty where there is none."""
    name = _CHUNK.match(info.strip())
    return name["name"] if name else ""


def without_blanks(info: str) -> str:
    """Return a fence's words without the blanks that R Markdown has around an `=`: `{python, eval = FALSE}`."""
    return _SPACED.sub(lambda match: match["quoted"] or "=", info) if info.lstrip().startswith("{") else info


_SPACED = re.compile(r"""(?P<quoted>"[^"]*+"|'[^']*+')|(?<![ \t])[ \t]++=[ \t]*+|=[ \t]++""")
_CHUNK = re.compile(r"\{\w+ +(?P<name>[\w.-]+)(?:,|\}?$)")
_OPTION = re.compile(r"^(?:#\| ?|:(?=[\w.-]+:))(?P<key>[\w.-]++):(?:[ \t]++(?P<value>[^\n]*+))?$")
"""Quarto's and knitr's `#| key: value`, MyST's `:key: value`."""
_ITEM = re.compile(r"^(?:#\|)?[ \t]*(?P<value>- [^\n]*|[ \t][^\n]*)$")
_YAML = re.compile(r"^(?P<key>[\w.-]++):(?:[ \t]++(?P<value>[^\n]*+))?$")


_JUPYTER_SPHINX: Mapping[str, Wish] = {
    "hide-code": Wish(classes=_HIDE_INPUT),
    "hide-output": Wish(classes=_HIDE_OUTPUT),
    "raises": Wish(may_raise=True),
}
"""Options of its `{jupyter-execute}` that no words behind a fence's language are (https://jupyter-sphinx.readthedocs.io)."""


def options_in(code: str) -> tuple[int, Wish]:
    """Return how many lines at the head of a block's code are options of another tool, and what they ask for."""
    lines = code.split("\n")
    if (
        lines[0].startswith("---")
        and not lines[0].strip("- \t")
        and "---" in (line.rstrip() for line in lines[1:])
    ):
        end = next(row for row in range(1, len(lines)) if lines[row].rstrip() == "---") + 1
        pattern, rows = _YAML, lines[1 : end - 1]
    elif _OPTION.match(lines[0]):
        mark = lines[0][:2] if lines[0].startswith("#|") else ":"
        end = next((row for row, line in enumerate(lines) if not line.startswith(mark)), len(lines))
        pattern, rows = _OPTION, lines[:end]
    else:
        return 0, NOTHING
    wishes = (
        _JUPYTER_SPHINX.get(key) or _of_option(key, value) or NOTHING for key, value in _pairs(pattern, rows)
    )
    return end, sum(wishes, NOTHING)


def _pairs(pattern: re.Pattern[str], rows: list[str]) -> Iterator[tuple[str, str]]:
    """Yield keys with their values; what goes on in further lines belongs to the key above."""
    key, values = "", [""]
    for row in rows:
        if match := pattern.match(row):
            if key:
                yield key, " ".join(values)
            key, values = match["key"].lower(), [(match["value"] or "").strip().strip("\"'")]
        elif item := _ITEM.match(row):
            values.append(item["value"].strip("- \t"))
    if key:
        yield key, " ".join(values)
