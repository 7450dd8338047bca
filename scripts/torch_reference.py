#!/usr/bin/env python3
"""Write where PyTorch's documentation has each public name, from torch itself: `python scripts/torch_reference.py`.

Sphinx gives each name that `docs/source/*.md` of PyTorch's repository lists in an `autosummary` a page of its own,
`generated/NAME.html`; the modules below are listed so. A few modules stand on one page each, with an anchor a name
(`automodule`). What a module has without a text of its own is documented nowhere, and left out.
"""

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

TARGET = Path(__file__).resolve().parent.parent / "src" / "hexapla" / "templates" / "reference" / "torch.txt"
OWN_PAGES = (
    "torch", "torch.nn", "torch.nn.functional", "torch.nn.utils", "torch.nn.utils.rnn", "torch.optim",
    "torch.optim.lr_scheduler", "torch.linalg", "torch.fft", "torch.func", "torch.cuda",
)  # fmt: skip
ONE_PAGE = {
    "torch.utils.data": "data.html",
    "torch.nn.init": "nn.init.html",
    "torch.random": "random.html",
    "torch.special": "special.html",
    "torch.testing": "testing.html",
}
ELSEWHERE = {
    "torch.Generator": "generated/torch.Generator.html",
    "torch.Tensor": "tensors.html#torch.Tensor",
    "torch.Size": "size.html#torch.Size",
    "torch.device": "tensor_attributes.html#torch.device",
    "torch.dtype": "tensor_attributes.html#torch.dtype",
    "torch.nn.Parameter": "generated/torch.nn.parameter.Parameter.html",
    "torch.nn.Buffer": "generated/torch.nn.parameter.Buffer.html",
    "torch.inference_mode": "generated/torch.autograd.grad_mode.inference_mode.html",
    "torch.set_grad_enabled": "generated/torch.autograd.grad_mode.set_grad_enabled.html",
    "torch.autograd.grad": "generated/torch.autograd.grad.html",
    "torch.autograd.backward": "generated/torch.autograd.backward.html",
    "torch.autograd.Function": "autograd.html#torch.autograd.Function",
}
"""Names whose page is another's."""
UNLISTED = frozenset(
    "DispatchKey GradScaler ScriptFunction SymBool SymFloat SymInt Tag as_strided_scatter autocast empty_permuted "
    "hash_tensor hspmm import_ir_module import_ir_module_from_buffer init_num_threads is_inference "
    "merge_type_from_type_comment native_channel_shuffle nonzero_static quantize_per_tensor_dynamic "
    "segment_reduce sparse_compressed_tensor thread_safe_generator to_dlpack typename unsafe_chunk unsafe_split "
    "while_loop".split()
)
"""What `torch` has and `docs/source/torch.md` does not list."""
_ENOUGH = 80
"""A documented function has an example or its arguments; an alias' text is shorter."""


def reference() -> str:
    """Return the file's text: the address of the documentation, then a name a line, with its page if not its own."""
    places = dict(ELSEWHERE)
    for name in (*OWN_PAGES, *ONE_PAGE):
        for whole in _public(importlib.import_module(name)):
            page = f"{ONE_PAGE[name]}#{whole}" if name in ONE_PAGE else ""
            places.setdefault(whole, page)
    import torch

    dtypes = (f"torch.{name}" for name in dir(torch) if isinstance(getattr(torch, name), torch.dtype))
    places |= dict.fromkeys(dtypes, ELSEWHERE["torch.dtype"])
    lines = (f"{name} {page}".rstrip() for name, page in sorted(places.items()))
    return (
        f"# Made by scripts/torch_reference.py from torch {torch.__version__.partition('+')[0]}: "
        "a name a line; without a page, it is generated/NAME.html.\n"
        "https://docs.pytorch.org/docs/stable/\n" + "\n".join(lines) + "\n"
    )


def _public(module: ModuleType) -> Iterator[str]:
    """Yield the whole names of a module's documented functions and classes."""
    import torch
    from torch.nn import functional

    for name in sorted(
        {*getattr(module, "__all__", ()), *(dir(module) if module is torch else ())} or dir(module)
    ):
        value = getattr(module, name, None)
        home = getattr(value, "__module__", "") or ""
        ours = home.startswith("torch") or inspect.isbuiltin(value)
        if (
            name.startswith("_")
            or not callable(value)
            or not ours
            or len(inspect.getdoc(value) or "") < _ENOUGH
        ):
            continue
        if module is torch and (
            name in UNLISTED
            or (name.endswith("_copy") and name not in ("index_copy", "narrow_copy"))
            # What is only `nn.functional`'s is documented there.
            or (hasattr(functional, name) and not hasattr(torch.Tensor, name))
        ):
            continue
        yield f"{module.__name__}.{name}"


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(reference(), encoding="utf-8")
