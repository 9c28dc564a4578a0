"""Annealed importance sampling of the small VAE of vae.py in NumPy, with the gradient written by hand."""
import numpy as np

from golden import parameter, wave, write

PIXELS, HIDDEN, LATENT, CHAINS = 6, 5, 2, 3
BETAS = [0.0, 0.3, 1.0]
STEP_SIZES = np.array([[0.2], [0.5], [0.9]])
LEAPFROG_STEPS = 2

images = (wave([CHAINS, PIXELS], 1.1) > 0) * 1.0
w1 = parameter("decoder/hidden/weight", [LATENT, HIDDEN])
b1 = parameter("decoder/hidden/bias", [HIDDEN])
w2 = parameter("decoder/logits/weight", [HIDDEN, PIXELS])
b2 = parameter("decoder/logits/bias", [PIXELS])


def log_likelihood(z):
    logits = np.tanh(z @ w1 + b1) @ w2 + b2
    return (images * logits - np.logaddexp(0, logits)).sum(1)


def gradient(z):
    hidden = np.tanh(z @ w1 + b1)
    error = images - 1 / (1 + np.exp(-(hidden @ w2 + b2)))
    return ((error @ w2.T) * (1 - hidden**2)) @ w1.T


def log_density(z, beta):
    return -(z**2).sum(1) / 2 + beta * log_likelihood(z)


z = wave([CHAINS, LATENT], 0.8, 1.5)
log_weights = np.zeros(CHAINS)
acceptances = []
for t in range(1, len(BETAS)):
    before, beta = BETAS[t - 1], BETAS[t]
    log_weights += (beta - before) * log_likelihood(z)
    momentum = wave([CHAINS, LATENT], 0.3 + t, 1.2)
    uniform = (wave([CHAINS], 2.0 + t) + 1) / 2
    q, p = z, momentum
    for _ in range(LEAPFROG_STEPS):
        p = p + STEP_SIZES / 2 * (beta * gradient(q) - q)
        q = q + STEP_SIZES * p
        p = p + STEP_SIZES / 2 * (beta * gradient(q) - q)
    gain = (
        log_density(q, beta)
        - (p**2).sum(1) / 2
        - log_density(z, beta)
        + (momentum**2).sum(1) / 2
    )
    acceptance = np.exp(np.minimum(0, gain))
    acceptances.append(acceptance)
    z = np.where((uniform < acceptance)[:, None], q, z)

write(
    __file__,
    [np],
    {"logWeights": log_weights, "latents": z, "acceptance": np.array(acceptances)},
)
