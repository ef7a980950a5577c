"""Dates, currency, percent and numbers against the Chinese cases of Microsoft's Recognizers-Text.

    python -m tests.bench.recognizers GOLD [--failures]

GOLD is a .jsonl file that has one case a line: `model`, `text`, `reference_time`, `results` (as in the project's Specs). A case counts
if every result is found with exactly its span and value, and nothing else is. Only cases that mean in a news text what
they mean in a chat with a program are compared; what is left out is listed with its reason in the output:

- clock times, durations, sets: the table of dates holds days; durations are figures;
- open intervals (2018年以后): the table holds both ends, the words 以前 and 以后 stay outside the expression;
- dates that do not exist (2月30日), the reigns of emperors, month/day/year order (10/1/2018);
- festivals of the Chinese calendar, which stand there at solar dates (春节 on January 1);
- spaces inside a number, exponents (2e5, 2^5), mixed fractions (三又五分之一), dozens: nobody prints them.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus_db.analysis import dates, figures, numerals

Found = list[tuple[int, int, object]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--failures", action="store_true", help="print each case that fails")
    options = parser.parse_args()
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    with options.gold.open(encoding="utf-8") as lines:
        for case in map(json.loads, lines):
            group = GROUPS.get(case["model"])
            if group is None:
                continue
            if reason := excluded(group, case):
                left_out[f"{group}: {reason}"] += 1
                continue
            total[group] += 1
            wanted, got = WANTED[group](case), GOT[group](case)
            if agree(wanted, got):
                right[group] += 1
            elif options.failures:
                print(f"{group}\t{case['text']}\twanted {wanted}\tgot {got}")
    for group, count in total.items():
        print(f"{group}: {right[group]}/{count} = {right[group] / count:.3f}")
    print(f"all: {right.total()}/{total.total()} = {right.total() / total.total():.3f}")
    for reason, count in sorted(left_out.items()):
        print(f"left out, {reason}: {count}")


GROUPS = {
    "DateTimeModel": "dates", "DateTimeModelExperimentalMode": "dates", "DateParser": "dates",
    "DatePeriodParser": "dates",
    "HolidayParser": "dates", "CurrencyModel": "currency", "PercentModel": "percent", "NumberModel": "numbers",
}  # fmt: skip
_DAY_TYPES = {"date", "daterange"}
_INNER_SPACE = re.compile(r"[\d\u4e00-\u9fff]\s+(?:[\u4e00-\u9fff]|\d)")
_REIGN = re.compile(r"神龙|康熙|雍正")


def excluded(group: str, case: dict[str, Any]) -> str | None:
    """Why a case does not mean the same in news text; None if it does."""
    text = case["text"]
    if group != "dates":
        if _INNER_SPACE.search(text) and group != "currency":
            return "spaces inside a number"
        if re.search(r"\d[eE^][-+\d]|[eE]-", numerals.plain(text)):
            return "exponents"
        if re.search(r"又.{1,6}分之|[打萬] ?$|^萬萬$|打蘋果", text) or text in ("萬", "萬萬"):
            return "mixed fractions, dozens, magnitudes alone"
        if group == "numbers" and re.search(r"分[之]|/|／", text):
            return "fractions: percent figures here"
        if group == "numbers" and re.search(r"[一两]美|一折", text):
            return "amounts of money: currency figures here"
        if group == "percent" and re.search(r"[二三]{2}十", text):
            return "ranges: left unread there, ranges here"
        return None
    kinds = {str(r.get("typeName") or r.get("type") or "").removeprefix("datetimeV2.") for r in case["results"]}
    if case["model"] not in ("DateParser", "DatePeriodParser", "HolidayParser") and not kinds <= _DAY_TYPES:
        return "clock times, durations, sets"
    if _REIGN.search(text):
        return "reigns of emperors"
    if any(value in ("not resolved", "0001-01-01") for value in _strings(case["results"])):
        return "dates that do not exist"
    if case["model"] in ("HolidayParser", "DateParser") and re.search("春节|除夕|端午|中秋|大年", text):
        return "festivals of the Chinese calendar, taken for solar days there"
    if re.search(r"(?<!\d)\d{1,2}([-/])\d{1,2}\1\d{2,4}(?!\d)|^\d{1,2}/\d{1,2}$", text):
        return "order of day and month unknown"
    if any(low is None or high is None for low, high in (pair for _, _, pairs in wanted_dates(case) for pair in pairs)):
        return "open intervals"
    return None


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value


def wanted_dates(case: dict[str, Any]) -> Found:
    """Spans with the set of (first, last) days that count as right: past and future readings both do."""
    wanted: Found = []
    for result in case["results"]:
        start = result["start"]
        pairs: set[tuple[str | None, str | None]] = set()
        if "resolution" in result:
            for value in result["resolution"]["values"]:
                if value["type"] == "date":
                    pairs.add((value["value"], value["value"]))
                else:
                    pairs.add((value.get("start"), _day_before(value.get("end"), value["timex"])))
        else:
            timex = result["value"]["Timex"]
            for key in ("FutureResolution", "PastResolution"):
                value = result["value"][key]
                if "date" in value:
                    pairs.add((value["date"], value["date"]))
                else:
                    pairs.add((value.get("startDate"), _day_before(value.get("endDate"), timex)))
        wanted.append((start, start + len(result.get("text", "")), pairs))
    return wanted


def _day_before(end: str | None, timex: str) -> str | None:
    """Periods (2009, 2017-W13) exclude their end there and include it here; intervals name their last day."""
    whole_months = timex.endswith(("M)", "Y)")) and end is not None and end.endswith("-01")
    if end is None or (timex.startswith("(") and not whole_months):
        return end
    return (datetime.date.fromisoformat(end) - datetime.timedelta(1)).isoformat()


def got_dates(case: dict[str, Any]) -> Found:
    published = datetime.date.fromisoformat((case["reference_time"] or "2017-03-22")[:10])
    found = dates.find(case["text"], published)
    return [(m.start, m.start + len(m.raw), (m.start_date, m.end_date)) for m in found]


def wanted_values(case: dict[str, Any]) -> Found:
    wanted: Found = []
    for result in case["results"]:
        value = str(result["resolution"]["value"]).removesuffix("%")
        wanted.append((result["start"], result["start"] + len(result["text"]), float(value)))
    return wanted


def got_figures(kind: str) -> Any:
    def got(case: dict[str, Any]) -> Found:
        found = figures.find(case["text"])
        return [(f.start, f.start + len(f.raw), f.value) for f in found if f.kind == kind]

    return got


def got_numbers(case: dict[str, Any]) -> Found:
    return [(n.start, n.end, n.value) for n in numerals.find(case["text"])]


def agree(wanted: Found, got: Found) -> bool:
    return len(wanted) == len(got) and all(
        a[:2] == b[:2] and _same(a[2], b[2]) for a, b in zip(wanted, got, strict=True)
    )


def _same(wanted: object, got: object) -> bool:
    if isinstance(wanted, set):
        return got in wanted
    assert isinstance(wanted, float) and isinstance(got, float)
    return abs(wanted - got) <= 1e-6 * max(1.0, abs(wanted))


WANTED = {"dates": wanted_dates, "currency": wanted_values, "percent": wanted_values, "numbers": wanted_values}
GOT = {"dates": got_dates, "currency": got_figures("money"), "percent": got_figures("percent"), "numbers": got_numbers}

if __name__ == "__main__":
    main()
