"""A transformer with 4 heads for 64 tokens, in PyTorch, batches of 16: transformer.py LAYERS WIDTH"""

import sys

import torch
import torch.nn.functional as F

import training

BATCH, LENGTH, VOCABULARY, HEADS = 16, 64, 65, 4
LAYERS, WIDTH = map(int, sys.argv[1:3])
FEED_FORWARD = 4 * WIDTH


def norm():
    return torch.nn.Parameter(torch.ones(WIDTH)), training.parameter(WIDTH)


def problem(kind):
    tokens, positions = training.parameter(VOCABULARY, WIDTH), training.parameter(LENGTH, WIDTH)
    head = training.parameter(VOCABULARY, WIDTH)
    final = norm()
    layers = [
        {
            "first": norm(),
            "attention": training.layer(WIDTH, 3 * WIDTH),
            "output": training.layer(WIDTH, WIDTH),
            "second": norm(),
            "in": training.layer(WIDTH, FEED_FORWARD),
            "out": training.layer(FEED_FORWARD, WIDTH),
        }
        for _ in range(LAYERS)
    ]
    source = torch.randint(VOCABULARY, (BATCH, LENGTH))
    target = torch.randint(VOCABULARY, (BATCH, LENGTH))
    mask = torch.full((LENGTH, LENGTH), float("-inf")).triu(1)

    def attend(query, key, value):
        if kind == "fused attention":
            return F.scaled_dot_product_attention(query, key, value, is_causal=True)
        scores = query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + mask
        return torch.softmax(scores, -1) @ value

    def heads(x):
        return x.view(BATCH, LENGTH, HEADS, WIDTH // HEADS).transpose(1, 2)

    def loss():
        x = F.embedding(source, tokens) + positions
        for layer in layers:
            y = F.linear(F.layer_norm(x, (WIDTH,), *layer["first"]), *layer["attention"])
            y = attend(*map(heads, y.split(WIDTH, -1)))
            x = x + F.linear(y.transpose(1, 2).reshape(BATCH, LENGTH, WIDTH), *layer["output"])
            y = F.linear(F.layer_norm(x, (WIDTH,), *layer["second"]), *layer["in"])
            x = x + F.linear(F.gelu(y), *layer["out"])
        logits = F.linear(F.layer_norm(x, (WIDTH,), *final), head)
        return F.cross_entropy(logits.view(-1, VOCABULARY), target.view(-1))

    pairs = [pair for layer in layers for pair in layer.values()] + [final]
    return [tokens, positions, head] + [tensor for pair in pairs for tensor in pair], loss


if __name__ == "__main__":
    torch.manual_seed(0)
    kinds = ["attention step by step"]
    if hasattr(F, "scaled_dot_product_attention"):
        kinds.append("fused attention")
    if LAYERS * WIDTH < 4096:
        training.serve(problem, kinds)
    else:  # a step takes seconds
        training.serve(problem, kinds[-1:], rounds=1)
