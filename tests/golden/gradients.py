"""Values, gradients and Hessians times vectors of operations, by PyTorch's autograd in float64.

Each operation gives y, whose loss is the sum of y times a wave. Its gradients with respect to all inputs are g, and the
gradient of the sum of g times waves is the Hessian times a vector. Images have channels last, as in TensorFlow.js.
The functions of the same names in TensorFlow.js are in `tests/compile/gradients/functions.ts`.
"""
import numpy as np
import torch
import torch.nn.functional as F

from golden import wave, write

FIRST, BACK = [0, 3, 1, 2], [0, 2, 3, 1]


def some(shape, phase=0.3, amplitude=1.6):
    return {"shape": shape, "phase": phase, "amplitude": amplitude}


def positive(shape, phase=0.3, least=0.4):
    """The least number plus the absolute value of a wave."""
    return {"shape": shape, "phase": phase, "amplitude": 1.5, "least": least}


def given(values, shape=None):
    array = np.array(values, dtype=np.float64)
    return {"shape": list(array.shape) if shape is None else shape, "data": array.flatten().tolist()}


def array_of(operand):
    if "data" in operand:
        return np.array(operand["data"]).reshape(operand["shape"])
    values = wave(operand["shape"], operand["phase"], operand["amplitude"])
    if "least" not in operand:
        return values
    return (np.float32(operand["least"]) + np.abs(values).astype(np.float32)).astype(np.float64)


def images(f, first=FIRST, back=BACK):
    """A function of images with channels first, for channels last."""
    return lambda x, *rest: f(x.permute(first), *rest).permute(back)


def oihw(filters):
    return filters.permute(3, 2, 0, 1)


def conv(**options):
    return images(lambda x, w: F.conv2d(x, oihw(w), **options))


def depthwise(**options):
    def f(x, w):
        h, k, c, m = w.shape
        return F.conv2d(x, w.permute(2, 3, 0, 1).reshape(c * m, 1, h, k), groups=c, **options)

    return images(f)


def padded(sides, f):
    return lambda x, *rest: f(F.pad(x, sides), *rest)


def volume(f):
    return images(f, [0, 4, 1, 2, 3], [0, 2, 3, 4, 1])


def cumulated(f, axis, exclusive=False, reverse=False, neutral=0.0):
    def g(x):
        y = x.flip(axis) if reverse else x
        if exclusive:
            first = torch.full_like(y.narrow(axis, 0, 1), neutral)
            y = torch.cat([first, y.narrow(axis, 0, y.shape[axis] - 1)], axis)
        y = f(y, axis)
        return y.flip(axis) if reverse else y

    return g


def mirrored(mode):
    def f(x):
        if mode == "reflect":
            return torch.cat([x.narrow(1, 1, 2).flip(1), x, x.narrow(1, 1, 2).flip(1)], 1)
        wide = torch.cat([x.narrow(1, 0, 2).flip(1), x, x.narrow(1, 3, 1)], 1)
        return torch.cat([wide.narrow(0, 0, 1), wide], 0)

    return f


def products(x, axes):
    for axis in sorted(axes, reverse=True):
        x = x.prod(axis)
    return x


def norm_of(x, mean, variance, scale=None, offset=None):
    y = (x - mean) / torch.sqrt(variance + 1e-3)
    y = y if scale is None else y * scale
    return y if offset is None else y + offset


def resized(mode, size, **options):
    return images(lambda x: F.interpolate(x, size, mode=mode, **options))


def picked(axis, places):
    return lambda x: x.index_select(axis, torch.tensor(places))


def response(x, radius=1, bias=1.0, alpha=0.5, beta=0.75):
    channels = x.shape[-1]
    distance = (torch.arange(channels)[:, None] - torch.arange(channels)[None]).abs()
    around = (x * x) @ (distance <= radius).double()
    return x * (bias + alpha * around) ** -beta


def dilated(x, w):
    """Morphological dilation: the maximum over a window of image plus filter."""
    x, (h, k, c) = x.permute(FIRST), w.shape
    parts = [
        x[:, :, i : x.shape[2] - h + 1 + i, j : x.shape[3] - k + 1 + j] + w[i, j][:, None, None]
        for i in range(h)
        for j in range(k)
    ]
    return torch.stack(parts).amax(0).permute(BACK)


def to_space(x, block=2):
    b, h, w, c = x.shape
    d = c // block**2
    return x.reshape(b, h, w, block, block, d).permute(0, 1, 3, 2, 4, 5).reshape(b, h * block, w * block, d)


def to_batch(x):
    x = F.pad(x, (0, 0, 1, 0, 0, 1))
    b, h, w, c = x.shape
    return x.reshape(b, h // 2, 2, w // 2, 2, c).permute(2, 4, 0, 1, 3, 5).reshape(4 * b, h // 2, w // 2, c)


def from_batch(x):
    b, h, w, c = x.shape
    return x.reshape(2, 2, b // 4, h, w, c).permute(2, 3, 0, 4, 1, 5).reshape(b // 4, 2 * h, 2 * w, c)[:, 1:]


M, V = [2, 5], [5]
x, v = some(M), some(V, 1.1)
beyond = positive(M, 0.3, 1.6)
between = some(M, 0.3, 0.55)
square = some([3, 3])
zeros = given([1.5, 0, -2, 0.5, 3, 0, 0.25, 2, -1], [3, 3])
ties = given([3, 3, 2, 2, 3, 2, 1, 1, 1], [3, 3])
photo = some([1, 5, 4, 2], 0.9)
flat = given([1, 1, 0, 2, 2, 1, 1, 1, 0, 2, 2, 2, 0, 1, 2, 2], [1, 4, 4, 1])
small, tall = some([3, 3, 2, 3], 1.9, 0.7), some([3, 2, 2, 3], 1.9, 0.7)
cube = some([1, 4, 3, 2, 2], 0.7)
cells = some([2, 2, 2, 2, 3], 1.4, 0.7)
targets = given([0.1, 0.2, 0.3, 0.4, 0.7, 0, 0.1, 0, 0.25, 0.25, 0.25, 0.25], [3, 4])

# name: function, inputs; "kink" where a step to either side leaves the piece of the function
CASES = {
    **{name: (f, [x]) for name, f in {
        "abs": torch.abs, "exp": torch.exp, "expm1": torch.expm1, "square": torch.square,
        "reciprocal": torch.reciprocal, "sin": torch.sin, "cos": torch.cos, "tan": lambda x: torch.tan(0.6 * x),
        "atan": torch.atan, "sinh": torch.sinh, "cosh": torch.cosh, "tanh": torch.tanh, "asinh": torch.asinh,
        "erf": torch.erf, "sigmoid": torch.sigmoid, "softplus": F.softplus, "logSigmoid": F.logsigmoid,
        "relu": torch.relu, "relu6": lambda x: F.relu6(5 * x), "elu": F.elu, "selu": F.selu,
        "leakyRelu": lambda x: F.leaky_relu(x, 0.2), "mish": F.mish, "swish": F.silu, "neg": torch.neg,
        "clipByValue": lambda x: torch.clamp(x, -1, 0.7), "sign": torch.sign, "floor": torch.floor,
        "ceil": torch.ceil, "round": torch.round, "step": lambda x: torch.sign(torch.relu(x)) + 0.3 * (x <= 0),
        "softmax": lambda x: torch.softmax(x, -1), "logSoftmax": lambda x: torch.log_softmax(x, -1),
        "logSumExp": lambda x: torch.logsumexp(x, 1), "logSumExp of all": lambda x: torch.logsumexp(x, (0, 1)),
        "where of a comparison": lambda x: torch.where(x > 0.2, x * x, torch.exp(x)),
        "floorDiv": lambda x: torch.floor(x / 0.7) * 1.0, "cast to int32": lambda x: torch.trunc(2 * x) * x,
    }.items()},
    **{name: (f, [positive(M)]) for name, f in {
        "log": torch.log, "log1p": torch.log1p, "sqrt": torch.sqrt, "rsqrt": torch.rsqrt,
        "pow of a third": lambda x: x ** (1 / 3), "pow 3": lambda x: x**3, "pow -2": lambda x: x**-2.0,
    }.items()},
    **{name: (f, [between]) for name, f in {
        "asin": torch.asin, "acos": torch.acos, "atanh": torch.atanh,
    }.items()},
    "acosh": (torch.acosh, [beyond]),
    "prelu": (lambda x, a: torch.where(x > 0, x, a * x), [x, v]),
    # at the bends
    "abs at 0": (torch.abs, [given([0, -1, 0, 2])], "kink"),
    "relu at 0": (torch.relu, [given([0, -1, 0, 2])], "kink"),
    "relu6 at 0 and 6": (F.relu6, [given([0, 6, 3, 7, -1])], "kink"),
    "leakyRelu at 0": (lambda x: F.leaky_relu(x, 0.2), [given([0, -1, 2])], "kink"),
    "elu at 0": (F.elu, [given([0, -1, 2])], "kink"),
    "prelu at 0": (lambda x, a: torch.where(x > 0, x, a * x), [given([0, -1, 2]), given([0.1, 0.2, 0.3])], "kink"),
    "clipByValue at its bounds": (lambda x: torch.clamp(x, -1, 1), [given([-1, 1, 0, 2])], "kink"),
    "sqrt at 0": (torch.sqrt, [given([0, 4])], "kink"),
    "pow 2 at 0": (lambda x: x**2, [given([0, 2, -1])], "kink"),
    "pow 1 at 0": (lambda x: x**1.0, [given([0, 2, -1])], "kink"),
    "pow 0 at 0": (lambda x: x**0.0 + x * x, [given([0, 2, -1])], "kink"),
    "pow of exponents, base 0": (lambda n: torch.pow(torch.tensor([0.0, 2, 3]).double(), n), [given([2, 0, 1])]),
    "norm at 0": (lambda x: x.norm(), [given([0, 0, 0])], "kink"),
    "norm of rows, one 0": (lambda x: x.norm(dim=1), [given([[0, 0, 0], [1, -2, 2]])], "kink"),
    "norm": (lambda x: x.norm(dim=1), [x]),
    "norm of a matrix": (lambda x: x.norm(), [x]),
    "norm, sum": (lambda x: x.norm(p=1, dim=0), [x]),
    "norm, maximum": (lambda x: x.norm(p=float("inf"), dim=1), [x]),
    "maximum of equals": (torch.maximum, [given([1, 2, 3]), given([1, 3, 3])], "kink"),
    "minimum of equals": (torch.minimum, [given([1, 2, 3]), given([1, 3, 3])], "kink"),
    "max of equals": (lambda x: x.amax(1), [ties], "kink"),
    "max of all, equals": (lambda x: x.amax(), [ties], "kink"),
    "min of equals": (lambda x: x.amin(0), [ties], "kink"),
    "logSumExp of equals": (lambda x: torch.logsumexp(x, 1), [ties]),
    "divNoNan": (lambda a, b: a / b, [x, positive(M)]),
    "atan2 on the axes": (torch.atan2, [given([0, 1, -1, 0]), given([2, 0, 0, -3])], "kink"),
    # two numbers, one of them repeated
    **{name: (f, [positive(M, 0.3), positive(V, 1.1)]) for name, f in {
        "add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div, "pow": torch.pow,
        "squaredDifference": lambda a, b: (a - b) ** 2,
        "addN": lambda a, b: a + b * torch.ones_like(a) + a,
    }.items()},
    "atan2": (torch.atan2, [x, v]),
    "maximum": (torch.maximum, [x, v]),
    "minimum": (torch.minimum, [x, v]),
    "mod": (lambda a, b: a - b * torch.floor(a / b).detach(), [positive(M, 0.3), given([0.9, 1.1, 0.6, 1.7, 0.8])], "kink"),
    "sub, left repeated": (torch.sub, [some([3, 1]), some([1, 4], 1.1)]),
    # along axes
    "sum": (lambda x: x.sum(0), [x]),
    "sum of two axes": (lambda x: x.sum((0, 2)), [some([2, 3, 4])]),
    "mean": (lambda x: x.mean(1), [x]),
    "mean of two axes": (lambda x: x.mean((1, 2)), [some([2, 3, 4])]),
    "max": (lambda x: x.amax(0), [x]),
    "max of two axes": (lambda x: x.amax((0, 2)), [some([2, 3, 4])]),
    "min": (lambda x: x.amin(1), [x]),
    "prod": (lambda x: x.prod(1), [x]),
    "prod of all, one 0": (lambda x: x.prod(), [given([2, 0, 3, -1])]),
    "prod, zeros": (lambda x: x.prod(1), [zeros]),
    "prod of the first axis": (lambda x: x.prod(0), [some([3, 4])]),
    "prod of two axes": (lambda x: products(x, [0, 2]), [some([2, 3, 2])]),
    **{f"cumsum of axis {axis}{', exclusive' * e}{', reverse' * r}": (
        cumulated(torch.cumsum, axis, e, r), [some([2, 3, 4])])
        for axis, e, r in [(0, 0, 0), (1, 0, 0), (2, 0, 0), (1, 1, 0), (1, 0, 1), (0, 1, 1), (2, 1, 1)]},
    **{f"cumprod of axis {axis}{', exclusive' * e}{', reverse' * r}": (
        cumulated(torch.cumprod, axis, e, r, 1.0), [zeros])
        for axis, e, r in [(0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 0, 1), (0, 1, 1)]},
    # moved
    "reshape": (lambda x: (x * x).reshape(5, 2), [x]),
    "expandDims": (lambda x: (x * x)[:, None], [x]),
    "transpose": (lambda x: (x * x).permute(2, 0, 1), [some([2, 3, 4])]),
    "tile": (lambda x: (x * x).repeat(2, 3), [x]),
    "broadcastTo": (lambda x: (x * x).expand(3, 2, 5), [x]),
    "broadcastTo along both": (lambda x: (x * x).expand(2, 3, 5), [some([3, 1])]),
    "concat": (lambda a, b: torch.cat([a * b[:, :5], b], 1), [x, some([2, 6], 1.1)]),
    "stack": (lambda a, b: torch.stack([a * b, b], 1), [x, some(M, 1.1)]),
    "unstack": (lambda x: x[0] * x[1], [x]),
    "unstack of one": (lambda x: (x * x)[0], [some([1, 3])]),
    "split into one": (lambda x: x * x, [x]),
    "bandPart": (lambda x: torch.tril(x * x).triu(-1), [square]),
    "diag": (lambda x: torch.diag(x * x), [v]),
    "flipLeftRight": (lambda x: (x * x).flip(2), [photo]),
    "sparseToDense": (
        lambda u, d: (d * torch.ones(5).double()).index_copy(0, torch.tensor([3, 1]), u * u), [some([2]), some([], 1.1)]),
    "split": (lambda x: x[:, :2].sum(1) * x[:, 2:].sum(1), [x]),
    "slice": (lambda x: (x * x)[1:, 1:4], [x]),
    "stridedSlice": (lambda x: (x * x)[:, 0:5:2], [x]),
    "stridedSlice backward": (lambda x: (x * x).flip(1)[:, 0:4:3], [x]),
    "stridedSlice of one row": (lambda x: (x * x)[1, 1:4], [x]),
    "reverse": (lambda x: (x * x).flip(1), [x]),
    "pad": (lambda x: F.pad(x * x, (1, 2, 0, 1), value=0.5), [x]),
    "mirrorPad reflect": (lambda x: mirrored("reflect")(x * x), [some([2, 4])]),
    "mirrorPad symmetric": (lambda x: mirrored("symmetric")(x * x), [some([2, 4])]),
    "gather": (lambda x: picked(0, [2, 0, 2])(x * x), [some([3, 4])]),
    "gather of axis 1": (lambda x: picked(1, [3, 0, 3, 1])(x * x), [some([2, 4, 3])]),
    "gather by rows": (
        lambda x: torch.gather(x * x, 1, torch.tensor([[1, 1], [0, 2]])), [some([2, 3])]),
    "gather by rows of axis 2": (
        lambda x: torch.gather(x * x, 2, torch.tensor([[1, 1, 3], [0, 2, 0]])[:, None].expand(2, 3, 3)),
        [some([2, 3, 4])]),
    "gatherND": (lambda x: (x * x)[[0, 1, 0], [2, 0, 2]], [some([2, 3])]),
    "scatterND": (
        lambda u: torch.zeros(4, 3).double().index_add(0, torch.tensor([2, 0, 2]), u * u), [some([3, 3])]),
    "tensorScatterUpdate": (
        lambda x, u: (x * x).index_copy(0, torch.tensor([2, 0]), u * u), [some([3, 2]), some([2, 2], 1.2)]),
    "unsortedSegmentSum": (
        lambda x: torch.zeros(3, 2).double().index_add(0, torch.tensor([1, 0, 1, 2]), x * x), [some([4, 2])]),
    "topk": (lambda x: torch.topk(x, 2).values ** 2, [x]),
    "argMin and what is finite": (lambda x: x * x + x.argmin(1, keepdim=True), [x]),
    "oneHot and argMax": (lambda x: F.one_hot(x.argmax(1), 5) * x, [x]),
    "spaceToBatchND": (lambda x: to_batch(x * x), [some([1, 3, 3, 2])]),
    "batchToSpaceND": (lambda x: from_batch(x * x), [some([4, 2, 2, 1])]),
    "depthToSpace": (lambda x: to_space(x * x), [some([1, 2, 2, 8])]),
    # products
    "matMul": (torch.matmul, [some([2, 3]), some([3, 4], 1.1)]),
    "matMul, left transposed": (lambda a, b: a.T @ b, [some([3, 2]), some([3, 4], 1.1)]),
    "matMul, right transposed": (lambda a, b: a @ b.T, [some([2, 3]), some([4, 3], 1.1)]),
    "matMul, both transposed": (lambda a, b: a.T @ b.T, [some([3, 2]), some([4, 3], 1.1)]),
    "matMul of stacks": (torch.matmul, [some([2, 2, 3]), some([2, 3, 2], 1.1)]),
    "matMul with a bias": (lambda a, b, c: a @ b + c, [some([2, 3]), some([3, 4], 1.1), some([4], 0.5)]),
    **{f"einsum {equation}": (lambda *xs, e=equation: torch.einsum(e, *xs), inputs) for equation, inputs in {
        "ij,jk->ik": [some([2, 3]), some([3, 4], 1.1)],
        "ij,k->ik": [some([2, 3]), some([4], 1.1)],
        "ij,kl->": [some([2, 3]), some([2, 2], 1.1)],
        "ij,ij->ij": [some([2, 3]), some([2, 3], 1.1)],
        "bij,bkj->bik": [some([2, 2, 3]), some([2, 2, 3], 1.1)],
        "i,j->ij": [some([2]), some([3], 1.1)],
        "ijk->ki": [some([2, 3, 2])],
    }.items()},
    # images
    "conv2d same": (conv(padding=1), [photo, small]),
    "conv2d valid": (conv(), [photo, small]),
    "conv2d of stride 2": (padded((0, 0, 0, 1, 1, 1), conv(stride=2)), [photo, small]),
    "conv2d of strides 2 and 1": (conv(stride=(2, 1), padding=1), [photo, small]),
    "conv2d padded by 2": (conv(padding=2), [photo, tall]),
    "conv2d dilated": (conv(dilation=2, padding=2), [photo, small]),
    "conv2d dilated unevenly": (conv(dilation=(2, 1)), [photo, tall]),
    "conv2d NCHW": (lambda x, w: F.conv2d(x, oihw(w), padding=1), [some([1, 2, 5, 4], 0.9), small]),
    "conv2d with a bias, dilated": (
        lambda x, w, b: conv(dilation=2, padding=2)(x, w) + b, [photo, small, some([3], 0.5)]),
    "conv2d with an activation": (lambda x, w, b: torch.tanh(conv()(x, w) + b), [photo, small, some([3], 0.5)]),
    "conv1d": (
        lambda x, w: F.conv1d(x.permute(0, 2, 1), w.permute(2, 1, 0), padding=1).permute(0, 2, 1),
        [some([2, 5, 2]), some([3, 2, 3], 1.1)]),
    "conv2dTranspose": (
        images(lambda x, w: F.conv_transpose2d(x, w.permute(3, 2, 0, 1), stride=2, padding=1)),
        [some([1, 3, 3, 3]), some([4, 4, 2, 3], 1.1, 0.7)]),
    "depthwiseConv2d": (depthwise(padding=1), [photo, some([3, 3, 2, 2], 1.1)]),
    "depthwiseConv2d of stride 2": (padded((0, 0, 0, 1, 1, 1), depthwise(stride=2)), [photo, some([3, 3, 2, 1], 1.1)]),
    "depthwiseConv2d dilated": (depthwise(dilation=2, padding=2), [photo, some([3, 3, 2, 2], 1.1)]),
    "depthwiseConv2d with a bias": (
        lambda x, w, b: depthwise()(x, w) + b, [photo, some([2, 2, 2, 1], 1.1), some([2], 0.5)]),
    "separableConv2d": (
        lambda x, w, p: conv()(depthwise(padding=1)(x, w), p),
        [photo, some([3, 3, 2, 2], 1.1), some([1, 1, 4, 3], 0.4)]),
    "conv3d": (
        volume(lambda x, w: F.conv3d(x, w.permute(4, 3, 0, 1, 2))), [cube, cells]),
    "conv3d of stride 2": (
        padded((0, 0, 0, 0, 0, 1), volume(lambda x, w: F.conv3d(x, w.permute(4, 3, 0, 1, 2), stride=2))), [cube, cells]),
    "conv3d dilated": (
        padded((0, 0, 1, 1, 1, 1, 1, 1), volume(lambda x, w: F.conv3d(x, w.permute(4, 3, 0, 1, 2), dilation=2))),
        [cube, cells]),
    "conv3dTranspose": (
        volume(lambda x, w: F.conv_transpose3d(x, w.permute(4, 3, 0, 1, 2), stride=2)),
        [some([1, 2, 2, 1, 3]), cells]),
    "maxPool": (images(lambda x: F.max_pool2d(x, 2, 2)), [some([1, 4, 4, 2])]),
    "maxPool, overlapping": (images(lambda x: F.max_pool2d(x, 3, 1, 1)), [some([1, 4, 4, 2])]),
    "maxPool of equals": (images(lambda x: F.max_pool2d(x, 2, 2)), [flat], "kink"),
    "maxPool of equals, overlapping": (images(lambda x: F.max_pool2d(x, 3, 1, 1)), [flat], "kink"),
    "maxPool rounded up": (images(lambda x: F.max_pool2d(x, 2, 2, ceil_mode=True)), [some([1, 5, 3, 1])], "kink"),
    "maxPool with positions": (images(lambda x: F.max_pool2d(x, 2, 2)), [some([1, 4, 4, 2])]),
    "maxPool dilated": (images(lambda x: F.max_pool2d(x, 2, 1, dilation=2)), [some([1, 4, 4, 2])]),
    "avgPool": (images(lambda x: F.avg_pool2d(x * x, 2, 2)), [some([1, 4, 4, 2])]),
    "avgPool same": (
        images(lambda x: F.avg_pool2d(x * x, 3, 2, 1, count_include_pad=False)), [some([1, 3, 3, 2])]),
    "avgPool, overlapping": (
        images(lambda x: F.avg_pool2d(x * x, 3, 1, 1, count_include_pad=False)), [some([1, 4, 4, 1])]),
    "avgPool rounded up": (
        images(lambda x: F.avg_pool2d(x * x, 2, 2, ceil_mode=True, count_include_pad=False)), [some([1, 5, 3, 1])]),
    "maxPool3d": (volume(lambda x: F.max_pool3d(x * x, 2, (2, 1, 1))), [cube]),
    "maxPool3d same": (volume(lambda x: F.max_pool3d(x, 3, 2, 1)), [some([1, 3, 3, 3, 1])], "kink"),
    "avgPool3d": (volume(lambda x: F.avg_pool3d(x * x, 2, (2, 1, 1))), [cube]),
    "avgPool3d same": (
        volume(lambda x: F.avg_pool3d(x * x, 3, 2, 1, count_include_pad=False)), [some([1, 3, 3, 3, 1])]),
    "resizeBilinear": (resized("bilinear", (7, 5), align_corners=True), [some([1, 4, 3, 2])]),
    "resizeBilinear of half pixels": (resized("bilinear", (7, 5), align_corners=False), [some([1, 4, 3, 2])]),
    "resizeBilinear smaller": (resized("bilinear", (2, 3), align_corners=True), [some([1, 4, 5, 1])]),
    "resizeNearestNeighbor": (resized("nearest", (7, 5)), [some([1, 4, 3, 2])]),
    "resizeNearestNeighbor of half pixels": (resized("nearest-exact", (7, 5)), [some([1, 4, 3, 2])]),
    "upSampling2d": (resized("nearest", (6, 6)), [some([1, 3, 3, 2])]),
    "localResponseNormalization": (response, [some([1, 2, 2, 4])]),
    "dilation2d": (dilated, [some([1, 4, 4, 2]), some([2, 2, 2], 1.1)]),
    "batchNorm": (norm_of, [x, v, positive(V), some(V, 0.6), some(V, 2.6)]),
    "batchNorm without scale": (lambda x, m, s, o: norm_of(x, m, s, None, o), [x, v, positive(V), some(V, 2.6)]),
    "batchNorm of images": (norm_of, [some([1, 2, 2, 3]), some([3], 1.1), positive([3]), some([3], 0.6), some([3], 2)]),
    "softmaxCrossEntropy": (
        lambda t, z: -(t * torch.log_softmax(z, -1)).sum(-1).mean(), [targets, some([3, 4], 1.1)]),
    "sigmoidCrossEntropy": (
        lambda z: F.binary_cross_entropy_with_logits(z, tensor(array_of(targets)), reduction="mean"), [some([3, 4], 1.1)]),
}


def tensor(values):
    return torch.tensor(values.tolist(), dtype=torch.float64)


def numbers(g):
    """JSON has no words for what is not finite."""
    values = (g.detach() + 0.0).flatten().tolist()
    return [float(f"{value:.8g}") if np.isfinite(value) else str(value) for value in values]


def derivatives(f, operands):
    inputs = [tensor(array_of(operand)).requires_grad_() for operand in operands]
    y = f(*inputs)
    loss = (y * tensor(wave(list(y.shape), 0.4))).sum()
    options = {"allow_unused": True, "materialize_grads": True}
    gradients = torch.autograd.grad(loss, inputs, create_graph=True, **options)
    along = sum((g * tensor(wave(list(g.shape), 2.2))).sum() for g in gradients)
    products = torch.autograd.grad(along, inputs, **options) if along.requires_grad else [
        torch.zeros_like(i) for i in inputs
    ]
    return {
        "inputs": operands,
        "value": numbers(y),
        "gradients": [numbers(g) for g in gradients],
        "hessianTimesVector": [numbers(g) for g in products],
    }


def case(f, operands, *kink):
    return {**derivatives(f, operands), "isSmooth": not kink}


write(__file__, [np, torch], {"cases": {name: case(*row) for name, row in CASES.items()}})
