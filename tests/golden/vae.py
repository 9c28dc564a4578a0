"""Bounds of a small VAE (6 pixels, 5 hidden, 2 latents, 3 images) and their gradients by PyTorch's autograd."""
import numpy as np
import torch
from torch.distributions import Bernoulli, Independent, Normal, kl_divergence

from golden import parameter, wave, write

PIXELS, HIDDEN, LATENT, BATCH, SAMPLES = 6, 5, 2, 3, 4
SHAPES = {
    "encoder/hidden": (PIXELS, HIDDEN),
    "encoder/mean": (HIDDEN, LATENT),
    "encoder/logVariance": (HIDDEN, LATENT),
    "decoder/hidden": (LATENT, HIDDEN),
    "decoder/logits": (HIDDEN, PIXELS),
}


def tensor(values):
    return torch.tensor(values.tolist(), dtype=torch.float64)


images = tensor((wave([BATCH, PIXELS], 1.1) > 0) * 1.0)
noise = tensor(wave([SAMPLES, BATCH, LATENT], 0.8, 1.5))


def parameters():
    made = {}
    for name, (inputs, outputs) in SHAPES.items():
        for part, shape in (("weight", [inputs, outputs]), ("bias", [outputs])):
            path = f"{name}/{part}"
            made[path] = tensor(parameter(path, shape)).requires_grad_()
    return made


def linear(p, name, x):
    return x @ p[f"{name}/weight"] + p[f"{name}/bias"]


def encode(p):
    hidden = torch.tanh(linear(p, "encoder/hidden", images))
    return linear(p, "encoder/mean", hidden), linear(p, "encoder/logVariance", hidden)


def diagonal(mean, log_variance):
    return Independent(Normal(mean, torch.exp(log_variance / 2)), 1)


def decode(p, latents):
    hidden = torch.tanh(linear(p, "decoder/hidden", latents))
    return Independent(Bernoulli(logits=linear(p, "decoder/logits", hidden)), 1)


prior = diagonal(torch.zeros(LATENT).double(), torch.zeros(LATENT).double())


def weigh(p, latents, posterior):
    return (
        decode(p, latents).log_prob(images.expand(SAMPLES, -1, -1))
        + prior.log_prob(latents)
        - posterior.log_prob(latents)
    )


def elbo(p):
    mean, log_variance = encode(p)
    posterior = diagonal(mean, log_variance)
    latents = mean + torch.exp(log_variance / 2) * noise
    reconstruction = decode(p, latents).log_prob(images.expand(SAMPLES, -1, -1)).mean(0)
    return reconstruction - kl_divergence(posterior, prior)


def log_weights(p):
    mean, log_variance = encode(p)
    return weigh(p, mean + torch.exp(log_variance / 2) * noise, diagonal(mean, log_variance))


def iwae(p):
    return torch.logsumexp(log_weights(p), 0) - np.log(SAMPLES)


def sticking_the_landing(p):
    mean, log_variance = encode(p)
    detached = diagonal(mean.detach(), log_variance.detach())
    return weigh(p, mean + torch.exp(log_variance / 2) * noise, detached).mean(0)


def gradients(bound):
    p = parameters()
    (-bound(p).mean()).backward()
    return {path: value.grad for path, value in p.items()}


def doubly_reparameterized():
    """Tucker et al. 2019 by two surrogates: w for the decoder, w^2 and stopped posterior for the encoder."""
    p = parameters()
    mean, log_variance = encode(p)
    latents = mean + torch.exp(log_variance / 2) * noise
    weights = weigh(p, latents, diagonal(mean.detach(), log_variance.detach()))
    normalized = torch.softmax(weights, 0).detach()
    decoder = {path: value for path, value in p.items() if path.startswith("decoder")}
    encoder = {path: value for path, value in p.items() if path.startswith("encoder")}
    loss = -(normalized * weights).sum(0).mean()
    decoder_gradients = torch.autograd.grad(loss, list(decoder.values()), retain_graph=True)
    loss = -(normalized**2 * weights).sum(0).mean()
    encoder_gradients = torch.autograd.grad(loss, list(encoder.values()))
    return {
        **dict(zip(encoder, encoder_gradients)),
        **dict(zip(decoder, decoder_gradients)),
    }


write(__file__, [np, torch], {
    "elbo": elbo(parameters()).detach(),
    "logWeights": log_weights(parameters()).detach(),
    "iwaeBound": iwae(parameters()).detach(),
    "gradientsOfLoss": {
        "elbo": gradients(elbo),
        "iwaeBound": gradients(iwae),
        "stickingTheLanding": gradients(sticking_the_landing),
        "doublyReparameterizedBound": doubly_reparameterized(),
    },
})
