"""The translator of `translate-gru` with additive attention in PyTorch, batches of 64 sentences of 16 words."""

import torch
import torch.nn.functional as F
from torch import nn

import training

BATCH, LENGTH, SOURCE, TARGET, UNITS = 64, 16, 7857, 5977, 128


class Translator(nn.Module):
    def __init__(self):
        super().__init__()
        self.source, self.target = nn.Embedding(SOURCE, UNITS), nn.Embedding(TARGET, UNITS)
        self.encoder = nn.GRU(UNITS, UNITS, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * UNITS, UNITS)
        self.query, self.key = nn.Linear(UNITS, UNITS), nn.Linear(2 * UNITS, UNITS)
        self.score = nn.Linear(UNITS, 1, bias=False)
        self.cell = nn.GRUCell(3 * UNITS, UNITS)
        self.readout, self.output = nn.Linear(4 * UNITS, UNITS), nn.Linear(UNITS, TARGET)

    def forward(self, source, before, goal):
        memory, last = self.encoder(self.source(source))
        keys = self.key(memory)
        state = torch.tanh(self.bridge(torch.cat([last[0], last[1]], 1)))
        embedded, features = self.target(before), []
        for i in range(LENGTH):
            scores = self.score(torch.tanh(self.query(state)[:, None] + keys))
            context = (torch.softmax(scores, 1) * memory).sum(1)
            state = self.cell(torch.cat([embedded[:, i], context], 1), state)
            features.append(torch.cat([state, context, embedded[:, i]], 1))
        logits = self.output(self.readout(torch.stack(features, 1)))
        return F.cross_entropy(logits.flatten(0, 1), goal.flatten())


def problem():
    model = Translator()
    words = [torch.randint(count, (BATCH, LENGTH)) for count in (SOURCE, TARGET, TARGET)]
    return list(model.parameters()), lambda: model(*words)


if __name__ == "__main__":
    torch.manual_seed(0)
    training.serve(problem)
