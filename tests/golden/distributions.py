"""Densities, divergences and means of the distributions in models/distributions."""
import numpy as np
import scipy
import scipy.stats
import torch
from torch.distributions import (
    Categorical,
    ContinuousBernoulli,
    Independent,
    MultivariateNormal,
    Normal,
    kl_divergence,
)

from golden import classes, wave, write

BATCH, EVENT = 3, 5


def tensor(values):
    return torch.tensor(values.tolist(), dtype=torch.float64)


logits = wave([BATCH, EVENT], 0.3, 4)
bits = (wave([BATCH, EVENT], 1.1) > 0) * 1.0
bernoulli = scipy.stats.bernoulli.logpmf(bits, scipy.special.expit(logits)).sum(-1)

mean, log_variance = wave([BATCH, EVENT], 0.2), wave([BATCH, EVENT], 0.9)
other_mean, other_log_variance = wave([BATCH, EVENT], 1.9), wave([BATCH, EVENT], 2.3)
values = wave([BATCH, EVENT], 2.7, 2)
normal_log_prob = scipy.stats.norm.logpdf(values, mean, np.exp(log_variance / 2)).sum(-1)
normal = Independent(Normal(tensor(mean), tensor(np.exp(log_variance / 2))), 1)
other = Independent(Normal(tensor(other_mean), tensor(np.exp(other_log_variance / 2))), 1)
standard = Independent(Normal(torch.zeros(EVENT).double(), torch.ones(EVENT).double()), 1)

class_logits = tensor(wave([4, 6], 0.5, 3))
categorical = Categorical(logits=class_logits)

# From far below to far above a half; within (0.499, 0.501) PyTorch itself uses a series.
continuous_logits = tensor(np.array([-30, -6, -1.01, -0.99, -0.3, -0.02, 0.01, 0.5, 2, 12.0]))
continuous_logits.requires_grad_()
grey = tensor(np.linspace(0.05, 0.95, 10))
continuous = ContinuousBernoulli(logits=continuous_logits)

factor = np.tril(wave([4, 4], 0.4)) + 2 * np.eye(4)
other_factor = np.tril(wave([4, 4], 1.4)) + 2 * np.eye(4)
full = MultivariateNormal(tensor(wave([4], 0.1)), scale_tril=tensor(factor))
other_full = MultivariateNormal(tensor(wave([4], 0.6)), scale_tril=tensor(other_factor))
full_log_prob = scipy.stats.multivariate_normal(wave([4], 0.1), factor @ factor.T).logpdf(
    wave([4], 2.1, 3)
)

write(__file__, [np, scipy, torch], {
    "bernoulliLogProb": bernoulli,
    "normalLogProb": normal_log_prob,
    "normalKl": kl_divergence(normal, other),
    "normalKlToStandard": kl_divergence(normal, standard),
    "categoricalLogProb": categorical.log_prob(torch.tensor(classes([4], 6).tolist())),
    "categoricalEntropy": categorical.entropy(),
    "continuousBernoulliLogProb": continuous.log_prob(grey).detach(),
    "continuousBernoulliGradient": torch.autograd.grad(
        continuous.log_prob(grey).sum(), continuous_logits
    )[0],
    "continuousBernoulliMean": continuous.mean.detach(),
    "fullNormalLogProb": full_log_prob,
    "fullNormalKl": kl_divergence(full, other_full).item(),
})
