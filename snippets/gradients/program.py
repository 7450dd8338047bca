# gradients: written by hexapla from posts/gradients.en.md

# %% cell-1
def f(x):
    return x**3 - 2 * x


for step in (1.0, 0.1, 0.01, 0.001):
    slope = (f(2.0 + step) - f(2.0)) / step
    print(f"{step:<6} {slope:.4f}")

# %% cell-2
for step in (0.1, 0.01):
    ahead = (f(2.0 + step) - f(2.0)) / step
    both = (f(2.0 + step) - f(2.0 - step)) / (2 * step)
    print(f"{step:<5} {abs(ahead - 10):.4f} {abs(both - 10):.4f}")

# %% cell-3
for exponent in (3, 5, 9, 13):
    step = 10.0**-exponent
    slope = (f(2.0 + step) - f(2.0 - step)) / (2 * step)
    print(f"1e-{exponent:<3} {abs(slope - 10):.0e}")

# %% cell-4
import torch

x = torch.tensor([0.0, 1.0, 2.0, 3.0], dtype=torch.float64)
y = torch.tensor([1.0, 3.0, 5.0, 7.0], dtype=torch.float64)


def loss(weight, bias):
    return ((weight * x + bias - y) ** 2).mean()


step = 1e-5
by_weight = (loss(0.5 + step, 0.0) - loss(0.5 - step, 0.0)) / (2 * step)
by_bias = (loss(0.5, step) - loss(0.5, -step)) / (2 * step)
print(f"{by_weight:.4f} {by_bias:.4f}")

# %% cell-5
error = 0.5 * x + 0.0 - y
print((2 * error * x).mean(), (2 * error).mean())

# %% cell-6
weight = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
bias = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
loss(weight, bias).backward()
print(weight.grad, bias.grad)

# %% cell-7
weight, bias = 0.5, 0.0
for _ in range(200):
    error = weight * x + bias - y
    weight -= 0.1 * (2 * error * x).mean().item()
    bias -= 0.1 * (2 * error).mean().item()
print(f"{weight:.3f} {bias:.3f}")

# %% cell-8
def g(a, b):
    return a * b + a**2


by_a = (g(3.0 + step, -2.0) - g(3.0 - step, -2.0)) / (2 * step)
by_b = (g(3.0, -2.0 + step) - g(3.0, -2.0 - step)) / (2 * step)
print(f"{by_a:.3f} {by_b:.3f}")
