# saving-loading: written by hexapla from posts/saving-loading.en.md

# %% cell-1
import torch
from torch import nn


def build():
    return nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1))


model = build()
probe = torch.tensor([[0.5, -1.0]])
answer = model(probe)
answer

# %% cell-2
from pathlib import Path

path = Path("model.pt")
torch.save(model.state_dict(), path)  # the numbers only, not the class
print(path.exists(), path.stat().st_size > 0)

# %% cell-3
other = build()
print("before:", torch.equal(other(probe), answer))

other.load_state_dict(torch.load(path))
other.eval()  # dropout and batch norm behave differently from now on
print("after: ", torch.equal(other(probe), answer))

# %% cell-4
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
x = torch.randn(64, 2)
y = x.prod(dim=1, keepdim=True)


def train(model, optimizer, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        loss.backward()
        optimizer.step()
    return loss.item()


train(model, optimizer, 10)
state = {
    "model": model.state_dict(),
    "optimizer": optimizer.state_dict(),
    "step": 10,
}
torch.save(state, "checkpoint.pt")
without_break = train(model, optimizer, 10)

# %% cell-5
checkpoint = torch.load("checkpoint.pt")
resumed = build()
resumed.load_state_dict(checkpoint["model"])
fresh_optimizer = torch.optim.SGD(resumed.parameters(), lr=0.05, momentum=0.9)
fresh_optimizer.load_state_dict(checkpoint["optimizer"])

print("continues at step", checkpoint["step"])
print("same loss:", train(resumed, fresh_optimizer, 10) == without_break)

# %% refused raises:UnpicklingError
try:
    torch.save(model, "whole.pt")  # the whole object, not recommended
    torch.load("whole.pt")
except UnpicklingError as error:
    print(type(error).__name__, error, sep=': ')

# %% wrong-shape raises:RuntimeError
try:
    wider = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1))
    wider.load_state_dict(torch.load(path))
except RuntimeError as error:
    print(type(error).__name__, error, sep=': ')
