"""RealNVP over images of 8 x 8 grey levels: latents, bounds and their gradients, by PyTorch, with channels first."""
import math

import numpy as np
import torch
import torch.nn.functional as F

from golden import classes, parameter, wave, write

SIDE, HIDDEN, NOISE_HIDDEN, BATCH, MARGIN = 8, 3, 2, 2, 1e-2
PIXELS = [([0, 3], [1, 2]), ([1, 2], [0, 3]), ([0, 1], [2, 3]), ([2, 3], [0, 1]), ([0, 2], [1, 3]), ([1, 3], [0, 2])]
HALVES = [([0, 1, 2, 3], [4, 5, 6, 7]), ([4, 5, 6, 7], [0, 1, 2, 3])]


def tensor(values):
    return torch.tensor(np.asarray(values).tolist(), dtype=torch.float64)


images = tensor(classes([BATCH, SIDE**2], 256))
normal = tensor(wave([BATCH, SIDE**2], 0.8, 1.5))
uniform = tensor((wave([BATCH, SIDE**2], 0.3) + 1) / 2.01)


class Parameters:
    """Made when first asked for: filters are kept as [side, side, input, output]."""

    def __init__(self):
        self.made = {}

    def get(self, path, shape):
        if path not in self.made:
            self.made[path] = tensor(parameter(path, shape)).requires_grad_()
        return self.made[path]


def convolve(p, path, side, inputs, outputs, x):
    kernel = p.get(f"{path}/filter", [side, side, inputs, outputs]).permute(3, 2, 0, 1)
    return F.conv2d(x, kernel, p.get(f"{path}/bias", [outputs]), padding=side // 2)


def coupling(p, path, partition, hidden, x, context=None):
    kept, changed = partition
    seen = x[:, kept] if context is None else torch.cat([x[:, kept], context], 1)
    h = F.relu(convolve(p, f"{path}/conditioner/first", 3, seen.shape[1], hidden, seen))
    h = F.relu(convolve(p, f"{path}/conditioner/second", 1, hidden, hidden, h))
    raw, shift = convolve(p, f"{path}/conditioner/output", 3, hidden, 2 * len(changed), h).chunk(2, 1)
    bound = p.get(f"{path}/logBound", [len(changed)])[None, :, None, None].exp()
    log_scale = bound * torch.tanh(raw / bound)
    y = x.clone()
    y[:, changed] = (x[:, changed] + shift) * log_scale.exp()
    return y, log_scale.sum((1, 2, 3))


def norm(p, path, x):
    shift = p.get(f"{path}/shift", [x.shape[1]])[None, :, None, None]
    log_scale = p.get(f"{path}/logScale", [x.shape[1]])[None, :, None, None]
    return (x - shift) * log_scale.exp(), log_scale.sum() * x.shape[2] * x.shape[3]


def image(x):
    return F.pixel_unshuffle(x.reshape(BATCH, 1, SIDE, SIDE), 2)


def dequantize(p, kind):
    if kind == "uniform":
        return (images + uniform) / 256, torch.zeros(BATCH).double()
    log_q = (-normal**2 / 2 - math.log(2 * math.pi) / 2).sum(1)
    v, context = image(normal), image(images / 127.5 - 1)
    for i in range(2):
        v, d = coupling(p, f"noise/{i}", PIXELS[i], NOISE_HIDDEN, v, context)
        log_q = log_q - d
    u = F.pixel_shuffle(torch.sigmoid(v), 2).reshape(BATCH, -1)
    return (images + u) / 256, log_q - (torch.log(u) + torch.log(1 - u)).sum(1)


def flow(p, y):
    q = MARGIN + (1 - 2 * MARGIN) * y
    log_det = (math.log(1 - 2 * MARGIN) - torch.log(q) - torch.log(1 - q)).sum(1)
    x = image(torch.log(q / (1 - q)))
    for i, partition in enumerate(PIXELS):
        x, d = norm(p, f"pixels/{i}/norm", x)
        x, e = coupling(p, f"pixels/{i}/coupling", partition, HIDDEN, x)
        log_det = log_det + d + e
    x = F.pixel_unshuffle(x, 2)
    x, left = x[:, :8], x[:, 8:]
    for i, partition in enumerate(HALVES):
        x, d = norm(p, f"channels/{i}/norm", x)
        x, e = coupling(p, f"channels/{i}/coupling", partition, HIDDEN, x)
        log_det = log_det + d + e
    last = [z.permute(0, 2, 3, 1).reshape(BATCH, -1) for z in (left, x)]
    return torch.cat(last, 1), log_det


def case(kind):
    p = Parameters()
    y, log_q = dequantize(p, kind)
    z, log_det = flow(p, y)
    log_p = (-z**2 / 2 - math.log(2 * math.pi) / 2).sum(1) + log_det
    bound = log_p - log_q - SIDE**2 * math.log(256)
    bound.mean().backward()
    return {
        "latents": z.detach()[:, ::9],
        "logDet": log_det.detach(),
        "bound": bound.detach(),
        "gradientNorms": {path: float(f"{x.grad.norm().item():.9g}") for path, x in sorted(p.made.items())},
    }


write(__file__, [np, torch], {kind: case(kind) for kind in ("uniform", "variational")})
