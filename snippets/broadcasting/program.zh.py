# broadcasting: written by hexapla from posts/broadcasting.en.md

# %% cell-1
import torch

prices = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
fee = torch.tensor([10.0, 20.0, 30.0])

print(prices.shape, fee.shape)
prices + fee

# %% cell-2
pairs = [
    ((2, 3), (3,)),
    ((2, 3), (2, 1)),
    ((4, 1), (1, 5)),
    ((7, 1, 3), (6, 3)),
]
for a, b in pairs:
    print(a, "与", b, "得到", tuple(torch.broadcast_shapes(a, b)))

# %% mismatch raises:RuntimeError
try:
    prices + torch.tensor([100.0, 200.0])
except RuntimeError as error:
    print(type(error).__name__, error, sep=': ')

# %% cell-4
shift = torch.tensor([100.0, 200.0])
prices + shift[:, None]  # a column: shape (2, 1)

# %% cell-5
import matplotlib.pyplot as plt

x = torch.linspace(-3, 3, 121)
y = torch.linspace(-2, 2, 81)
# (1, 121) and (81, 1) give a grid
distance = (x[None, :] ** 2 + y[:, None] ** 2).sqrt()
wave = torch.cos(4 * distance) * torch.exp(-distance)

fig, ax = plt.subplots(figsize=(6, 4))
ax.imshow(wave, extent=(-3, 3, -2, 2), origin="lower", cmap="viridis")
ax.set_xlabel("x")
ax.set_ylabel("y")
print(x.shape, y.shape, wave.shape)

# %% cell-6
column = torch.arange(3.0)[:, None]
wide = column.expand(3, 1000)

print(wide.shape, wide.stride())
print("内存相同：", wide.data_ptr() == column.data_ptr())

# %% cell-7
prediction = torch.tensor([[1.0], [2.0], [3.0]])
target = torch.tensor([1.0, 2.0, 3.0])

# both run, and yet only one line compares what was meant
print(((prediction - target) ** 2).mean())
print(((prediction.squeeze(1) - target) ** 2).mean())
