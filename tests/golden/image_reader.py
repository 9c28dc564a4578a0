"""A small network that answers two questions about colour images of 8 x 8 pixels, by torch.nn.functional."""
import torch
from torch.nn import functional

import numpy as np
from golden import parameter, wave, write

SIDE, ANSWERS, BATCH = 8, [3, 2], 2


def tensor(values):
    return torch.tensor(values.tolist(), dtype=torch.float64)


def linear(path, x, outputs):
    weight = tensor(parameter(f"{path}/weight", [x.shape[-1], outputs]))
    return x @ weight + tensor(parameter(f"{path}/bias", [outputs]))


x = tensor(wave([BATCH, SIDE, SIDE, 3], 1.1)).permute(0, 3, 1, 2) - 0.5
for i, outputs in enumerate([16, 32, 64]):
    path = f"convolutions/{i}"
    weight = tensor(parameter(f"{path}/filter", [3, 3, x.shape[1], outputs]))
    bias = tensor(parameter(f"{path}/bias", [outputs]))
    y = functional.conv2d(x, weight.permute(3, 2, 0, 1), bias, padding=1)
    x = functional.max_pool2d(functional.relu(y), 2)
flat = x.permute(0, 2, 3, 1).reshape(BATCH, -1)
units = functional.relu(linear("hidden", flat, 128))
logits = [linear(f"answers/{i}", units, count).tolist() for i, count in enumerate(ANSWERS)]
write(__file__, [torch, np], {"logits": logits})
