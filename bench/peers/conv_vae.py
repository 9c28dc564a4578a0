"""The convolutional VAE of 28 x 28 pixels, to 32 and 64 channels and back, in PyTorch, batches of 64."""

import torch
import torch.nn.functional as F

import training

BATCH, SIDE, FEW, MANY, LATENT = 64, 28, 32, 64, 20
QUARTER = SIDE // 4
FEATURES = QUARTER**2 * MANY


def problem(order):
    channels_last = order == "channels last"
    memory = torch.channels_last if channels_last else torch.contiguous_format

    def kernel(*shape):
        weight = training.parameter(*shape)
        weight.data = weight.data.contiguous(memory_format=memory)
        return weight

    first, second = [(kernel(FEW, 1, 4, 4), training.parameter(FEW)), (kernel(MANY, FEW, 4, 4), training.parameter(MANY))]
    mean, log_variance = training.layer(FEATURES, LATENT), training.layer(FEATURES, LATENT)
    hidden = training.layer(LATENT, FEATURES)
    third, logits = [(kernel(MANY, FEW, 4, 4), training.parameter(FEW)), (kernel(FEW, 1, 4, 4), training.parameter(1))]
    images = (torch.rand(BATCH, 1, SIDE, SIDE) < 0.2).float().contiguous(memory_format=memory)
    noise = torch.randn(BATCH, LATENT)

    def loss():
        h = F.relu(F.conv2d(images, *first, stride=2, padding=1))
        h = F.relu(F.conv2d(h, *second, stride=2, padding=1)).flatten(1)
        mu, s = F.linear(h, *mean), F.linear(h, *log_variance)
        z = mu + torch.exp(0.5 * s) * noise
        h = F.relu(F.linear(z, *hidden)).view(BATCH, MANY, QUARTER, QUARTER).contiguous(memory_format=memory)
        h = F.relu(F.conv_transpose2d(h, *third, stride=2, padding=1))
        x = F.conv_transpose2d(h, *logits, stride=2, padding=1)
        reconstruction = F.binary_cross_entropy_with_logits(x, images, reduction="sum")
        kl = 0.5 * (mu.square() + s.exp() - s - 1).sum()
        return (reconstruction + kl) / BATCH

    pairs = [first, second, mean, log_variance, hidden, third, logits]
    return [tensor for pair in pairs for tensor in pair], loss


if __name__ == "__main__":
    torch.manual_seed(0)
    training.serve(problem, ("channels first", "channels last"))
