"""Second derivatives by PyTorch's autograd: gradient penalties of small critics, and a VAE's Hessian times a vector.

The penalty is the mean over inputs of (|d critic / d input| - 1)^2 (Gulrajani et al. 2017, eq. 3).
"""
import numpy as np
import torch
import torch.nn.functional as F

import vae
from golden import parameter, wave, write

BATCH, WIDTH, HIDDEN = 4, 6, 5


def tensor(values):
    return torch.tensor(values.tolist(), dtype=torch.float64)


def penalty(critic, inputs, weights):
    inputs = inputs.clone().requires_grad_()
    (slope,) = torch.autograd.grad(critic(inputs, weights).sum(), inputs, create_graph=True)
    norms = slope.flatten(1).norm(dim=1)
    return ((norms - 1) ** 2).mean()


def gradients(critic, inputs, shapes):
    weights = {name: tensor(parameter(name, shape, 0.8)).requires_grad_() for name, shape in shapes.items()}
    value = penalty(critic, inputs, weights)
    value.backward()
    return {
        "penalty": value.detach(),
        **{name: np.zeros(shapes[name]) if w.grad is None else w.grad for name, w in weights.items()},
    }


ACTIVATIONS = {
    "tanh": torch.tanh,
    "leakyRelu": lambda x: F.leaky_relu(x, 0.2),
    "relu": torch.relu,
    "elu": F.elu,
    "selu": F.selu,
    "sigmoid": torch.sigmoid,
    "softplus": F.softplus,
    "mish": F.mish,
    "swish": F.silu,
    "gelu": F.gelu,
    "softmax": lambda x: torch.softmax(x, -1),
    "logSoftmax": lambda x: torch.log_softmax(x, -1),
    "exp": torch.exp,
    "layerNorm": lambda x: F.layer_norm(x, [HIDDEN], eps=1e-5),
    "maximum": lambda x: torch.maximum(x, 0.2 * x),
}

inputs = tensor(wave([BATCH, WIDTH], 0.3))
shapes = {"first": [WIDTH, HIDDEN], "bias": [HIDDEN], "second": [HIDDEN, 1]}


def dense(activation):
    return lambda x, w: activation(x @ w["first"] + w["bias"]) @ w["second"]


# Images as tfjs has them, [batch, height, width, channels], and filters [height, width, in, out].
images = tensor(wave([2, 6, 6, 2], 0.9))
filters = {"wide": [3, 3, 2, 3], "narrow": [4, 4, 3, 2], "last": [18, 1]}


def convolutional(x, w, activation=lambda x: F.leaky_relu(x, 0.2)):
    x = x.permute(0, 3, 1, 2)
    x = activation(F.conv2d(x, w["wide"].permute(3, 2, 0, 1), padding=1))
    x = torch.tanh(F.conv2d(x, w["narrow"].permute(3, 2, 0, 1), stride=2, padding=1))
    return x.permute(0, 2, 3, 1).flatten(1) @ w["last"]


def hessian_times_vector():
    p = vae.parameters()
    loss = -vae.elbo(p).mean()
    first = torch.autograd.grad(loss, list(p.values()), create_graph=True)
    along = sum((g * tensor(parameter(f"vector/{name}", list(g.shape)))).sum() for name, g in zip(p, first))
    return dict(zip(p, torch.autograd.grad(along, list(p.values()))))


write(__file__, [np, torch], {
    "dense": {name: gradients(dense(activation), inputs, shapes) for name, activation in ACTIVATIONS.items()},
    "convolutional": gradients(convolutional, images, filters),
    "hessianOfElbo": hessian_times_vector(),
})
