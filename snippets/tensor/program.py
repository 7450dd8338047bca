# tensor: written by hexapla from posts/tensor.en.md

# %% cell-1
import torch

number = torch.tensor(3.5)
row = torch.tensor([1.0, 2.0, 3.0])
table = torch.tensor([[1, 2, 3], [4, 5, 6]])

for tensor in (number, row, table):
    print(tensor.ndim, tuple(tensor.shape), tensor.dtype)

# %% cell-2
mixed = torch.tensor([1, 2.5])
print(mixed)
print((table + 0.5).dtype, (table / 2).dtype, (table // 2).dtype)

# %% cell-3
print(table[0])
print(table[:, 1])
print(table[1, 2], table[1, 2].item())

# %% cell-4
flat = table.reshape(6)
flat[0] = 100
table

# %% cell-5
copy = table.clone()
copy[0, 0] = 1
print(table[0, 0].item(), copy[0, 0].item())

# %% cell-6
scores = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
print(scores.sum())
print(scores.sum(dim=0))
print(scores.mean(dim=1))

# %% cell-7
grid = torch.arange(12.0).reshape(3, 4)
print(grid.max(dim=1).values)
print(grid.mean(dim=0))
