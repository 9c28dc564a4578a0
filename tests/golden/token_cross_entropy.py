"""Cross-entropy of tokens with label smoothing, its gradient, and its Hessian times a vector, by PyTorch."""
import numpy as np
import torch
import torch.nn.functional as F

from golden import classes, wave, write

SHAPE = [2, 3, 7]


def tensor(values):
    return torch.tensor(values.tolist(), dtype=torch.float64)


targets = torch.tensor(classes(SHAPE[:-1], SHAPE[-1]).tolist())
weights, vector = tensor(wave(SHAPE[:-1], 0.4)), tensor(wave(SHAPE, 2.2))


def at(smoothing):
    logits = tensor(wave(SHAPE, 0.5, 3)).requires_grad_()
    nats = F.cross_entropy(
        logits.flatten(0, 1), targets.flatten(), reduction="none", label_smoothing=smoothing
    ).reshape(targets.shape)
    (gradient,) = torch.autograd.grad((nats * weights).sum(), logits, create_graph=True)
    (product,) = torch.autograd.grad((gradient * vector).sum(), logits)
    return {"nats": nats.detach(), "gradient": gradient.detach(), "hessianTimesVector": product}


write(__file__, [np, torch], {"plain": at(0.0), "smoothed": at(0.1)})
