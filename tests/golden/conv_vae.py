"""The ELBO of a small convolutional VAE (8 x 8 pixels, 2 and 3 channels, 2 latents) by torch.nn.functional."""
import numpy as np
import torch
from torch.distributions import Bernoulli, Independent, Normal, kl_divergence
from torch.nn import functional

from golden import parameter, wave, write

SIDE, FEW, MANY, LATENT, BATCH = 8, 2, 3, 2, 2
QUARTER = SIDE // 4


def tensor(values):
    return torch.tensor(values.tolist(), dtype=torch.float64)


p = {}


def get(path, shape):
    p[path] = tensor(parameter(path, shape)).requires_grad_()
    return p[path]


def linear(path, x, outputs):
    return x @ get(f"{path}/weight", [x.shape[-1], outputs]) + get(f"{path}/bias", [outputs])


def halve(path, x, outputs):
    """Filters are [height, width, input, output] here and [output, input, height, width] in PyTorch."""
    weight = get(f"{path}/filter", [4, 4, x.shape[1], outputs]).permute(3, 2, 0, 1)
    return functional.conv2d(x, weight, get(f"{path}/bias", [outputs]), stride=2, padding=1)


def double(path, x, outputs):
    """Filters are [height, width, output, input] here and [input, output, height, width] in PyTorch."""
    weight = get(f"{path}/filter", [4, 4, outputs, x.shape[1]]).permute(3, 2, 0, 1)
    return functional.conv_transpose2d(x, weight, get(f"{path}/bias", [outputs]), stride=2, padding=1)


images = tensor((wave([BATCH, SIDE * SIDE], 1.1) > 0) * 1.0)
noise = tensor(wave([BATCH, LATENT], 0.8, 1.5))

half = torch.tanh(halve("encoder/first", images.reshape(BATCH, 1, SIDE, SIDE), FEW))
features = torch.tanh(halve("encoder/second", half, MANY))
features = features.permute(0, 2, 3, 1).flatten(1)  # channels last, as in TensorFlow.js
mean = linear("encoder/mean", features, LATENT)
log_variance = linear("encoder/logVariance", features, LATENT)
posterior = Independent(Normal(mean, torch.exp(log_variance / 2)), 1)
prior = Independent(Normal(torch.zeros(LATENT).double(), torch.ones(LATENT).double()), 1)
latents = mean + torch.exp(log_variance / 2) * noise
hidden = torch.tanh(linear("decoder/hidden", latents, QUARTER**2 * MANY))
hidden = hidden.reshape(BATCH, QUARTER, QUARTER, MANY).permute(0, 3, 1, 2)
logits = double("decoder/logits", torch.tanh(double("decoder/first", hidden, FEW)), 1)
likelihood = Independent(Bernoulli(logits=logits.flatten(1)), 1)
elbo = likelihood.log_prob(images) - kl_divergence(posterior, prior)
(-elbo.mean()).backward()


def projections(gradient):
    """Inner products with three waves: three numbers that tell a gradient, however large."""
    waves = [tensor(wave(gradient.shape, phase)) for phase in (0.5, 1.9, 3.1)]
    return torch.stack([(gradient * w).sum() for w in waves])


write(__file__, [np, torch], {
    "elbo": elbo.detach(),
    "gradients": {path: projections(value.grad) for path, value in p.items()},
})
