"""Weight updates in PyTorch, eagerly or compiled, with the fastest of its Adams, at one and at two threads.

The last argument of a program is `eager`, `compiled` or `single`. Compiled, losses and their gradients are
torch.compile's (inductor, which needs a C++ compiler), and Adam is the fused one. A single one is the last variant,
eager, with the fused Adam at two threads, and no other is tried: for the memory that it takes.
"""

import sys

import torch

import contest

ADAMS = {
    "Adam one by one": {"foreach": False},
    "Adam foreach": {"foreach": True},
    "Adam fused": {"fused": True},
}


def serve(problem, variants=("",), betas=(0.9, 0.999), rounds=3):
    """problem: gives, for each variant, pairs (parameters, loss): players that are updated in turn, or one model."""
    compiled, single = sys.argv[-1] == "compiled", sys.argv[-1] == "single"
    adams = {"Adam fused": ADAMS["Adam fused"]} if compiled or single else ADAMS
    settings = []
    for variant in variants[-1:] if single else variants:
        for name, options in adams.items():
            players = problem(variant) if variant else problem()
            players = players if isinstance(players, list) else [players]
            try:
                made = [(torch.optim.Adam(p, lr=1e-3, betas=betas, **options), loss) for p, loss in players]
            except (RuntimeError, TypeError):  # an older PyTorch has no such Adam on the CPU
                continue
            label = f"{name}, {variant}" if variant else name
            for threads in (2,) if single else (1, 2):
                own = [(adam, torch.compile(loss) if compiled else loss) for adam, loss in made]
                settings.append((threads, label, contest.repeated(update(own))))
    how = "compiled by inductor, " if compiled else ""
    setting, run = contest.fastest(settings, rounds=rounds)
    contest.serve(how + setting, run)


def update(players):
    def call():
        for adam, loss in players:
            adam.zero_grad(set_to_none=True)
            value = loss()
            value.backward()
            adam.step()
        return value.item()

    return call


def parameter(*shape):
    """Glorot's uniform weights, or zeros for a vector."""
    if len(shape) == 1:
        return torch.nn.Parameter(torch.zeros(shape))
    weight = torch.empty(shape)
    torch.nn.init.xavier_uniform_(weight)
    return torch.nn.Parameter(weight)


def layer(inputs, outputs):
    """Weight and bias of a linear layer."""
    return parameter(outputs, inputs), parameter(outputs)
