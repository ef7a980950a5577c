"""Are copies found? python -m tests.bench.duplicates [--articles N] [--chars N] [--seed N]  →  recall and precision by kind of copy.

Writes a corpus of random sentences over a Zipf-distributed vocabulary, plants copies of known kinds in it, and asks
`corpus_db.analysis.reprints` for the pairs. Unrelated articles share formulas and words, as they do in life. Prints
recall for each kind (the pair is found, and as what), precision over all pairs, time and peak memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import accumulate

from corpus_db.analysis.reprints import Fingerprints, as_one, compared, fingerprints
from corpus_db.text.fold import fold

EDITS = (0.01, 0.02, 0.03, 0.05, 0.1)
PASSAGES = (60, 100, 200, 400)
EACH = 200  # copies of each kind
FORMULAS = ("（本报记者 编辑 责任编辑）版权所有，未经授权不得转载。", "点击查看更多精彩内容，欢迎关注我们的公众号。")


class Language:
    """Random text: words of one to four characters by Zipf's law, in clauses and sentences."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.words = [
            "".join(chr(rng.randrange(0x4E00, 0x6E00)) for _ in range(rng.choice((1, 2, 2, 2, 3, 4))))
            for _ in range(30_000)
        ]
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def text(self, chars: int) -> str:
        parts, size = [], 0
        while size < chars:
            clause = "".join(self.rng.choices(self.words, cum_weights=self.weights, k=self.rng.randint(3, 9)))
            parts.append(clause + self.rng.choice("，，，。"))
            size += len(parts[-1])
        return "".join(parts)[:chars]


def edited(rng: random.Random, language: Language, text: str, share: float) -> str:
    """`text` with words replaced, dropped and put in, at random places, `share` of its characters in all."""
    chars = list(text)
    touched = 0
    while touched < share * len(text):
        at, size = rng.randrange(len(chars)), rng.randint(1, 4)
        kind = rng.choice(("replace", "drop", "insert"))
        chars[at : at + (0 if kind == "insert" else size)] = [] if kind == "drop" else language.text(size)
        touched += size
    return "".join(chars)


def moved(rng: random.Random, text: str) -> str:
    """`text` with its sentences' order changed in one place: the first third behind the rest."""
    cut = text.find("。", len(text) // 3) + 1
    return text[cut:] + text[:cut]


def corpus(articles: int, chars: int, seed: int) -> Iterator[tuple[str, str | None]]:
    """Bodies, each original followed at once by its copy: (body, kind of copy of the one before; None: no copy)."""
    rng = random.Random(seed)
    language = Language(rng)

    def article() -> str:
        return language.text(rng.randint(chars // 2, chars * 3 // 2)) + rng.choice(FORMULAS)

    kinds: dict[str, Callable[[str], str]] = {"same": str, "moved": lambda text: moved(rng, text)}
    kinds["same, other punctuation"] = lambda text: text.replace("，", " ").replace("。", "\n")
    for share in EDITS:
        kinds[f"reprint, {share:.0%} edited"] = lambda text, share=share: edited(rng, language, text, share)
    kinds["cut to the first half"] = lambda text: text[: len(text) // 2]
    for size in PASSAGES:
        kinds[f"overlap of {size}"] = lambda text, size=size: _with_passage(article(), text, size, rng)
    for kind, copy in kinds.items():
        for _ in range(EACH):
            original = article()
            yield original, None
            yield copy(original), kind
    for _ in range(articles - 2 * EACH * len(kinds)):
        yield article(), None


def _with_passage(body: str, source: str, size: int, rng: random.Random) -> str:
    at, start = rng.randrange(len(body)), rng.randrange(max(1, len(source) - size))
    return body[:at] + source[start : start + size] + body[at:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--chars", type=int, default=700)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    bodies: list[str] = []
    planted: dict[tuple[int, int], str] = {}
    for body, kind in corpus(asked.articles, asked.chars, asked.seed):
        if kind:
            planted[len(bodies) - 1, len(bodies)] = kind
        bodies.append(body)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    found = Fingerprints()
    for body in bodies:
        found.add(fingerprints([fold(body)]))
    added = time.perf_counter()
    pairs = compared(dict(enumerate(bodies)), as_one(found.sharing()).tolist())
    paired = time.perf_counter()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    relations: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        relations[planted.get((pair.first, pair.second), "no copy")][pair.relation] += 1
    print(f"{'planted':<26}{'found':>7}  as")
    for kind in dict.fromkeys(planted.values()):
        as_what = ", ".join(f"{relation} {n / EACH:.3f}" for relation, n in relations[kind].most_common())
        print(f"{kind:<26}{sum(relations[kind].values()) / EACH:>7.3f}  {as_what}")
    print(f"precision {1 - sum(relations['no copy'].values()) / max(1, len(pairs)):.4f} of {len(pairs)} pairs")
    print(f"{len(bodies):,} articles: fingerprints {added - started:.1f} s, pairs {paired - added:.1f} s")
    print(f"peak {after / 1024:.0f} MB, {(after - before) / 1024:.0f} MB above the texts themselves")


if __name__ == "__main__":
    main()
