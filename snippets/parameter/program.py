# parameter: written by hexapla from posts/parameter.en.md

# %% cell-1
import torch
from torch import nn


class Scale(nn.Module):
    """Scale each column by a learned factor and add a learned offset."""

    def __init__(self, features):
        super().__init__()
        # At the start the layer changes nothing: factor 1, offset 0.
        self.factor = nn.Parameter(torch.ones(features))
        self.offset = nn.Parameter(torch.zeros(features))

    def forward(self, x):
        return x * self.factor + self.offset


layer = Scale(3)
layer(torch.tensor([[1.0, 2.0, 3.0]]))

# %% cell-2
for name, parameter in layer.named_parameters():
    print(
        name, tuple(parameter.shape), "requires_grad:", parameter.requires_grad
    )

# How many numbers can be learned?
sum(parameter.numel() for parameter in layer.parameters())

# %% cell-3
class Center(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(features))
        self.plain = torch.zeros(features)  # an attribute, nothing more
        # state, but not learned
        self.register_buffer("mean", torch.zeros(features))


center = Center(3)
print("parameters:", [name for name, _ in center.named_parameters()])
print("buffers:   ", [name for name, _ in center.named_buffers()])
print("state_dict:", list(center.state_dict()))

# %% cell-4
optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)

x = torch.randn(64, 3)
target = 2 * x + 1  # the best factor is 2, the best offset is 1

print("before:  ", layer.factor.detach())
loss = nn.functional.mse_loss(layer(x), target)
loss.backward()
print("gradient:", layer.factor.grad)
optimizer.step()
print("after:   ", layer.factor.detach())

# %% cell-5
for _ in range(300):
    optimizer.zero_grad()  # otherwise the gradients add up
    loss = nn.functional.mse_loss(layer(x), target)
    loss.backward()
    optimizer.step()

layer.factor, layer.offset

# %% cell-6
layer.offset.requires_grad_(False)  # frozen: no gradient, no update
print(
    "trainable:",
    [name for name, p in layer.named_parameters() if p.requires_grad],
)

with torch.no_grad():
    layer.factor.fill_(1.0)  # a change by hand, not recorded
    silent = layer(x)

print("inside no_grad: ", silent.requires_grad)
print("outside no_grad:", layer(x).requires_grad)
print("the parameter:  ", layer.factor.requires_grad)

# %% cell-7
class Hidden(nn.Module):
    def __init__(self):
        super().__init__()
        # PyTorch does not look inside a Python list.
        self.scales = [nn.Parameter(torch.ones(2)) for _ in range(3)]


class Visible(nn.Module):
    def __init__(self):
        super().__init__()
        # ParameterList registers each entry,
        # and turns tensors into parameters.
        self.scales = nn.ParameterList([torch.ones(2) for _ in range(3)])


for module in (Hidden(), Visible()):
    print(
        type(module).__name__, [name for name, _ in module.named_parameters()]
    )
