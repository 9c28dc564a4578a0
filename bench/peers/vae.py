"""The VAE 784-500-20-500-784 in PyTorch, batches of 128."""

import torch
import torch.nn.functional as F

import training

BATCH, PIXELS, HIDDEN, LATENT = 128, 784, 500, 20


def problem():
    hidden, mean, log_variance, decoder, logits = layers = [
        training.layer(PIXELS, HIDDEN),
        training.layer(HIDDEN, LATENT),
        training.layer(HIDDEN, LATENT),
        training.layer(LATENT, HIDDEN),
        training.layer(HIDDEN, PIXELS),
    ]
    images = (torch.rand(BATCH, PIXELS) < 0.2).float()
    noise = torch.randn(BATCH, LATENT)

    def loss():
        h = torch.tanh(F.linear(images, *hidden))
        mu, s = F.linear(h, *mean), F.linear(h, *log_variance)
        z = mu + torch.exp(0.5 * s) * noise
        x = F.linear(torch.tanh(F.linear(z, *decoder)), *logits)
        reconstruction = F.binary_cross_entropy_with_logits(x, images, reduction="sum")
        kl = 0.5 * (mu.square() + s.exp() - s - 1).sum()
        return (reconstruction + kl) / BATCH

    return [tensor for pair in layers for tensor in pair], loss


if __name__ == "__main__":
    torch.manual_seed(0)
    training.serve(problem)
