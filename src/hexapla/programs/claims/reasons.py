"""Reasons: why a typed output need not be what ran here: it is drawn at random, of another machine, or explains."""

import ast
import functools
import math
import re
from collections import Counter

from hexapla.model.output import Claim
from hexapla.programs.claims.likeness import Likeness, is_number, likeness, tokens_in
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
_CHOOSES = re.compile(
    r"\b(?:choices?|sample|shuffle|permutation|multinomial|token_\w+|uuid\d|now|today|ctime|strftime)\b"
)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
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
    r"\b(?:dir|globals|locals|listdir|scandir|i?glob|rglob|iterdir|exists|lexists|isfile|isdir|is_file|is_dir|stat|"
    r"getsize|getmtime|disk_usage)\(|\bst_size\b|^[ \t]*+[!%]\w|cProfile|timeit|perf_counter|get_num_threads|"
    r"expanduser|tempfile|\bpsutil\b|show_config|cudnn|\bhelp\(|__doc__|\bdis\b|\bkwlist\b|__builtins__",
    re.MULTILINE,
)
"""What says something of the machine, its files, or what is installed there."""
_OF_MACHINE = (
    re.compile(r"(?<![\w.])(?:[A-Za-z]:\\|/)(?:[\w.@+~-]++[\\/])*+[\w.@+~-]*+"),
    re.compile(r"\b0x[0-9a-fA-F]{4,}+"),
    re.compile(r"\b(?:cuda(?::\d)?+|cpu|mps(?::\d)?+)(?![\w])"),
    re.compile(r"(?<![\w.])\d++\.\d++\.\d++(?:[.+-]?\w++)*+"),
    re.compile(r"\b\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:[.,]\d++)?+)?+)?+"),
    re.compile(r"(?<![\w.])\d++(?:\.\d++)?+ ?(?:ns|µs|us|ms|s|secs?|seconds?)\b"),
)
"""Paths, addresses, devices, versions and times."""
_UNORDERED = re.compile(
    r"\{|\bset\(|\b(?:dict|Counter|defaultdict)\(|\*\*|\b(?:listdir|glob|vars|dir)\(|__dict__"
)
"""What holds things without an order, or did before Python 3.7."""
_SET = re.compile(r"\bset\(|\{|\.(?:keys|values|items)\(")
_ADDRESS = re.compile(r"-?\d{9,}+")
"""An address or a hash as a number."""
_PRECISE, _NOISE = 6, 1e-4
"""How many characters a number has in which a processor's rounding is seen, and how much that is."""
_VIEWS = ("dict_items(", "dict_keys(", "dict_values(")
_NAME = re.compile(r"\w++")
_OLDER = (
    # How numpy 2 writes a number which older ones write bare, and itself.
    (re.compile(r"\bnp\.(True|False)_"), r"\1"),
    (re.compile(r"\bnumpy\.(?=\w++(?:\(|\[|'))"), "np."),
    (re.compile(r", symbol='x'"), ""),
    (re.compile(r"\bnp\.(?:bool|u?int\d*|float\d*|str)_?\(([^()]*+)\)"), r"\1"),
    (re.compile(r",\s*+(?:device='[^']*+'|index=\d++)"), ""),
    # IPython writes a type by its name alone.
    (re.compile(r"<(?:class|type) '([\w.]++)'>"), r"\1"),
    (re.compile(r"<function (?:[\w<>]++\.)*+(?=\w++ at)"), "<function "),
    (re.compile(r"<generator object (?:(?!at )\S++ )?+at "), "<generator object at "),
    (re.compile(r"(<module '[\w.]++')(?: from '[^'\n]*+'| \(built-in\))"), r"\1"),
    (re.compile(r"\bstr_ascii_iterator\b"), "str_iterator"),
    (re.compile(r"\bpandas\.(?:core|_libs)\.(?:\w++\.)*+(?=[A-Z])"), "pandas."),
    (re.compile(r"\bdtype(: |=')(?:object|str)\b"), r"dtype\1object"),
    (re.compile(r"\bencoding='[^']*+'"), "encoding"),
    (re.compile(r"\bset\(\[([^\[\]\n]++)\]\)"), r"{\1}"),
    (re.compile(r"<_sre\.SRE_(Match|Pattern) object; "), r"<re.\1 object; "),
    (re.compile(r"(?<![\w'\"])u(?=['\"])"), ""),
    (re.compile(r"\bgrad_fn=<\w++>"), "grad_fn"),
    (re.compile(r"\b(?:Posix|Windows)Path\b"), "Path"),
    (re.compile(r"\\++(?![n'\"])"), "/"),
    (re.compile(r"\|[ #█▉▊▋▌▍▎▏]++\|"), "||"),
    (re.compile(r"\[\d\d:\d\d<[^\]\n]*+\]"), "[]"),
)
"""What other versions and systems write otherwise: numbers of numpy, values of Python 2, paths, bars of progress."""


def speaks_of_machine(shown: str, code: str) -> bool:
    """Return whether a statement shows something of the machine, or a name that its block's code binds to that."""
    return bool(_MACHINE.search(shown)) or not _of_machine(code).isdisjoint(_NAME.findall(shown))


@functools.lru_cache(maxsize=64)
def _of_machine(code: str) -> frozenset[str]:
    """Return the names that code binds to something of the machine."""
    tree = prepare(code).tree if _MACHINE.search(code) else None
    return frozenset(
        name
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.Assign | ast.AugAssign) and _MACHINE.search(ast.unparse(node.value))
        for name in _changed(node)
    )


def differs_by_machine(claim: str, actual: str) -> bool:
    """Return whether a typed text departs from a printed one in nothing but what another machine has otherwise."""
    typed, real = without_machine(claim), without_machine(actual)
    if (typed, real) == (claim.strip(), actual.strip()) and not _is_module(real):
        return False
    if _is_module(real) and sorted(typed.split("\n")) == sorted(real.split("\n")):
        return True
    return likeness(typed, real) >= Likeness.CLOSE


def without_machine(text: str) -> str:
    """Return a text with one sign for whatever another machine or version has otherwise."""
    text = text.strip()
    if text.startswith(_VIEWS) and text.endswith(")"):
        text = text.partition("(")[2][:-1]
    for pattern, older in _OLDER:
        text = pattern.sub(older, text)
    for pattern in _OF_MACHINE:
        text = pattern.sub("§", text)
    return text


def compares_identity(code: str) -> bool:
    """Return whether a statement asks whether two values are one object, which each Python decides for itself."""
    tree = prepare(code).tree if " is " in code else None
    return any(
        isinstance(node, ast.Compare)
        and any(isinstance(one, ast.Is | ast.IsNot) for one in node.ops)
        and not any(
            isinstance(one, ast.Constant) and not isinstance(one.value, int | str)
            for one in (node.left, *node.comparators)
        )
        for node in (ast.walk(tree) if tree else ())
    )


def differs_in_noise(claim: str, actual: str) -> bool:
    """Return whether a typed text has what was printed but for the last digits of long numbers, as processors round.

    One digit alone is a slip of the pen.
    """
    typed, real = tokens_in(claim), tokens_in(actual)
    if len(typed) != len(real):
        return False
    pairs = [
        pair
        for pair in zip(typed, real, strict=True)
        if pair[0] != pair[1] and not all(map(_ADDRESS.fullmatch, pair))
    ]
    if not pairs:
        return True
    digits = sum(abs(len(one) - len(other)) + sum(map(str.__ne__, one, other)) for one, other in pairs)
    return digits > 1 and all(
        is_number(one)
        and is_number(other)
        and min(len(one), len(other)) >= _PRECISE
        and math.isclose(float(one), float(other), rel_tol=_NOISE)
        for one, other in pairs
    )


def differs_in_order(claim: str, actual: str, code: str) -> bool:
    """Return whether a typed text has what was printed in another order, where nothing orders it, or nothing once did.

    `code` is that of the cell and those before it.
    """
    lines = [sorted(filter(None, map(str.strip, text.split("\n")))) for text in (claim, actual)]
    if lines[0] == lines[1]:
        return bool(_UNORDERED.search(code))
    typed, real = (
        Counter(token for token in tokens_in(text.replace('"', "'")) if token != ",")
        for text in (claim, actual)
    )
    return typed == real and (
        "{" in claim
        or claim.startswith(_VIEWS)
        or bool(_UNORDERED.search(code) and len(lines[0]) == 1 and _SET.search(code))
    )


def is_drawn(code: str, before: tuple[str, ...], row: int | None, actual: str) -> bool:
    """Return whether what a row of code shows is drawn at random without a seed; `before` has the cells before it.

    Without a row the whole code is asked. `actual` is what it showed. A seed holds up to the next cell that draws:
    nobody knows how often its author had run the cells after that.
    """
    if _is_module(actual):
        return False
    return any(draws for node, draws in _drawing(code, before) if node is None or _is_about(node, row))


def chooses_words(code: str, before: tuple[str, ...]) -> bool:
    """Return whether what is drawn may be words: a choice from them, an identifier, what another function gives."""
    return any(map(_CHOOSES.search, (*before, code)))


@functools.lru_cache(maxsize=64)
def _drawing(code: str, before: tuple[str, ...]) -> tuple[tuple[ast.stmt | None, bool], ...]:
    """Return the statements of code, each with whether it shows what is drawn; None where they cannot be told."""
    if not any(map(_RANDOM.search, (*before, code))):
        return ()
    drawn: set[str] = set()
    makers: set[str] = set()
    seeded = False
    found: list[tuple[ast.stmt | None, bool]] = []
    for cell in (*before, code):
        tree, seeds = prepare(cell).tree, bool(_SEEDED.search(cell))
        seeded = seeded or seeds
        if tree is None:
            found = [(None, not seeded)]
            continue
        found = [(node, _is_drawing(node, drawn, makers, seeded=seeded)) for node in tree.body]
        run = (node for node in tree.body if not isinstance(node, _DEFINITIONS))
        seeded = seeded and (seeds or not any(_draws(node, makers, _RANDOM_NAME) for node in run))
    return tuple(found)


def _is_drawing(node: ast.stmt, drawn: set[str], makers: set[str], *, seeded: bool) -> bool:
    """Return whether a statement shows or binds what is drawn, and note what it binds.

    `drawn` are the names of what was drawn without a seed, `makers` those of functions that draw.
    """
    names, drawing = (drawn, _UNSEEDABLE_NAME) if seeded else (drawn | makers, _RANDOM_NAME)
    draws = _draws(node, names, drawing)
    if not isinstance(node, _DEFINITIONS):
        drawn |= _changed(node) if draws else set()
    elif _draws(node, drawn, _UNSEEDABLE_NAME):
        drawn.add(node.name)
    elif _draws(node, makers, _RANDOM_NAME):
        makers.add(node.name)
    return draws


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
    if isinstance(node, _DEFINITIONS):
        return {node.name}
    names = {
        part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        names |= {part.id for part in (*call.args, owner) if isinstance(part, ast.Name)}
    return names - {"print", "torch", "np", "random", "nn"}


def explains(claim: Claim, code: str, before: tuple[str, ...]) -> bool:
    """Return whether a value before a remark is what a parameter is by default: `9.81 - on Earth`."""
    value = parse_expression(claim.text)
    if not claim.remark or not isinstance(value, ast.Constant):
        return False
    defaults = (
        default
        for tree in (prepare(cell).tree for cell in (code, *before))
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.arguments)
        for default in (*node.defaults, *node.kw_defaults)
    )
    return any(isinstance(one, ast.Constant) and one.value == value.value for one in defaults)
