"""Advice: what is said of a cell that did not end as it should, and what its author can do about it."""

import sys
from collections.abc import Mapping

from hexapla.ledger.ledger import CellRecord
from hexapla.model.program import Cell, Program
from hexapla.model.run import CellRun, Failure, Obstacle, Status
from hexapla.storage import distributions

_OBSTACLES: Mapping[Obstacle, str] = {
    Obstacle.SYNTAX: "it does not parse as Python",
    Obstacle.NAME: "`{subject}` is a name that the article never defines",
    Obstacle.ORDER: "`{subject}` is a name that only a later block defines",
    Obstacle.SESSION: "`{subject}` is a name that only blocks of another session define",
    Obstacle.PACKAGE: "the package `{subject}` is not installed",
    Obstacle.FILE: "there is no file `{subject}` that it may read",
    Obstacle.PARENT: "it imports `{subject}` from a package that it is no part of",
    Obstacle.NETWORK: "it needs the network",
    Obstacle.GPU: "it needs a GPU",
    Obstacle.KEYBOARD: "it asks for input, and nobody is there to answer",
    Obstacle.ARGUMENTS: "it asks for arguments, as on a command line, and gets none",
    Obstacle.PLACEHOLDER: "`...` stands in it where its readers have something of their own",
    Obstacle.ENVIRONMENT: "it needs a key or a variable `{subject}` that the environment does not have",
    Obstacle.SCREEN: "it opens a window or a browser, and there is no screen",
    Obstacle.WAITS: "it waits, and nobody comes: a server without clients, an app without users",
}
_CURES: Mapping[Obstacle, str] = {
    Obstacle.SYNTAX: "Correct it, or mark the block `notest`.",
    Obstacle.NAME: "Define it in a block above,{imports} or mark the block `notest`.",
    Obstacle.ORDER: "Move that block above it,{imports} or mark this one `notest`.",
    Obstacle.SESSION: "Give both blocks one `session`,{imports} or mark this one `notest`.",
    Obstacle.PACKAGE: "Install `{subject}` where programs run, or mark the block `notest`.",
    Obstacle.FILE: "Have the code make it, or mark the block `notest`.",
    Obstacle.PARENT: "Name the package in the import, or mark the block `notest`.",
    Obstacle.NETWORK: "Mark the block `fixture:network`, or `notest`.",
    Obstacle.GPU: "Mark the block `fixture:gpu`, or `notest`.",
    Obstacle.KEYBOARD: "Give the value in the code, or mark the block `notest`.",
    Obstacle.ARGUMENTS: "Give them in the code, or mark the block `notest`.",
    Obstacle.PLACEHOLDER: "Put a value there, or mark the block `notest`.",
    Obstacle.ENVIRONMENT: "Set it in the code, or mark the block `notest`; programs see no variables of yours.",
    Obstacle.SCREEN: "Have it write to a file, or mark the block `notest`.",
    Obstacle.WAITS: "Have the code end by itself, or mark the block `notest`.",
}
"""What is not there, as the rest of a sentence, and what to do about it."""
_ADVICE = {
    Status.TIMEOUT: "Make it shorter, set `execute: {timeout: …}` in seconds, or mark the block `notest`.",
    Status.LIMIT: "Use less, or set `limits:` under the plugin in mkdocs.yml, or mark the block `notest`.",
}
_CUSTOMARY: Mapping[str, str] = {
    "torch": "import torch",
    "nn": "from torch import nn",
    "optim": "from torch import optim",
    "F": "import torch.nn.functional as F",
    "Tensor": "from torch import Tensor",
    "DataLoader": "from torch.utils.data import DataLoader",
    "Dataset": "from torch.utils.data import Dataset",
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "pl": "import polars as pl",
    "sns": "import seaborn as sns",
    "jnp": "import jax.numpy as jnp",
    "plt": "import matplotlib.pyplot as plt",
}
"""The names that the documentation of these packages gives them, and that posts often take for granted."""


def what_became(program: Program, cell: Cell, ran: CellRun | CellRecord) -> str:
    """Say how a cell ended, as the rest of a sentence that it begins."""
    failure = ran.failure or Failure()
    if ran.caught and failure.obstacle:
        return f" catches what it lacks here: {_OBSTACLES[failure.obstacle].format(subject=failure.subject)}"
    if ran.status is Status.CANNOT_RUN and failure.obstacle:
        lacking = _OBSTACLES[failure.obstacle].format(subject=failure.subject)
        # A library may not say which file or variable it looked for.
        return f" cannot run: {lacking.replace(' ``', '')}"
    if failure.waits_for:
        blocks = (*program.cells, *program.unrun, *program.imports)
        owner = next((block for block in blocks if block.id == failure.waits_for), cell)
        place = f"{owner.path}:{owner.line}"
        who = (
            f"the block at {place}, which is not run,"
            if owner in program.unrun
            else f"cell {owner.id} ({place})"
        )
        return f" was not reached: it reads `{failure.subject}`, which {who} was to bind"
    if ran.status is Status.NOT_REACHED:
        return f" was not reached. {ran.message}"
    if cell.raises and ran.status is Status.OK:
        return f": it must raise {cell.raises}, and raised nothing."
    if cell.raises and ran.status is Status.RAISED:
        return f": it must raise {cell.raises}, and raised {ran.message}"
    return f": {ran.message or f'it ended as `{ran.status.value}`.'}"


def advice(cell: Cell, ran: CellRun | CellRecord) -> str:
    """Say what to do about a cell that ended as it should not."""
    failure = ran.failure or Failure()
    if ran.caught:
        return "Pages of the site's own don't show what it printed. Mark it `fixture:network`, or `notest`."
    if ran.status is Status.CANNOT_RUN and failure.obstacle:
        return _CURES[failure.obstacle].format(subject=failure.subject, imports=_imports(failure.subject))
    if ran.status is Status.NOT_REACHED:
        return "It runs once that one does."
    if cell.raises and ran.status is Status.RAISED:
        return "Correct the code or the directive."
    return _ADVICE.get(ran.status, "Correct the code, or mark the block `notest` or `raises:Name`.")


def _imports(name: str) -> str:
    """Return how all cells come by a name that everyone knows, or a module's, as a part of a sentence; else nothing."""
    is_module = name in sys.stdlib_module_names or distributions.importable(name)
    line = _CUSTOMARY.get(name) or (f"import {name}" if is_module else "")
    return f' import it for all by `execute: {{imports: ["{line}"]}}`,' if line else ""


def sentence(words: str) -> str:
    """Return words that end as a sentence does."""
    return words if words.endswith((".", "!", "?")) else f"{words}."
