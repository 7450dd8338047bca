# buffers: written by hexapla from posts/buffers.en.md

# %% cell-1
import torch
from torch import nn


class RunningMean(nn.Module):
    """Subtract the mean of everything seen so far."""

    def __init__(self, features):
        super().__init__()
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("count", torch.tensor(0))

    def forward(self, x):
        if self.training:
            self.count += len(x)
            # Move the mean towards the new values.
            self.mean += (x - self.mean).sum(dim=0) / self.count
        return x - self.mean


center = RunningMean(2)
for _ in range(50):
    center(torch.randn(20, 2) + torch.tensor([5.0, -3.0]))

print(center.count)
print(center.mean)

# %% cell-2
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.center = RunningMean(2)
        self.linear = nn.Linear(2, 1)

    def forward(self, x):
        return self.linear(self.center(x))


model = Model()
print("parameters:", [name for name, _ in model.named_parameters()])
print("buffers:   ", [name for name, _ in model.named_buffers()])

# %% cell-3
for name, tensor in model.state_dict().items():
    print(f"{name:15} {str(tensor.dtype):15} {tuple(tensor.shape)}")

# %% cell-4
model.to(torch.float64)
for name, tensor in model.state_dict().items():
    print(f"{name:15} {tensor.dtype}")

# %% cell-5
fresh = Model()
print("before:", fresh.center.mean)

# the same class, so the same names
report = fresh.center.load_state_dict(center.state_dict())
print("after: ", fresh.center.mean)
report

# %% cell-6
incomplete = center.state_dict()
del incomplete["count"]

result = RunningMean(2).load_state_dict(incomplete, strict=False)
result

# %% cell-7
class Window(nn.Module):
    def __init__(self, size):
        super().__init__()
        # cheap to compute again, so not worth saving
        self.register_buffer(
            "weights", torch.hann_window(size), persistent=False
        )


window = Window(5)
print("buffers:   ", [name for name, _ in window.named_buffers()])
print("state_dict:", list(window.state_dict()))
