"""The U-Net of `diffusion-mnist` in PyTorch: noise found in batches of 64 images, or steps of guided sampling.

Arguments: `train` or `sample`, then `eager` or `compiled`.
"""

import sys

import torch
import torch.nn.functional as F
from torch import nn

import contest
import training

BATCH, SIDE, CHANNELS, TIME, WIDTH, CLASSES, GROUPS = 64, 28, 16, 64, 128, 10, 8
STEPS, GUIDANCE = 10, 2.0


class Block(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.first_norm = nn.GroupNorm(GROUPS, inputs)
        self.first = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.told = nn.Linear(WIDTH, outputs)
        self.second_norm = nn.GroupNorm(GROUPS, outputs)
        self.second = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.short = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()

    def forward(self, x, told):
        h = self.first(F.silu(self.first_norm(x))) + self.told(told)[:, :, None, None]
        return self.short(x) + self.second(F.silu(self.second_norm(h)))


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm = nn.GroupNorm(GROUPS, channels)
        self.input, self.output = nn.Conv2d(channels, 3 * channels, 1), nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        batch, channels, height, width = x.shape
        query, key, value = self.input(self.norm(x)).flatten(2).transpose(1, 2).chunk(3, -1)
        read = F.scaled_dot_product_attention(query, key, value)
        return x + self.output(read.transpose(1, 2).reshape(batch, channels, height, width))


class Unet(nn.Module):
    def __init__(self):
        super().__init__()
        full, half, quarter = CHANNELS, 2 * CHANNELS, 4 * CHANNELS
        self.time = nn.Sequential(nn.Linear(TIME, WIDTH), nn.SiLU(), nn.Linear(WIDTH, WIDTH))
        self.classes = nn.Embedding(CLASSES + 1, WIDTH)
        self.enter = nn.Conv2d(1, full, 3, padding=1)
        self.down = nn.ModuleList([Block(full, full), Block(full, half), Block(half, quarter)])
        self.middle = nn.ModuleList([Block(quarter, quarter), Block(quarter, quarter)])
        self.attention = Attention(quarter)
        self.up = nn.ModuleList([Block(2 * quarter, quarter), Block(quarter + half, half), Block(half + full, full)])
        self.norm, self.leave = nn.GroupNorm(GROUPS, full), nn.Conv2d(full, 1, 3, padding=1)

    def forward(self, x, time, classes):
        told = F.silu(self.time(time) + self.classes(classes))
        kept, h = [], self.enter(x)
        for i, block in enumerate(self.down):
            h = block(F.avg_pool2d(h, 2) if i else h, told)
            kept.append(h)
        h = self.middle[1](self.attention(self.middle[0](h, told)), told)
        for i, block in enumerate(self.up):
            h = F.interpolate(h, scale_factor=2, mode="nearest") if i else h
            h = block(torch.cat([h, kept.pop()], 1), told)
        return self.leave(F.silu(self.norm(h)))


def inputs(batch, memory):
    images = torch.randn(batch, 1, SIDE, SIDE).contiguous(memory_format=memory)
    return images, torch.randn(batch, TIME), torch.randint(CLASSES + 1, (batch,))


def model(order):
    memory = torch.channels_last if order == "channels last" else torch.contiguous_format
    return Unet().to(memory_format=memory), memory


def problem(order):
    unet, memory = model(order)
    images, time, classes = inputs(BATCH, memory)
    noise = torch.randn_like(images)
    return list(unet.parameters()), lambda: F.mse_loss(unet(images, time, classes), noise)


def sampling():
    """DDIM for 64 images, each step with 128 calls of the network; the unit is a step."""
    compiled = sys.argv[-1] == "compiled"
    signals = torch.linspace(0.05, 0.999, STEPS + 1)
    settings = []
    for order in ("channels first", "channels last"):
        unet, memory = model(order)
        _, time, classes = inputs(2 * BATCH, memory)
        for threads in (1, 2):
            network = torch.compile(unet) if compiled else unet

            @torch.inference_mode()
            def call(network=network, memory=memory, time=time, classes=classes):
                x = torch.randn(BATCH, 1, SIDE, SIDE)
                for before, after in zip(signals, signals[1:]):
                    pairs = torch.cat([x, x]).contiguous(memory_format=memory)
                    asked, free = network(pairs, time, classes).chunk(2)
                    noise = free + GUIDANCE * (asked - free)
                    image = ((x - (1 - before).sqrt() * noise) / before.sqrt()).clamp(-1, 1)
                    noise = (x - before.sqrt() * image) / (1 - before).sqrt()
                    x = after.sqrt() * image + (1 - after).sqrt() * noise
                return x

            settings.append((threads, order, contest.repeated(call, STEPS)))
    setting, run = contest.fastest(settings, rounds=1)
    contest.serve(("compiled by inductor, " if compiled else "") + setting, run)


if __name__ == "__main__":
    torch.manual_seed(0)
    if sys.argv[1] == "sample":
        sampling()
    else:
        training.serve(problem, ("channels first", "channels last"))
