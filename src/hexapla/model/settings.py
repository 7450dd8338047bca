"""Settings: how an article's programs run and how its translations are compared, from the front matter."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from hexapla.model.codes import ALL, problem
from hexapla.model.other_tools import EXECUTE
from hexapla.model.post import Post
from hexapla.model.problem import Problem, Severity

REPAIRS = (
    "jekyll",
    "foreign",
    "wrapped-post",
    "chatter",
    "glued-fence",
    "unclosed-fence",
    "heading-emphasis",
    "empty-heading",
    "title",
    "heading-levels",
)
"""The names by which `repairs:` in mkdocs.yml switches the repairs of posts off."""


class OnError(StrEnum):
    """What a cell that fails costs: `on_error:` under `execute:`."""

    CONTINUE = "continue"
    """Itself, and the cells that read what it was to bind."""
    STOP = "stop"
    """Itself and all cells after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A line that is run before the first cell: `imports:` under `execute:`."""

    code: str
    path: str
    line: int
    """Where it is asked for: in the front matter, or in mkdocs.yml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How an article's programs run: `execute:` in the front matter over the site's defaults."""

    enabled: bool = True
    """Whether programs run at all."""
    seed: int = 0
    """What the generators of random numbers start with: `random`, NumPy's and torch's."""
    timeout: float = 60.0
    """Wall time for a whole program, in seconds."""
    longest: float = 600.0
    """The most that a post itself may ask for as its `timeout`, in seconds: a site's setting, never a post's."""
    shared_state: bool = True
    """Whether the blocks of an article share one namespace; without, each begins anew."""
    on_error: OnError = OnError.CONTINUE
    """What a failure costs: `continue` the block and those that read what it was to bind, `stop` all after it."""
    imports: tuple[Import, ...] = ()
    """Lines that are run before the first block, such as `["import torch"]`."""
    show_errors: bool = False
    """Whether readers see the exceptions that nobody announced."""


class Strings(StrEnum):
    """What becomes of a translation whose strings differ: `strings:` in the front matter."""

    VARIANT = "variant"
    """Its program is run on its own."""
    FREEZE = "freeze"
    """It is an error."""
    CANONICAL_OUTPUT = "canonical-output"
    """Its page shows the original's output, and says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How the versions of an article are compared."""

    strings: Strings = Strings.VARIANT
    rename: bool = False
    """Whether a translation may rename what the page itself binds."""
    adapted: bool = False
    """Whether the post is a free adaptation (`relation: adapted`): then its program is its own."""


_READ: Mapping[str, Callable[[Any], Any]] = {"timeout": float, "on_error": OnError}
"""By key of `execute:`, what makes a setting of its value, where that isn't one yet."""


def read_settings(post: Post, defaults: Settings) -> tuple[Settings, tuple[Problem, ...]]:
    """Read `execute:` of a post over the site's defaults, and `show_errors:`, which may stand in it or beside it."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    beside = post.front_matter.get("show_errors", defaults.show_errors)
    if isinstance(beside, bool):
        values["show_errors"] = beside
    else:
        problems.append(_bad(post, "show_errors", beside, "true or false"))
    given = post.front_matter.get("execute", {})
    if isinstance(given, bool):
        given = {"enabled": given}
    if given is not None and not isinstance(given, Mapping):
        problems.append(_bad(post, "execute", given, "true, false or a table of settings"))
        given = None
    for key, value in (given or {}).items():
        if key in EXECUTE:  # Quarto's, which are of its blocks.
            continue
        wanted = _wanted(str(key), value, max(defaults.longest, defaults.timeout))
        if wanted:
            problems.append(_bad(post, f"execute: {key}", value, wanted))
        elif key == "imports":
            line = post.line_of("execute")
            values["imports"] = tuple(Import(code=code, path=post.path, line=line) for code in value)
        else:
            values[str(key)] = _READ[str(key)](value) if key in _READ else value
    return replace(defaults, **values), tuple(problems)


def read_severities(post: Post) -> tuple[dict[str, Severity], tuple[Problem, ...]]:
    """Read `severities:` of a post: how much problems of its article weigh, by their code."""
    given = post.front_matter.get("severities")
    if given is None:
        return {}, ()
    if not isinstance(given, Mapping):
        return {}, (
            _bad(post, "severities", given, "a table of codes, each with `error`, `warning` or `note`"),
        )
    known = {code.word for code in ALL}
    values, problems = {}, []
    for word, value in given.items():
        if word in known and value in tuple(Severity):
            values[str(word)] = Severity(value)
        else:
            wanted = (
                "`error`, `warning` or `note`"
                if word in known
                else "codes that `hexapla explain` lists as keys"
            )
            problems.append(_bad(post, f"severities: {word}", value, wanted))
    return values, tuple(problems)


def read_policy(post: Post) -> tuple[Policy, tuple[Problem, ...]]:
    """Read `strings:`, `rename:` and `relation:` of a post."""
    matter = post.front_matter
    problems: list[Problem] = []
    strings, rename, relation = matter.get("strings"), matter.get("rename"), matter.get("relation")
    if strings is not None and strings not in tuple(Strings):
        problems.append(_bad(post, "strings", strings, "`variant`, `freeze` or `canonical-output`"))
        strings = None
    if rename not in (None, "allow", "deny"):
        problems.append(_bad(post, "rename", rename, "`allow` or `deny`"))
    if relation not in (None, "adapted", "translated"):
        problems.append(_bad(post, "relation", relation, "`translated` or `adapted`"))
    policy = Policy(
        strings=Strings(str(strings or "variant")), rename=rename == "allow", adapted=relation == "adapted"
    )
    return policy, tuple(problems)


def policy_of(original: Post, translation: Post, strings: Strings) -> Policy:
    """Return what holds for a translation: what it says itself, else its original, else the site (`strings`)."""
    first, second = read_policy(original)[0], read_policy(translation)[0]
    if "strings" in translation.front_matter:
        strings = second.strings
    elif "strings" in original.front_matter:
        strings = first.strings
    return Policy(strings=strings, rename=first.rename or second.rename, adapted=second.adapted)


def lines_that_import(value: object) -> bool:
    """Return whether a value is a list of lines that do nothing but import."""
    return isinstance(value, list) and all(isinstance(line, str) and _imports(line) for line in value)


def _imports(line: str) -> bool:
    try:
        body = ast.parse(line).body
    except (SyntaxError, ValueError, RecursionError):
        return False
    return bool(body) and all(isinstance(node, ast.Import | ast.ImportFrom) for node in body)


def read_requires(post: Post) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Read `requires:` of a post: distributions, each with the versions that will do, as in a requirements.txt."""
    given = post.front_matter.get("requires")
    if given is None:
        return (), ()
    wanted = 'a list of distributions, such as `[transformers, "scipy>=1.15"]`'
    if not isinstance(given, list):
        return (), (_bad(post, "requires", given, wanted),)
    wrong = [entry for entry in given if not (isinstance(entry, str) and _is_requirement(entry))]
    problems = (_bad(post, "requires", entry, wanted) for entry in wrong)
    return tuple(entry for entry in given if entry not in wrong), tuple(problems)


def _is_requirement(text: str) -> bool:
    # Here, since programs' processes load this module and read no front matter.
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        return not Requirement(text).url
    except InvalidRequirement:
        return False


def _wanted(key: str, value: Any, longest: float) -> str:
    """Return what a key of `execute:` takes, where the value is not that; else empty. `longest` bounds the timeout."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    if key in ("enabled", "shared_state", "show_errors"):
        return "" if isinstance(value, bool) else "true or false"
    if key == "seed":
        return "" if whole and 0 <= int(value) < 2**32 else "a whole number from 0 to 4294967295"
    if key == "timeout":
        number = whole or isinstance(value, float)
        if number and value > longest:
            return f"at most {longest:g} seconds here: `execute: {{longest: …}}` in mkdocs.yml raises that"
        return "" if number and value > 0 else "a number of seconds above 0"
    if key == "on_error":
        return "" if value in tuple(OnError) else "`continue` or `stop`"
    if key == "imports":
        return "" if lines_that_import(value) else 'a list of imports, such as `["import torch"]`'
    return (
        "one of the keys `enabled`, `seed`, `timeout`, `shared_state`, `on_error`, `show_errors`, `imports`"
    )


def _bad(post: Post, key: str, value: object, wanted: str) -> Problem:
    message = f"`{key}` is {value!r}, and takes {wanted}."
    return problem("bad-setting", post.path, post.line_of(key.split(":")[0]), message)
