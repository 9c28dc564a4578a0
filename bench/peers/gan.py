"""Both players of the generative adversarial network of `deno task gan` in PyTorch, batches of 128."""

import torch
import torch.nn.functional as F
from torch import nn

import training

BATCH, PIXELS, LATENT, TARGET = 128, 784, 100, 0.9


def problem():
    layers, width = [], LATENT
    for i, units in enumerate((128, 256, 512, 1024)):
        norm = [nn.BatchNorm1d(units)] if i else []
        layers += [nn.Linear(width, units), *norm, nn.LeakyReLU(0.2)]
        width = units
    generator = nn.Sequential(*layers, nn.Linear(width, PIXELS), nn.Tanh())
    discriminator = nn.Sequential(
        nn.Linear(PIXELS, 512), nn.LeakyReLU(0.2), nn.Linear(512, 256), nn.LeakyReLU(0.2), nn.Linear(256, 1)
    )
    real, noise = torch.rand(BATCH, PIXELS) * 2 - 1, torch.randn(BATCH, LATENT)
    true, false, ones = torch.full((BATCH, 1), TARGET), torch.zeros(BATCH, 1), torch.ones(BATCH, 1)

    def discriminate():
        with torch.no_grad():
            made = generator(noise)
        found = F.binary_cross_entropy_with_logits(discriminator(made), false)
        return F.binary_cross_entropy_with_logits(discriminator(real), true) + found

    def generate():
        frozen = {name: value.detach() for name, value in discriminator.named_parameters()}
        scores = torch.func.functional_call(discriminator, frozen, (generator(noise),))
        return F.binary_cross_entropy_with_logits(scores, ones)

    return [(list(discriminator.parameters()), discriminate), (list(generator.parameters()), generate)]


if __name__ == "__main__":
    torch.manual_seed(0)
    training.serve(problem, betas=(0.5, 0.999))
