"""Weight updates in JAX, jitted as a whole, Adam included: `jax_training.py WORK THREADS`.

WORK is `vae`, `gan`, or `transformer-LAYERS-WIDTH`. One thread is had by leaving the process one core.
"""

import os
import sys

WORK, THREADS = sys.argv[1], int(sys.argv[2])
if THREADS == 1 and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import jax
import jax.numpy as jnp

import contest

RATE, EPSILON = 1e-3, 1e-8


def layer(key, inputs, outputs):
    limit = (6 / (inputs + outputs)) ** 0.5
    return jax.random.uniform(key, (inputs, outputs), minval=-limit, maxval=limit), jnp.zeros(outputs)


def linear(x, weight_and_bias):
    weight, bias = weight_and_bias
    return x @ weight + bias


def entropy(logits, target):
    return jnp.maximum(logits, 0) - logits * target + jnp.log1p(jnp.exp(-jnp.abs(logits)))


def adam(parameters, gradients, state, betas):
    means, squares, step = state
    step = step + 1
    first, second = betas
    means = jax.tree.map(lambda m, g: first * m + (1 - first) * g, means, gradients)
    squares = jax.tree.map(lambda v, g: second * v + (1 - second) * g * g, squares, gradients)
    rate = RATE * jnp.sqrt(1 - second**step) / (1 - first**step)
    changed = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + EPSILON), parameters, means, squares)
    return changed, (means, squares, step)


def beginning(parameters):
    zeros = jax.tree.map(jnp.zeros_like, parameters)
    return zeros, jax.tree.map(jnp.zeros_like, parameters), jnp.zeros(())


def updates(parameters, loss, betas=(0.9, 0.999)):
    """A call that changes the parameters."""

    def step(parameters, state):
        value, gradients = jax.value_and_grad(loss)(parameters)
        return *adam(parameters, gradients, state, betas), value

    compiled = jax.jit(step, donate_argnums=(0, 1))
    kept = [parameters, beginning(parameters)]

    def call():
        kept[0], kept[1], value = compiled(*kept)
        value.block_until_ready()

    return call


def vae():
    pixels, hidden, latent, batch = 784, 500, 20, 128
    keys = jax.random.split(jax.random.key(0), 7)
    sizes = [(pixels, hidden), (hidden, latent), (hidden, latent), (latent, hidden), (hidden, pixels)]
    parameters = [layer(key, *size) for key, size in zip(keys, sizes)]
    images = (jax.random.uniform(keys[5], (batch, pixels)) < 0.2).astype(jnp.float32)
    noise = jax.random.normal(keys[6], (batch, latent))

    def loss(parameters):
        first, mean, log_variance, decoder, logits = parameters
        h = jnp.tanh(linear(images, first))
        mu, s = linear(h, mean), linear(h, log_variance)
        z = mu + jnp.exp(0.5 * s) * noise
        x = linear(jnp.tanh(linear(z, decoder)), logits)
        return (entropy(x, images).sum() + 0.5 * (mu**2 + jnp.exp(s) - s - 1).sum()) / batch

    return updates(parameters, loss)


def gan():
    batch, pixels, latent, target = 128, 784, 100, 0.9
    widths = (latent, 128, 256, 512, 1024, pixels)
    keys = iter(jax.random.split(jax.random.key(0), 16))
    generator = [
        (layer(next(keys), *pair), (jnp.ones(pair[1]), jnp.zeros(pair[1]))) for pair in zip(widths, widths[1:])
    ]
    discriminator = [layer(next(keys), *pair) for pair in ((pixels, 512), (512, 256), (256, 1))]
    real = jax.random.uniform(next(keys), (batch, pixels), minval=-1)
    noise = jax.random.normal(next(keys), (batch, latent))
    leaky = lambda x: jnp.where(x > 0, x, 0.2 * x)

    def generate(parameters):
        x = noise
        for i, (weights, (scale, shift)) in enumerate(parameters[:-1]):
            x = linear(x, weights)
            if i:
                x = (x - x.mean(0)) / jnp.sqrt(x.var(0) + 1e-5) * scale + shift
            x = leaky(x)
        return jnp.tanh(linear(x, parameters[-1][0]))

    def score(x, parameters):
        for weights in parameters[:-1]:
            x = leaky(linear(x, weights))
        return linear(x, parameters[-1])

    def step(generator, first, discriminator, second):
        made = generate(generator)
        judge = lambda p: entropy(score(real, p), target).mean() + entropy(score(made, p), 0.0).mean()
        discriminator, second = adam(discriminator, jax.grad(judge)(discriminator), second, (0.5, 0.999))
        fool = lambda p: entropy(score(generate(p), discriminator), 1.0).mean()
        value, gradients = jax.value_and_grad(fool)(generator)
        generator, first = adam(generator, gradients, first, (0.5, 0.999))
        return generator, first, discriminator, second, value

    compiled = jax.jit(step, donate_argnums=(0, 1, 2, 3))
    kept = [generator, beginning(generator), discriminator, beginning(discriminator)]

    def call():
        *kept[:], value = compiled(*kept)
        value.block_until_ready()

    return call


def transformer(layers, width):
    batch, length, vocabulary, heads = 16, 64, 65, 4
    keys = iter(jax.random.split(jax.random.key(0), 8 * layers + 8))
    norm = lambda: (jnp.ones(width), jnp.zeros(width))
    parameters = {
        "tokens": layer(next(keys), vocabulary, width)[0],
        "positions": layer(next(keys), length, width)[0],
        "head": layer(next(keys), width, vocabulary)[0],
        "final": norm(),
        "layers": [
            {
                "first": norm(),
                "attention": layer(next(keys), width, 3 * width),
                "output": layer(next(keys), width, width),
                "second": norm(),
                "in": layer(next(keys), width, 4 * width),
                "out": layer(next(keys), 4 * width, width),
            }
            for _ in range(layers)
        ],
    }
    source = jax.random.randint(next(keys), (batch, length), 0, vocabulary)
    target = jax.random.randint(next(keys), (batch, length), 0, vocabulary)
    mask = jnp.triu(jnp.full((length, length), -jnp.inf), 1)

    def normalized(x, scale_and_shift):
        scale, shift = scale_and_shift
        return (x - x.mean(-1, keepdims=True)) / jnp.sqrt(x.var(-1, keepdims=True) + 1e-5) * scale + shift

    def split(x):
        return x.reshape(batch, length, heads, -1).transpose(0, 2, 1, 3)

    def loss(parameters):
        x = parameters["tokens"][source] + parameters["positions"]
        for own in parameters["layers"]:
            query, key, value = map(split, jnp.split(linear(normalized(x, own["first"]), own["attention"]), 3, -1))
            scores = query @ key.swapaxes(-1, -2) * (width // heads) ** -0.5 + mask
            read = (jax.nn.softmax(scores, -1) @ value).transpose(0, 2, 1, 3).reshape(batch, length, width)
            x = x + linear(read, own["output"])
            x = x + linear(jax.nn.gelu(linear(normalized(x, own["second"]), own["in"]), approximate=False), own["out"])
        logits = normalized(x, parameters["final"]) @ parameters["head"]
        chosen = jnp.take_along_axis(jax.nn.log_softmax(logits, -1), target[..., None], -1)
        return -chosen.mean()

    return updates(parameters, loss)


def call_of(work):
    kind, *sizes = work.split("-")
    return {"vae": vae, "gan": gan, "transformer": transformer}[kind](*map(int, sizes))


if __name__ == "__main__":
    run = contest.repeated(call_of(WORK))
    contest.answer(f"JAX {jax.__version__}, jitted, {THREADS} threads", run)
