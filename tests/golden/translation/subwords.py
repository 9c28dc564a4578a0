"""Pieces of Hugging Face's trainer: python subwords.py > subwords.json (tokenizers 0.23.3)."""

import json

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
import tokenizers

LINES = [
    "der kleine hund läuft durch das grüne gras .",
    "die kleinen hunde laufen im gras, und der mann läuft mit .",
    "ein mann malt einen hund im t-shirt .",
    "the small dog runs through the green grass .",
    "the small dogs run in the grass, and the man runs too .",
    "a man paints a dog in a t-shirt .",
]
NEW = ["Der Mann malt grüne Hunde, im Gras!", "a dog-man runs", "žena", ""]

tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
    [pre_tokenizers.Metaspace(), pre_tokenizers.Split(Regex(r"\p{P}"), "isolated")]
)
marks = ["<pad>", "<sos>", "<eos>", "<unk>"]
trainer = trainers.BpeTrainer(vocab_size=80, special_tokens=marks, show_progress=False)
tokenizer.train_from_iterator(LINES, trainer)
model = json.loads(tokenizer.to_str())["model"]
names = sorted(model["vocab"], key=model["vocab"].get)
print(
    json.dumps(
        {
            "origin": f"Hugging Face tokenizers {tokenizers.__version__}, by subwords.py",
            "lines": LINES,
            "size": 80,
            "names": names,
            "merges": model["merges"],
            "new": [{"line": line, "ids": tokenizer.encode(line).ids} for line in NEW],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
)
