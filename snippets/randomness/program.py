# randomness: written by hexapla from posts/randomness.en.md

# %% cell-1
import torch

torch.manual_seed(42)
first = torch.rand(3)

torch.manual_seed(42)
second = torch.rand(3)

print(first)
print(torch.equal(first, second))

# %% cell-2
torch.manual_seed(42)
torch.rand(1)  # one number taken in between
shifted = torch.rand(3)

print(torch.equal(first, shifted))
print(torch.equal(first[1:], shifted[:2]))

# %% cell-3
noise = torch.Generator().manual_seed(1)
shuffle = torch.Generator().manual_seed(2)

print(torch.randn(2, generator=noise))
print(torch.randperm(5, generator=shuffle))
print(torch.randn(2, generator=noise))

# %% cell-4
noise.manual_seed(1)
torch.randn(1000)  # the global generator and the other one are busy
torch.randperm(1000, generator=shuffle)

print(torch.randn(2, generator=noise))

# %% cell-5
state = noise.get_state()
there = torch.randn(2, generator=noise)

noise.set_state(state)  # turn back to the saved place
again = torch.randn(2, generator=noise)
torch.equal(there, again)

# %% cell-6
torch.manual_seed(7)
with torch.random.fork_rng():
    torch.manual_seed(0)
    torch.rand(100)
with_fork = torch.rand(1)

torch.manual_seed(7)
torch.equal(with_fork, torch.rand(1))

# %% cell-7
def build(seed):
    torch.manual_seed(seed)
    return torch.nn.Linear(4, 2)


for seed in (0, 0, 1):
    print(f"{build(seed).weight.sum().item():.4f}")
