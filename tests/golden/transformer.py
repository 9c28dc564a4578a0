"""Layers and transformers by PyTorch's own modules, with gradients by its autograd."""
import math

import numpy as np
import torch
from torch.nn import functional

from golden import classes, parameter, wave, write

VOCABULARY, WIDTH, HEADS, HIDDEN, LAYERS, BATCH, CONTEXT = 7, 8, 2, 12, 2, 2, 5


def tensor(values):
    return torch.tensor(values.tolist(), dtype=torch.float64)


class Parameters(dict):
    """Makes each parameter on first use."""

    def __call__(self, path, shape):
        if path not in self:
            self[path] = tensor(parameter(path, shape)).requires_grad_()
        return self[path]


def projections(gradient):
    """Inner products with three waves: three numbers that tell a gradient, however large."""
    waves = [tensor(wave(gradient.shape, phase)) for phase in (0.5, 1.9, 3.1)]
    return torch.stack([(gradient * w).sum() for w in waves])


def layer_norm(p, path, x):
    scale, shift = p(f"{path}/scale", [WIDTH]), p(f"{path}/shift", [WIDTH])
    return functional.layer_norm(x, [WIDTH], scale, shift, eps=1e-5)


def linear(p, path, x, outputs):
    return x @ p(f"{path}/weight", [x.shape[-1], outputs]) + p(f"{path}/bias", [outputs])


def attention(p, path, x, source, mask=None, padding=None):
    """By torch.nn's multi-head attention: batch second, weights transposed; True hides."""
    names = ("query", "key", "value", "output")
    q, k, v, o = (p(f"{path}/{name}/weight", [WIDTH, WIDTH]) for name in names)
    q_bias, v_bias, o_bias = (p(f"{path}/{name}/bias", [WIDTH]) for name in names if name != "key")
    k_bias = torch.zeros(WIDTH).double()  # softmax would ignore any other
    y, weights = functional.multi_head_attention_forward(
        x.transpose(0, 1), source.transpose(0, 1), source.transpose(0, 1),
        WIDTH, HEADS, None, torch.cat([q_bias, k_bias, v_bias]), None, None, False, 0.0, o.T, o_bias,
        use_separate_proj_weight=True, q_proj_weight=q.T, k_proj_weight=k.T, v_proj_weight=v.T,
        attn_mask=mask, key_padding_mask=padding, average_attn_weights=False,
    )
    return y.transpose(0, 1), weights


def feed_forward(p, path, x, activation):
    return linear(p, f"{path}/narrow", activation(linear(p, f"{path}/widen", x, HIDDEN)), WIDTH)


def residual(p, path, x, sublayer, normalization):
    norm = f"{path}/norm"
    if normalization == "pre":
        return x + sublayer(layer_norm(p, norm, x))
    return layer_norm(p, norm, x + sublayer(x))


def stack(p, path, x, normalization, activation, mask, padding=None, memory=None, wide=True):
    activations = [x]
    for i in range(LAYERS):
        at = f"{path}/layers/{i}"
        x = residual(p, f"{at}/attention", x, lambda x: attention(
            p, f"{at}/attention/sublayer", x, x, mask, None if memory is not None else padding
        )[0], normalization)
        if memory is not None:
            x = residual(p, f"{at}/crossAttention", x, lambda x: attention(
                p, f"{at}/crossAttention/sublayer", x, memory, None, padding
            )[0], normalization)
        if wide:
            x = residual(p, f"{at}/feedForward", x, lambda x: feed_forward(
                p, f"{at}/feedForward/sublayer", x, activation
            ), normalization)
        x.retain_grad()
        activations.append(x)
    if normalization == "pre":
        x = layer_norm(p, f"{path}/finalNorm", x)
    return x, activations


causal = torch.ones(CONTEXT, CONTEXT).triu(1).bool()
tokens = torch.tensor(classes([BATCH, CONTEXT], VOCABULARY).tolist())
targets = tokens.flip(0, 1)


def loss_of(y, weight):
    return functional.cross_entropy((y @ weight).flatten(0, 1), targets.flatten())


def language_model(normalization, head, wide=True):
    p = Parameters()
    table = p("embedding/tokens", [VOCABULARY, WIDTH])
    x = table[tokens] + p("embedding/positions", [CONTEXT, WIDTH])
    x.retain_grad()
    y, activations = stack(p, "stack", x, normalization, functional.gelu, causal, wide=wide)
    loss = loss_of(y, table.T if head == "tied" else p("head", [WIDTH, VOCABULARY]))
    loss.backward()
    return {
        "loss": loss.item(),
        "gradients": {path: projections(value.grad) for path, value in p.items()},
        "activationGradients": [projections(x.grad) for x in activations],
    }


def positions():
    angle = np.arange(CONTEXT)[:, None] / 10000 ** (2 * np.arange(WIDTH // 2) / WIDTH)
    return tensor(np.stack([np.sin(angle), np.cos(angle)], -1).reshape(CONTEXT, WIDTH))


def translator():
    """The last source position of the first sequence is padding."""
    p = Parameters()
    padding = torch.zeros(BATCH, CONTEXT).bool()
    padding[0, -1] = True
    embed = lambda name, ids: p(f"{name}/tokens", [VOCABULARY, WIDTH])[ids] * math.sqrt(WIDTH) + positions()
    memory, _ = stack(p, "encoder", embed("source", tokens), "post", functional.relu, None, padding)
    y, _ = stack(p, "decoder", embed("target", tokens), "post", functional.relu, causal, padding, memory)
    loss = loss_of(y, p("head", [WIDTH, VOCABULARY]))
    loss.backward()
    gradients = {path: projections(value.grad) for path, value in p.items()}
    return {"loss": loss.item(), "gradients": gradients}


def attention_alone():
    p = Parameters()
    padding = torch.zeros(BATCH, 4).bool()
    padding[1, 2:] = True
    x = tensor(wave([BATCH, CONTEXT, WIDTH], 0.1))
    source = tensor(wave([BATCH, 4, WIDTH], 0.7))
    y, weights = attention(p, "attention", x, source, None, padding)
    return {"y": y.detach(), "weights": weights.detach()}


def layer_norm_alone():
    p = Parameters()
    x = tensor(wave([BATCH, CONTEXT, WIDTH], 0.1, 3) + 5).requires_grad_()
    y = layer_norm(p, "norm", x)
    (y * tensor(wave([BATCH, CONTEXT, WIDTH], 0.9))).sum().backward()
    gradients = {path: value.grad for path, value in p.items()}
    return {"y": y.detach(), "gradient": x.grad, "gradients": gradients}


x = tensor(wave([20], 0.3, 4)).requires_grad_()
functional.gelu(x).sum().backward()

write(__file__, [np, torch], {
    "gelu": functional.gelu(x).detach(),
    "geluGradient": x.grad,
    "layerNorm": layer_norm_alone(),
    "attention": attention_alone(),
    "pre": language_model("pre", "own"),
    "post": language_model("post", "tied"),
    "attentionOnly": language_model("post", "own", wide=False),
    "translator": translator(),
})
