"""The RealNVP of `flow-mnist` with uniform dequantization in PyTorch, batches of 64 images of 28 x 28 pixels."""

import math

import torch
import torch.nn.functional as F
from torch import nn

import training

BATCH, SIDE, HIDDEN, LEVELS, MARGIN = 64, 28, 64, 256, 1e-5
PIXELS = SIDE**2
PAIRS = [([0, 3], [1, 2]), ([1, 2], [0, 3]), ([0, 1], [2, 3]), ([2, 3], [0, 1]), ([0, 2], [1, 3]), ([1, 3], [0, 2])]
FIRST, LAST = list(range(4)), list(range(4, 8))


class Coupling(nn.Module):
    def __init__(self, kept, changed):
        super().__init__()
        self.kept, self.changed = kept, changed
        self.net = nn.Sequential(
            nn.Conv2d(len(kept), HIDDEN, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(HIDDEN, HIDDEN, 1),
            nn.ReLU(),
            nn.Conv2d(HIDDEN, 2 * len(changed), 3, padding=1),
        )
        self.bound = nn.Parameter(torch.zeros(1, len(changed), 1, 1))

    def forward(self, x):
        raw, shift = self.net(x[:, self.kept]).chunk(2, 1)
        scale = self.bound.exp() * torch.tanh(raw / self.bound.exp())
        y = x.clone()
        y[:, self.changed] = (x[:, self.changed] + shift) * scale.exp()
        return y, scale.sum((1, 2, 3))


class Norm(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.scale = nn.Parameter(torch.zeros(1, channels, 1, 1))
        self.mean = nn.Parameter(torch.zeros(1, channels, 1, 1))

    def forward(self, x):
        return (x - self.mean) * self.scale.exp(), self.scale.sum() * x.shape[2] * x.shape[3]


def problem():
    top = nn.ModuleList([part for pair in PAIRS for part in (Norm(4), Coupling(*pair))])
    halves = [(FIRST, LAST) if i % 2 == 0 else (LAST, FIRST) for i in range(4)]
    rest = nn.ModuleList([part for pair in halves for part in (Norm(8), Coupling(*pair))])
    images = F.pixel_unshuffle(torch.randint(LEVELS, (BATCH, 1, SIDE, SIDE)).float(), 2)
    noise = torch.rand_like(images)

    def loss():
        y = MARGIN + (1 - 2 * MARGIN) * (images + noise) / LEVELS
        z = torch.log(y) - torch.log1p(-y)
        total = PIXELS * (math.log(1 - 2 * MARGIN) - math.log(LEVELS)) - (torch.log(y) + torch.log1p(-y)).sum((1, 2, 3))
        for part in top:
            z, change = part(z)
            total = total + change
        z = F.pixel_unshuffle(z, 2)
        left, z = z[:, 8:], z[:, :8]
        for part in rest:
            z, change = part(z)
            total = total + change
        for latent in (left, z):
            total = total - 0.5 * (latent.square() + math.log(2 * math.pi)).sum((1, 2, 3))
        return -total.mean()

    return [*top.parameters(), *rest.parameters()], loss


if __name__ == "__main__":
    torch.manual_seed(0)
    training.serve(problem)
