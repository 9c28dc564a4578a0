"""Weight updates in PyTorch, with the fastest of its Adams, at one and at two threads."""

import torch

import contest

ADAMS = {
    "Adam one by one": {"foreach": False},
    "Adam foreach": {"foreach": True},
    "Adam fused": {"fused": True},
}


def serve(problem, variants=("",)):
    """problem: gives (parameters, loss) for each variant."""
    settings = []
    for variant in variants:
        for name, options in ADAMS.items():
            parameters, loss = problem(variant) if variant else problem()
            try:
                adam = torch.optim.Adam(parameters, lr=1e-3, **options)
            except (RuntimeError, TypeError):  # an older PyTorch has no such Adam on the CPU
                continue
            call = update(adam, loss)
            label = f"{name}, {variant}" if variant else name
            for threads in (1, 2):
                settings.append((threads, label, contest.repeated(call)))
    contest.serve(*contest.fastest(settings))


def update(adam, loss):
    def call():
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
