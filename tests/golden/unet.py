"""A small U-Net (8 x 8 pixels, 8/16/32 channels) by torch.nn.functional: its output and the gradients of its mean square."""
import math

import torch
from torch.nn import functional

import numpy as np
from golden import classes, parameter, wave, write

SIDE, CHANNELS, TIME, EMBEDDING, CLASSES, BATCH, GROUPS = 8, 8, 8, 6, 3, 2, 8


def tensor(values):
    return torch.tensor(values.tolist(), dtype=torch.float64)


p = {}


def get(path, shape):
    if path not in p:
        p[path] = tensor(parameter(path, shape)).requires_grad_()
    return p[path]


def linear(path, x, outputs, bias=True):
    y = x @ get(f"{path}/weight", [x.shape[-1], outputs])
    return y + get(f"{path}/bias", [outputs]) if bias else y


def convolve(path, x, outputs, side=3):
    """Filters are [height, width, input, output] here and [output, input, height, width] in PyTorch."""
    weight = get(f"{path}/filter", [side, side, x.shape[1], outputs]).permute(3, 2, 0, 1).contiguous()
    return functional.conv2d(x, weight, get(f"{path}/bias", [outputs]), padding=side // 2)


def norm(path, x):
    scale, shift = get(f"{path}/scale", [x.shape[1]]), get(f"{path}/shift", [x.shape[1]])
    return functional.group_norm(x, GROUPS, scale, shift, eps=1e-5)


def block(path, x, told, outputs):
    h = convolve(f"{path}/first", functional.silu(norm(f"{path}/firstNorm", x)), outputs)
    h = h + linear(f"{path}/time", told, outputs)[:, :, None, None]
    h = convolve(f"{path}/second", functional.silu(norm(f"{path}/secondNorm", h)), outputs)
    if x.shape[1] == outputs:
        return x + h
    short = linear(f"{path}/shortCut", x.permute(0, 2, 3, 1), outputs).permute(0, 3, 1, 2)
    return short + h


def attend(path, x):
    b, c, height, width = x.shape
    y = norm(f"{path}/norm", x).flatten(2).transpose(1, 2)
    q = linear(f"{path}/attention/query", y, c)
    k = linear(f"{path}/attention/key", y, c, bias=False)
    v = linear(f"{path}/attention/value", y, c)
    mixed = functional.scaled_dot_product_attention(q, k, v)
    return x + linear(f"{path}/attention/output", mixed, c).transpose(1, 2).reshape(b, c, height, width)


def features(timesteps):
    half = TIME // 2
    angles = timesteps[:, None] * torch.exp(-math.log(10000) * torch.arange(half).double() / half)
    return torch.cat([torch.cos(angles), torch.sin(angles)], 1)


x = tensor(wave([BATCH, SIDE * SIDE], 1.1)).reshape(BATCH, 1, SIDE, SIDE)
time = features(torch.tensor([3.0, 957.375]).double())
labels = torch.tensor(classes([BATCH], CLASSES + 1).tolist())
told = linear("secondTime", functional.silu(linear("firstTime", time, EMBEDDING)), EMBEDDING)
told = functional.silu(told + get("classes", [CLASSES + 1, EMBEDDING])[labels])
full = block("down/0", convolve("enter", x, CHANNELS), told, CHANNELS)
half = block("down/1", functional.avg_pool2d(full, 2), told, 2 * CHANNELS)
quarter = block("down/2", functional.avg_pool2d(half, 2), told, 4 * CHANNELS)
h = block("beforeAttention", quarter, told, 4 * CHANNELS)
h = block("afterAttention", attend("attention", h), told, 4 * CHANNELS)
h = block("up/0", torch.cat([h, quarter], 1), told, 4 * CHANNELS)
h = block("up/1", torch.cat([functional.interpolate(h, scale_factor=2.0), half], 1), told, 2 * CHANNELS)
h = block("up/2", torch.cat([functional.interpolate(h, scale_factor=2.0), full], 1), told, CHANNELS)
y = convolve("leave", functional.silu(norm("lastNorm", h)), 1).flatten(1)
(y**2).mean().backward()


def projections(gradient):
    """Inner products with three waves: three numbers that tell a gradient, however large."""
    waves = [tensor(wave(gradient.shape, phase)) for phase in (0.5, 1.9, 3.1)]
    return torch.stack([(gradient * w).sum() for w in waves])


write(__file__, [np, torch], {
    "output": y.detach(),
    "gradients": {path: projections(value.grad) for path, value in p.items()},
})
