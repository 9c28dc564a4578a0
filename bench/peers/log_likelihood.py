"""log p(x) by importance sampling in PyTorch: 5,000 samples from a posterior of length 20; the unit is one image."""

import math

import torch
import torch.nn.functional as F

import contest

PIXELS, HIDDEN, LATENT, SAMPLES = 784, 500, 20, 5000


def layer(inputs, outputs):
    limit = math.sqrt(6 / (inputs + outputs))
    return torch.empty(outputs, inputs).uniform_(-limit, limit), torch.zeros(outputs)


def softplus(logits, images):
    return (images * logits - F.softplus(logits)).sum(-1)


def cross_entropy(logits, images):
    expected = images.expand_as(logits)
    return -F.binary_cross_entropy_with_logits(logits, expected, reduction="none").sum(-1)


def products(logits, images):
    """Ours: one logarithm for 112 pixels."""
    size = logits.abs()
    factors = torch.sigmoid(size).unflatten(-1, (7, 112)).prod(-1)
    return 0.5 * ((2 * images - 1) * logits - size).sum(-1) + factors.log().sum(-1)


def estimate(layers, weigh, block, chunk):
    """Estimates for `block` images, in chunks of `chunk` samples of each."""
    hidden, mean, log_variance, decoder, logits = layers
    images = (torch.rand(block, PIXELS) < 0.2).float()

    @torch.inference_mode()
    def call():
        h = torch.tanh(F.linear(images, *hidden))
        mu, s = F.linear(h, *mean), F.linear(h, *log_variance)
        deviation = torch.exp(0.5 * s)
        log_weights = []
        for _ in range(SAMPLES // chunk):
            noise = torch.randn(chunk, block, LATENT)
            z = mu + deviation * noise
            x = F.linear(torch.tanh(F.linear(z, *decoder)), *logits)
            prior = -0.5 * z.square().sum(-1)  # the constants of prior and posterior cancel
            posterior = -0.5 * (noise.square() + s).sum(-1)
            log_weights.append(weigh(x, images) + prior - posterior)
        return torch.logsumexp(torch.cat(log_weights), 0) - math.log(SAMPLES)

    return call


if __name__ == "__main__":
    torch.manual_seed(0)
    layers = [
        layer(PIXELS, HIDDEN),
        layer(HIDDEN, LATENT),
        layer(HIDDEN, LATENT),
        layer(LATENT, HIDDEN),
        layer(HIDDEN, PIXELS),
    ]
    settings = []
    for weigh in (softplus, cross_entropy, products):
        for block, chunk in ((1, 5000), (1, 1000), (10, 100)):
            call = estimate(layers, weigh, block, chunk)
            name = f"{weigh.__name__}, {block} images and {chunk} samples at once"
            for threads in (1, 2):
                settings.append((threads, name, contest.repeated(call, block)))
    contest.serve(*contest.fastest(settings, trial=50, rounds=1))
