# autograd-from-scratch: written by hexapla from posts/autograd-from-scratch.en.md

# %% cell-1
class Value:
    """A number that remembers what it was calculated from."""

    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents  # pairs: (input, derivative with respect to it)

    def __add__(self, other):
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        return Value(
            self.data * other.data, [(self, other.data), (other, self.data)]
        )


a, b = Value(2.0), Value(3.0)
y = a * b + a
print(y.data)

# %% cell-2
def ordered(value, seen, order):
    """List all values, each one after its parents."""
    if value not in seen:
        seen.add(value)
        for parent, _ in value.parents:
            ordered(parent, seen, order)
        order.append(value)
    return order


def backward(result):
    result.grad = 1.0
    for value in reversed(ordered(result, set(), [])):
        for parent, slope in value.parents:
            parent.grad += slope * value.grad  # the chain rule


backward(y)
print("dy/da =", a.grad)
print("dy/db =", b.grad)

# %% cell-3
import torch

ta = torch.tensor(2.0, requires_grad=True)
tb = torch.tensor(3.0, requires_grad=True)
ty = ta * tb + ta
ty.backward()
print("dy/da =", ta.grad)
print("dy/db =", tb.grad)

# %% cell-4
print(ty.grad_fn.name())
for function, _ in ty.grad_fn.next_functions:
    print("   ", function.name())

# %% twice raises:RuntimeError
try:
    ty.backward()
except RuntimeError as error:
    print(type(error).__name__, error, sep=': ')

# %% cell-6
(ta * tb + ta).backward()
print("added up:", ta.grad)

ta.grad = None  # what optimizer.zero_grad() does
(ta * tb + ta).backward()
print("afresh:  ", ta.grad)

# %% cell-7
x = torch.tensor(1.0, requires_grad=True)
for _ in range(5):
    f = x**2 - 2
    (slope,) = torch.autograd.grad(f, x)
    with torch.no_grad():
        x -= f / slope
    print(f"{x.item():.6f}")
