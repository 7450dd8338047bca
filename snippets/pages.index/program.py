# pages.index: written by hexapla from docs/en/index.md

# %% cell-1
import torch

# How fast does the sum of squares grow in each of its numbers?
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
(x**2).sum().backward()
x.grad
