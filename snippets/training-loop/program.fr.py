# training-loop: written by hexapla from posts/training-loop.en.md

# %% cell-1
import torch
from torch import nn

# 64 bits: every machine prints the same digits
x = torch.linspace(-3, 3, 200, dtype=torch.float64)[:, None]
y = torch.sin(2 * x) + 0.1 * torch.randn(200, 1)

order = torch.randperm(200)
train, test = order[:150], order[150:]
x[train].shape, x[test].shape

# %% cell-2
model = nn.Sequential(
    nn.Linear(1, 32),
    nn.Tanh(),
    nn.Linear(32, 32),
    nn.Tanh(),
    nn.Linear(32, 1),
).double()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
loss_function = nn.MSELoss()

sum(parameter.numel() for parameter in model.parameters())

# %% cell-3
def evaluate():
    model.eval()  # désactive le dropout et consorts ; une bonne habitude
    with torch.no_grad():
        return loss_function(model(x[test]), y[test]).item()


for epoch in range(1, 601):
    model.train()
    optimizer.zero_grad()
    loss = loss_function(model(x[train]), y[train])
    loss.backward()
    optimizer.step()
    if epoch % 100 == 0:
        print(
            f"époque {epoch}: perte d’entraînement {loss.item():.4f}, "
            f"perte de test {evaluate():.4f}"
        )

# %% cell-4
import matplotlib.pyplot as plt

with torch.no_grad():
    fitted = model(x)

fig, ax = plt.subplots(figsize=(6, 4))
ax.scatter(x[train], y[train], s=10, label="train")
ax.scatter(x[test], y[test], s=10, label="test")
ax.plot(x, fitted, color="black", label="model")
ax.legend()
fig.tight_layout()
