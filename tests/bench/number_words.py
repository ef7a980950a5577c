"""Values of numerals and amounts of money against pairs from text normalisers (cn2an, NeMo, WeTextProcessing).

    python -m tests.bench.number_words GOLD [--failures]

GOLD is a .jsonl file that has one pair a line: `task` (itn, tn, cn2an, an2cn), `kind`, `in`, `out`. A cardinal counts if `in` holds
one numeral, with the value that `out` writes; an amount of money if the one figure in `in` has the value of `out`.
`out` is read here, not by the package. Left out: telephone numbers, codes and IP addresses (digits to be spelled),
and pairs whose Arabic side is not one number.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
from collections import Counter
from pathlib import Path

from corpus_db.analysis import figures, numerals

CARDINAL_KINDS = {"cardinal", "number", "decimal"}
_ARABIC = re.compile(r"[-负]?[\d,]+(?:\.\d+)?(?:e-?\d+)?(?:[~-][\d,.]+)?(?:万亿|[万亿兆萬億])?(?:\d{1,4})?")
_UNITS = {"万": 10**4, "亿": 10**8, "兆": 10**12, "万亿": 10**12, "億": 10**8, "萬": 10**4}
_COINS = {"角": 0.1, "毛": 0.1, "分": 0.01}
_CODE = re.compile(r"幺|尾号|手机|电话|拨打|\d+-\d{5,}|^\d*\.\d+\.|导航|洞|^0\d")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--failures", action="store_true", help="print each pair that fails")
    options = parser.parse_args()
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with options.gold.open(encoding="utf-8") as lines:
        for pair in map(json.loads, lines):
            of_money = pair["kind"] == "money" or (pair["task"] == "cn2an" and re.search("[元圆]", pair["in"]))
            group = "money" if of_money else "cardinals" if pair["kind"] in CARDINAL_KINDS else None
            arabic, han = written(pair)
            if group is None or not arabic or _CODE.search(pair["in"]):
                continue
            for source in (pair["in"],) if pair["task"] != "an2cn" else han:
                total[group] += 1
                got = money(source) if group == "money" else cardinal(source)
                if any(abs(value - got) <= 1e-9 * max(1.0, abs(value)) for value in arabic if got is not None):
                    right[group] += 1
                elif options.failures:
                    print(f"{group}\t{source}\twanted {arabic}\tgot {got}")
    for group, count in total.items():
        print(f"{group}: {right[group]}/{count} = {right[group] / count:.3f}")


def written(pair: dict[str, object]) -> tuple[list[float], list[str]]:
    """(values that the Arabic side writes, forms of the Chinese side)."""
    source, out = str(pair["in"]), pair["out"]
    if str(out).startswith("["):
        out = ast.literal_eval(str(out))
    arabic_first = pair["task"] in ("tn", "an2cn")
    text = source if arabic_first else str(out)
    han = [str(form) for form in out[:2]] if isinstance(out, list) else [str(out)]
    found = [m[0] for m in _ARABIC.finditer(text) if any(c.isdigit() for c in m[0])]
    scale = next((part for coin, part in _COINS.items() if text.endswith(coin)), 1.0)
    return ([read(found[0]) * scale] if len(found) == 1 else []), han


def read(raw: str) -> float:
    """1,110 → 1110; 3万 → 30000; the lower end of 30~40万; 100万1111 → 1001111."""
    unit = re.search(r"万亿|[万亿兆萬億]", raw)
    head, _, tail = raw.partition(unit[0]) if unit else (raw, "", "")
    sign = -1.0 if head[0] in "-负" else 1.0
    low = re.split(r"[~-]", head.lstrip("-负").replace(",", ""))
    if "e" in head:
        return float(head)
    value = float(low[0]) * (_UNITS[unit[0]] if unit else 1)
    return sign * (value + (float(tail) if tail else 0))


def cardinal(text: str) -> float | None:
    found = numerals.find(text)
    if len(found) != 1:
        return None
    return found[0].value


def money(text: str) -> float | None:
    found = [f for f in figures.find(text) if f.kind == "money"]
    return found[0].value if len(found) == 1 else None


if __name__ == "__main__":
    main()
