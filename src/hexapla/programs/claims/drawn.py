"""Drawn: whether what a statement shows is drawn at random without a seed."""

import ast
import functools
import re

from hexapla.programs.claims.bindings import bound_or_handed
from hexapla.programs.claims.reasons import is_module
from hexapla.programs.parse import prepare

_SEEDABLE = (
    r"rand|randn|randint|randperm|random|normal|uniform|multinomial|bernoulli|shuffle|sample|choices?|dropout|"
    r"Dropout\w*|Linear|LazyLinear|Bilinear|Conv\w+|Embedding\w*|LSTM\w*|GRU\w*|RNN\w*|Transformer\w*|"
    r"MultiheadAttention|kaiming_\w+|xavier_\w+|trunc_normal_|normal_|uniform_|rand_like|randn_like|randint_like|"
    r"resnet\w*|randrange|rvs|train_test_split|make_(?:blobs|moons|circles|regression|classification)|KMeans|"
    r"RandomForest(?:Classifier|Regressor)|default_rng|RandomState|standard_normal"
)
_UNSEEDABLE = (
    r"empty|empty_like|uuid\d|(?:perf_counter|time|monotonic|process_time)(?:_ns)?|now|today|getpid|id|hash|token_hex|urandom|"
    r"ctime|localtime|gmtime|strftime"
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


def is_drawn(code: str, before: tuple[str, ...], row: int | None, actual: str) -> bool:
    """Return whether what a row of code shows is drawn at random without a seed; `before` has the cells before it.

    Without a row the whole code is asked. `actual` is what it showed. A seed holds up to the next cell that draws:
    nobody knows how often its author had run the cells after that.
    """
    if is_module(actual):
        return False
    return any(draws for node, draws in _drawing(code, before) if node is None or _is_about(node, row))


def chooses_words(code: str, before: tuple[str, ...]) -> bool:
    """Return whether what is drawn may be words: a choice from them, an identifier, what another function gives."""
    return any(map(_CHOOSES.search, (*before, code)))


@functools.lru_cache(maxsize=64)
def _drawing(code: str, before: tuple[str, ...]) -> tuple[tuple[ast.stmt | None, bool], ...]:
    """Return the statements of code, each with whether it shows what is drawn; None where they cannot be told."""
    if not any(_RANDOM.search(cell) or "Tensor(" in cell for cell in (*before, code)):
        return ()
    drawn: set[str] = set()
    makers: set[str] = set()
    seeded = False
    statements: list[tuple[ast.stmt | None, bool]] = []
    for cell in (*before, code):
        tree, seeds = prepare(cell).tree, bool(_SEEDED.search(cell))
        seeded = seeded or seeds
        if tree is None:
            statements = [(None, not seeded)]
            continue
        statements = [(node, _is_drawing(node, drawn, makers, seeded=seeded)) for node in tree.body]
        run = (node for node in tree.body if not isinstance(node, _DEFINITIONS))
        seeded = seeded and (seeds or not any(_draws(node, makers, _RANDOM_NAME) for node in run))
    return tuple(statements)


def _is_drawing(node: ast.stmt, drawn: set[str], makers: set[str], *, seeded: bool) -> bool:
    """Return whether a statement shows or binds what is drawn, and note what it binds.

    `drawn` are the names of what was drawn without a seed, `makers` those of functions that draw.
    """
    if isinstance(node, ast.ImportFrom):
        renamed = [(alias.name, alias.asname) for alias in node.names if alias.asname]
        drawn |= {name for known, name in renamed if _UNSEEDABLE_NAME.match(known)}
        makers |= {name for known, name in renamed if _RANDOM_NAME.match(known)}
    names, drawing = (drawn, _UNSEEDABLE_NAME) if seeded else (drawn | makers, _RANDOM_NAME)
    draws = _draws(node, names, drawing)
    if not isinstance(node, _DEFINITIONS):
        drawn |= bound_or_handed(node) if draws else set()
    elif _draws(node, drawn, _UNSEEDABLE_NAME):
        drawn.add(node.name)
    elif _draws(node, makers, _RANDOM_NAME):
        makers.add(node.name)
    return draws


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
        case ast.Call(
            func=ast.Name(id=name) | ast.Attribute(attr=name), args=[ast.Constant(value=int()), *_]
        ) if name.endswith("Tensor"):
            # Memory as it was: `Tensor(5, 3)`.
            return True
        case ast.Import() | ast.ImportFrom():
            return False
    return any(_draws(child, drawn, drawing) for child in ast.iter_child_nodes(node))
