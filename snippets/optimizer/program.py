# optimizer: written by hexapla from posts/optimizer.en.md

# %% cell-1
import torch
from torch import nn

x = torch.randn(100, 2)
y = x @ torch.tensor([3.0, -2.0]) + 0.5 + 0.1 * torch.randn(100)


def loss_of(weight, bias):
    return ((x @ weight + bias - y) ** 2).mean()


loss_of(torch.zeros(2), torch.zeros(1))

# %% cell-2
weight = torch.zeros(2, requires_grad=True)
bias = torch.zeros(1, requires_grad=True)
by_hand = []

for _ in range(60):
    loss = loss_of(weight, bias)
    loss.backward()
    # the update itself must not be recorded
    with torch.no_grad():
        for parameter in (weight, bias):
            parameter -= 0.1 * parameter.grad
            parameter.grad = None
    by_hand.append(loss.item())

print("weight:", weight.detach())
print("bias:  ", bias.detach())

# %% cell-3
def train(make_optimizer, steps=60):
    """Train from zero and return the loss of every step."""
    weight = torch.zeros(2, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    optimizer = make_optimizer([weight, bias])
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_of(weight, bias)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


by_torch = train(lambda parameters: torch.optim.SGD(parameters, lr=0.1))
print(
    "same losses:",
    torch.allclose(torch.tensor(by_hand), torch.tensor(by_torch)),
)

# %% cell-4
curves = {
    "SGD": by_torch,
    "SGD, momentum 0.8": train(
        lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.8)
    ),
    "Adam": train(lambda p: torch.optim.Adam(p, lr=0.4)),
    "SGD, lr too small": train(lambda p: torch.optim.SGD(p, lr=0.005)),
}
for name, losses in curves.items():
    print(f"{name:18} {losses[0]:8.4f} {losses[-1]:8.4f}")

# %% cell-5
import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(6, 4))
for name, losses in curves.items():
    ax.plot(losses, label=name)
ax.set_yscale("log")
ax.set_xlabel("step")
ax.set_ylabel("loss")
ax.legend()
fig.tight_layout()

# %% cell-6
for step, value in enumerate(
    train(lambda p: torch.optim.SGD(p, lr=1.5), steps=6)
):
    print(step, f"{value:.1f}")
