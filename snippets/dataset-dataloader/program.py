# dataset-dataloader: written by hexapla from posts/dataset-dataloader.en.md

# %% cell-1
import torch
from torch.utils.data import DataLoader, Dataset


class Squares(Dataset):
    """The numbers from 0 on, each with its square."""

    def __init__(self, size):
        self.size = size

    def __len__(self):
        return self.size

    def __getitem__(self, index):
        if not 0 <= index < self.size:
            raise IndexError(index)
        # one sample: input and target
        return torch.tensor([float(index)]), index**2


squares = Squares(10)
print(len(squares))
squares[3]

# %% cell-2
for numbers, results in DataLoader(squares, batch_size=4):
    print(tuple(numbers.shape), results)

# %% cell-3
generator = torch.Generator().manual_seed(0)
loader = DataLoader(squares, batch_size=5, shuffle=True, generator=generator)

for epoch in range(2):
    print(epoch, [results.tolist() for _, results in loader])

# %% cell-4
class Words(Dataset):
    sentences = [[4, 8], [7], [2, 9, 5]]

    def __len__(self):
        return len(self.sentences)

    def __getitem__(self, index):
        return torch.tensor(self.sentences[index])

# %% uneven raises:RuntimeError
try:
    next(iter(DataLoader(Words(), batch_size=3)))
except RuntimeError as error:
    print(type(error).__name__, error, sep=': ')

# %% cell-6
def pad(samples):
    """Pad short sequences with zeros and keep their lengths."""
    lengths = torch.tensor([len(sample) for sample in samples])
    return torch.nn.utils.rnn.pad_sequence(samples, batch_first=True), lengths


batch, lengths = next(iter(DataLoader(Words(), batch_size=3, collate_fn=pad)))
print(batch)
print(lengths)
