"""Reasons: why a typed output need not be what ran here: it is drawn at random, of another machine, or explains."""

import ast
import functools
import re

from hexapla.model.output import Claim
from hexapla.programs.claims.likeness import Likeness, as_older, likeness
from hexapla.programs.parse import parse_expression, prepare

_SEEDABLE = (
    r"rand|randn|randint|randperm|random|normal|uniform|multinomial|bernoulli|shuffle|sample|choices?|dropout|"
    r"Dropout\w*|Linear|LazyLinear|Bilinear|Conv\w+|Embedding\w*|LSTM\w*|GRU\w*|RNN\w*|Transformer\w*|"
    r"MultiheadAttention|kaiming_\w+|xavier_\w+|trunc_normal_|normal_|uniform_|rand_like|randn_like|randint_like|"
    r"resnet\w*|randrange|default_rng|RandomState|standard_normal"
)
_UNSEEDABLE = (
    r"empty|empty_like|uuid\d|perf_counter|time|now|today|getpid|id|hash|token_hex|urandom|ctime|monotonic|"
    r"process_time|localtime|gmtime|strftime"
)
_RANDOM = re.compile(rf"\b(?:{_SEEDABLE}|{_UNSEEDABLE})\b")
_RANDOM_NAME = re.compile(rf"(?:{_SEEDABLE}|{_UNSEEDABLE})\Z")
_UNSEEDABLE_NAME = re.compile(rf"(?:{_UNSEEDABLE})\Z")
_SEEDED = re.compile(
    r"\b(?:manual_seed|seed|seed_everything|set_seed|default_rng|RandomState|PRNGKey)\s*+\(\s*+[\w-]"
)
_FIXED = frozenset(
    "shape dtype ndim device requires_grad is_leaf layout size dim numel nelement stride".split()
)
"""What is the same of a tensor whatever is drawn."""
_FIXED_CALLS = frozenset("len type isinstance issubclass callable hasattr".split())
_MODULE = re.compile(
    r"\b(?:in_features|in_channels|kernel_size|num_embeddings)=|^[ \t]*+\(\w++\): \w++\(", re.MULTILINE
)
"""How a module of torch is written: without what it has drawn."""
_MACHINE = re.compile(
    r"__version__|\bversion(?:_info)?\b|\bplatform\b|getcwd|abspath|__file__|sys\.path|getsizeof|cpu_count|environ|"
    r"is_available|device_count|get_device|\bmps\b|sys\.executable|getrefcount|memory_|getlogin|gethostname|uname|"
    r"\b(?:dir|globals|locals)\(|cProfile|timeit|perf_counter|get_num_threads|expanduser|tempfile|\bpsutil\b|show_config|cudnn"
)
"""What says something of the machine or of what is installed there."""
_OF_MACHINE = (
    re.compile(r"(?<![\w.])(?:[A-Za-z]:\\|/)(?:[\w.@+~-]++[\\/])*+[\w.@+~-]*+"),
    re.compile(r"\b0x[0-9a-fA-F]{4,}+"),
    re.compile(r"\b(?:cuda(?::\d)?+|cpu|mps(?::\d)?+)(?![\w])"),
    re.compile(r"(?<![\w.])\d++\.\d++\.\d++(?:[.+-]?\w++)*+"),
    re.compile(r"\b\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:[.,]\d++)?+)?+)?+"),
    re.compile(r"(?<![\w.])\d++(?:\.\d++)?+ ?(?:ns|µs|us|ms|s|secs?|seconds?)\b"),
)
"""Paths, addresses, devices, versions and times."""
_DEVICE = re.compile(r",\s*+device='[^']*+'")


def speaks_of_machine(code: str) -> bool:
    """Return whether code shows something of the machine, or of what is installed there."""
    return bool(_MACHINE.search(code))


def differs_by_machine(claim: str, actual: str) -> bool:
    """Return whether a typed text departs from a printed one in nothing but what another machine has otherwise."""
    typed, real = _without_machine(claim), _without_machine(actual)
    if (typed, real) == (claim, actual):
        return False
    return likeness(typed, real) >= Likeness.CLOSE


def _without_machine(text: str) -> str:
    text = as_older(_DEVICE.sub("", text))
    for pattern in _OF_MACHINE:
        text = pattern.sub("§", text)
    return text


def is_drawn(code: str, before: str, row: int | None, actual: str) -> bool:
    """Return whether what a row of code shows is drawn at random without a seed; `before` is the code before it.

    Without a row the whole code is asked. `actual` is what it showed.
    """
    if _is_module(actual):
        return False
    return any(draws for node, draws in _drawing(code, before) if node is None or _is_about(node, row))


@functools.lru_cache(maxsize=64)
def _drawing(code: str, before: str) -> tuple[tuple[ast.stmt | None, bool], ...]:
    """Return the statements of code, each with whether it shows what is drawn; None where they cannot be told."""
    whole = f"{before}\n{code}"
    if not _RANDOM.search(whole):
        return ()
    drawing = _UNSEEDABLE_NAME if _SEEDED.search(whole) else _RANDOM_NAME
    earlier, own = prepare(before).tree, prepare(code).tree
    if earlier is None or own is None:
        return ((None, drawing is _RANDOM_NAME),)
    drawn: set[str] = set()
    found: list[tuple[ast.stmt | None, bool]] = []
    for node in (*earlier.body, *own.body):
        draws = _draws(node, drawn, drawing)
        if draws:
            drawn |= _changed(node)
        found.append((node, draws))
    return tuple(found[len(earlier.body) :])


def _is_module(text: str) -> bool:
    """Return whether a text is how a module of torch is written, and nothing that it computes."""
    return "tensor(" not in text and bool(_MODULE.search(text))


def _is_about(node: ast.stmt, row: int | None) -> bool:
    if row is None:
        return not isinstance(node, ast.Assign | ast.AnnAssign | ast.Import | ast.ImportFrom)
    return node.lineno - 1 <= row <= (node.end_lineno or node.lineno) - 1


def _draws(node: ast.AST, drawn: set[str], drawing: re.Pattern[str]) -> bool:
    """Return whether code shows, binds or returns what is drawn: by a function whose name matches, or of `drawn`."""
    match node:
        case ast.Attribute(attr=attr) if attr in _FIXED:
            return False
        case ast.Call(func=ast.Attribute(attr=attr)) if attr in _FIXED:
            return False
        case ast.Call(func=ast.Name(id=name)) if name in _FIXED_CALLS:
            return False
        case ast.Name(id=name):
            return name in drawn
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if drawing.match(name):
            return True
        case ast.Import() | ast.ImportFrom():
            return False
    return any(_draws(child, drawn, drawing) for child in ast.iter_child_nodes(node))


def _changed(node: ast.stmt) -> set[str]:
    """Return the names that a statement binds, or hands to what it calls."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    names = {
        part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        names |= {part.id for part in (*call.args, owner) if isinstance(part, ast.Name)}
    return names - {"print", "torch", "np", "random", "nn"}


def explains(claim: Claim, code: str, before: str) -> bool:
    """Return whether a value before a remark is what a parameter is by default: `9.81 - on Earth`."""
    value = parse_expression(claim.text)
    if not claim.remark or not isinstance(value, ast.Constant):
        return False
    defaults = (
        default
        for tree in (prepare(code).tree, prepare(before).tree)
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.arguments)
        for default in (*node.defaults, *node.kw_defaults)
    )
    return any(isinstance(one, ast.Constant) and one.value == value.value for one in defaults)
