"""Five updates by PyTorch's optimizers of two parameters under gradients that depend on the parameters."""
import numpy as np
import torch

from golden import parameter, wave, write

STEPS = 5
SHAPES = {"weight": [3, 4], "bias": [4]}
RATES = [0.1, 0.1, 0.05, 0.05, 0.02]  # a schedule, to tell where the rate enters


def tensor(values):
    return torch.tensor(values.tolist(), dtype=torch.float64)


def trajectory(create, clip=None):
    p = {name: tensor(parameter(name, shape, 1)).requires_grad_() for name, shape in SHAPES.items()}
    optimizer = create(list(p.values()))
    for step in range(STEPS):
        for name, value in p.items():
            # what a quadratic loss with a moving target gives, large and small by turns
            target = tensor(wave(SHAPES[name], float(step), 2))
            value.grad = (value - target).detach() * (10.0 if step % 2 else 0.1)
        if clip:
            torch.nn.utils.clip_grad_norm_(p.values(), clip)
        for group in optimizer.param_groups:
            group["lr"] = RATES[step]
        optimizer.step()
    return {name: value.detach() for name, value in p.items()}


write(__file__, [np, torch], {
    "adam": trajectory(lambda p: torch.optim.Adam(p, betas=(0.9, 0.999), eps=1e-8)),
    "adamLargeEpsilon": trajectory(lambda p: torch.optim.Adam(p, betas=(0.8, 0.9), eps=0.1)),
    "adamW": trajectory(lambda p: torch.optim.AdamW(p, weight_decay=0.3)),
    "sgd": trajectory(lambda p: torch.optim.SGD(p, lr=1)),
    "momentum": trajectory(lambda p: torch.optim.SGD(p, lr=1, momentum=0.9)),
    "adagrad": trajectory(lambda p: torch.optim.Adagrad(p)),
    "clippedSgd": trajectory(lambda p: torch.optim.SGD(p, lr=1), clip=1.0),
})
