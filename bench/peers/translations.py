"""Beam search over sentences in PyTorch, by a loop over tokens, with weights of ours.

Arguments: the model's file, and a JSON file `{sources, barred, beams, translations, longest}` of tokens. Translations
are ours: the program says how many of its own equal them. The longest translation has 2 n + 10 tokens, for sources of
n, unless given. Sentences of similar lengths go side by side, and a batch goes on
until its last sentence is done; keys and values are kept. The fastest of three batch sizes at one and two threads; it
answers with milliseconds for each sentence.
"""

import json
import struct
import sys

import torch
import torch.nn.functional as F

import contest

PAD, SOS, EOS = 0, 1, 2
HIDDEN = -1e9


def read(path):
    """Tensors and texts of a safetensors file."""
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header, data = json.loads(file.read(size)), file.read()
    texts = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        numbers = torch.frombuffer(bytearray(data[start:end]), dtype=torch.float32)
        tensors[name] = numbers.reshape(entry["shape"])
    return tensors, texts


class Gru:
    """GRUs with additive attention, which asks with the state before, with multiplicative, or with none."""

    longest = 1 << 30

    def __init__(self, tensors, _):
        self.of = tensors
        if "attention/location/weight" in tensors:
            sys.exit("Expected additive, multiplicative or no attention but found location")
        self.is_additive = "attention/additive/score/weight" in tensors
        self.is_multiplicative = "attention/multiplicative/weight" in tensors
        units = tensors["bridge/bias"].shape[0]
        embedding = tensors["source"].shape[1]
        self.encoder = torch.nn.GRU(embedding, units, batch_first=True, bidirectional=True)
        for direction, end in (("forward", ""), ("backward", "_reverse")):
            for part, short in (("input", "ih"), ("hidden", "hh")):
                path = f"encoder/{direction}/{part}"
                getattr(self.encoder, f"weight_{short}_l0{end}").data = tensors[f"{path}/weight"].T.contiguous()
                getattr(self.encoder, f"bias_{short}_l0{end}").data = tensors[f"{path}/bias"]
        joined = tensors["decoder/input/weight"].shape[0]
        self.cell = torch.nn.GRUCell(joined, units)
        for part, short in (("input", "ih"), ("hidden", "hh")):
            getattr(self.cell, f"weight_{short}").data = tensors[f"decoder/{part}/weight"].T.contiguous()
            getattr(self.cell, f"bias_{short}").data = tensors[f"decoder/{part}/bias"]

    def linear(self, x, name):
        return torch.addmm(self.of[f"{name}/bias"], x, self.of[f"{name}/weight"])

    def begin(self, sources, beams):
        lengths = torch.tensor([len(one) for one in sources])
        rows = torch.nn.utils.rnn.pad_sequence([torch.tensor(one) for one in sources], batch_first=True)
        packed = torch.nn.utils.rnn.pack_padded_sequence(
            self.of["source"][rows], lengths, batch_first=True, enforce_sorted=False
        )
        outputs, last = self.encoder(packed)
        memory, _ = torch.nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True)
        keys = memory
        if self.is_additive:
            keys = memory @ self.of["attention/additive/key/weight"] + self.of["attention/additive/key/bias"]
        if self.is_multiplicative:
            keys = memory @ self.of["attention/multiplicative/weight"]
        state = torch.tanh(self.linear(torch.cat([last[0], last[1]], 1), "bridge"))
        mask = torch.where(rows == PAD, HIDDEN, 0.0)
        self.memory, self.keys, self.mask, self.state = (
            x.repeat_interleave(beams, 0) for x in (memory, keys, mask, state)
        )

    def gather(self, scores):
        weights = torch.softmax(scores + self.mask, 1)
        return torch.bmm(weights[:, None], self.memory)[:, 0]

    def step(self, token, _):
        embedded = self.of["target"][token]
        context = []
        if self.is_additive:
            query = self.linear(self.state, "attention/additive/query")
            scores = torch.tanh(query[:, None] + self.keys) @ self.of["attention/additive/score/weight"]
            context = [self.gather(scores[:, :, 0])]
            self.state = self.cell(torch.cat([embedded, *context], 1), self.state)
        else:
            self.state = self.cell(embedded, self.state)
        if self.is_multiplicative:
            context = [self.gather(torch.bmm(self.keys, self.state[:, :, None])[:, :, 0])]
        features = torch.cat([self.state, *context, embedded], 1)
        return self.linear(self.linear(features, "readout"), "output")

    def follow(self, parents):
        self.state = self.state[parents]


class Transformer:
    """Pre-norm layers, waves as positions, one table of vectors."""

    def __init__(self, tensors, texts):
        sizes = json.loads(texts["transformer"])
        self.of, self.heads, self.layers = tensors, sizes["heads"], range(sizes["layers"])
        self.longest = sizes["maxLength"] + 16
        self.width = sizes["width"]
        place = torch.arange(self.longest)[:, None]
        even = torch.arange(0, self.width, 2)
        angle = place / 10_000 ** (even / self.width)
        self.waves = torch.stack([angle.sin(), angle.cos()], 2).reshape(self.longest, self.width)

    def linear(self, x, name):
        y = x @ self.of[f"{name}/weight"]
        bias = self.of.get(f"{name}/bias")
        return y if bias is None else y + bias

    def norm(self, x, name):
        return F.layer_norm(x, (self.width,), self.of[f"{name}/scale"], self.of[f"{name}/shift"])

    def split(self, x):
        return x.reshape(*x.shape[:2], self.heads, -1).transpose(1, 2)

    def attend(self, x, keys, values, path, mask):
        queries = self.split(self.linear(x, f"{path}/query"))
        y = F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
        return self.linear(y.transpose(1, 2).reshape(x.shape), f"{path}/output")

    def feed(self, x, path):
        y = torch.relu(self.linear(self.norm(x, f"{path}/norm"), f"{path}/sublayer/widen"))
        return x + self.linear(y, f"{path}/sublayer/narrow")

    def pair(self, x, path):
        return [self.split(self.linear(x, f"{path}/{part}")) for part in ("key", "value")]

    def embed(self, tokens, place):
        return self.of["target/tokens"][tokens] * self.width**0.5 + self.waves[place]

    def begin(self, sources, beams):
        rows = torch.nn.utils.rnn.pad_sequence([torch.tensor(one) for one in sources], batch_first=True)
        mask = torch.where(rows == PAD, HIDDEN, 0.0)[:, None, None]
        x = self.embed(rows, slice(0, rows.shape[1]))
        for i in self.layers:
            path = f"encoder/layers/{i}"
            y = self.norm(x, f"{path}/attention/norm")
            own = f"{path}/attention/sublayer"
            x = self.feed(x + self.attend(y, *self.pair(y, own), own, mask), f"{path}/feedForward")
        memory = self.norm(x, "encoder/finalNorm").repeat_interleave(beams, 0)
        self.mask = mask.repeat_interleave(beams, 0)
        self.cross = [self.pair(memory, f"decoder/layers/{i}/crossAttention/sublayer") for i in self.layers]
        self.kept = [None for _ in self.layers]

    def step(self, token, place):
        x = self.embed(token[:, None], place)
        for i in self.layers:
            path = f"decoder/layers/{i}"
            own = f"{path}/attention/sublayer"
            y = self.norm(x, f"{path}/attention/norm")
            now = self.pair(y, own)
            before = self.kept[i]
            self.kept[i] = now if before is None else [torch.cat(both, 2) for both in zip(before, now)]
            x = x + self.attend(y, *self.kept[i], own, None)
            y = self.norm(x, f"{path}/crossAttention/norm")
            x = x + self.attend(y, *self.cross[i], f"{path}/crossAttention/sublayer", self.mask)
            x = self.feed(x, f"{path}/feedForward")
        return self.norm(x, "decoder/finalNorm")[:, 0] @ self.of["target/tokens"].T

    def follow(self, parents):
        self.kept = [[x[parents] for x in pair] for pair in self.kept]


def search(model, sources, beams, barred, longest):
    """The best translation of each source of a batch, by log probability over length."""
    count = len(sources)
    most = [min(longest or 2 * len(one) + 10, model.longest) for one in sources]
    model.begin(sources, beams)
    scores = torch.full((count, beams), -torch.inf)
    scores[:, 0] = 0
    token = torch.full((count * beams,), SOS)
    running = [[[]] for _ in sources]
    ended = [[] for _ in sources]
    found = [None] * count
    length = 0
    while None in found:
        log_probs = F.log_softmax(model.step(token, length), 1)
        length += 1
        log_probs[:, barred] += HIDDEN
        totals = (scores[:, :, None] + log_probs.view(count, beams, -1)).view(count, -1)
        values, places = totals.topk(2 * beams, 1)
        words = log_probs.shape[1]
        nexts = [[PAD] * beams for _ in sources]
        parents = [list(range(beams)) for _ in sources]
        kept = [[-torch.inf] * beams for _ in sources]
        for i, (row, at) in enumerate(zip(values.tolist(), places.tolist())):
            if found[i] is not None:
                continue
            sequences = []
            for rank, (total, place) in enumerate(zip(row, at)):
                parent, word = divmod(place, words)
                if total == -torch.inf:
                    continue
                if word == EOS:
                    if rank < beams:
                        ended[i].append((total / length, running[i][parent]))
                elif len(sequences) < beams:
                    j = len(sequences)
                    sequences.append(running[i][parent] + [word])
                    nexts[i][j], parents[i][j], kept[i][j] = word, parent, total
            running[i] = sequences
            best = max((score for score, _ in ended[i]), default=-torch.inf)
            settled = len(ended[i]) >= beams and all(total / most[i] <= best for total in kept[i][: len(sequences)])
            if settled or length == most[i] or not sequences:
                found[i] = max(ended[i], key=lambda pair: pair[0])[1] if ended[i] else sequences[0]
        token, scores = torch.tensor(nexts).view(-1), torch.tensor(kept)
        model.follow((torch.tensor(parents) + beams * torch.arange(count)[:, None]).view(-1))
    return found


def main():
    tensors, texts = read(sys.argv[1])
    with open(sys.argv[2]) as file:
        given = json.load(file)
    sources, beams = given["sources"], given["beams"]
    model = (Transformer if "transformer" in texts else Gru)(tensors, texts)
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))

    def translate(batch):
        results = [None] * len(sources)
        with torch.inference_mode():
            for start in range(0, len(order), batch):
                items = order[start : start + batch]
                found = search(model, [sources[i] for i in items], beams, given["barred"], given.get("longest"))
                for i, tokens in zip(items, found):
                    results[i] = tokens
        return results

    equal = sum(a == b for a, b in zip(translate(50), given["translations"]))
    settings = [
        (threads, f"{batch} sentences at once", contest.repeated(lambda batch=batch: translate(batch), len(order)))
        for threads in (1, 2)
        for batch in (25, 50, 100)
    ]
    setting, run = contest.fastest(settings, trial=0, rounds=1)
    contest.serve(f"{setting}, {equal} of {len(sources)} translations equal ours", run)


if __name__ == "__main__":
    main()
