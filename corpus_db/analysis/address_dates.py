"""The address of a page → the day that it names: sites file their articles by the day that they put them up.

It is an estimate: a page may have been moved, or be filed by the day that it was written.
"""

from __future__ import annotations

import re
from datetime import date

# /2019/09/07/a.html, /2019-09/07/c_1.htm, /n1/2019/0907/c1004.html, /201909/t20190907_1.html, /2019/9/7/
_DAY = re.compile(
    r"(?<!\d)((?:199|20[0-4])\d)"
    r"(?:[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])|[-/_]([1-9]|1[0-2])[-/_](\d|[12]\d|3[01]))(?!\d)"
)
_HOST = re.compile(r"https?://[^/\s]*")


def estimate_published(address: str) -> tuple[str, str] | None:
    """(ISO day, the part of the address it rests on); None: the address names none.

    >>> estimate_published("http://www.example.com/2019-09/07/c_1.htm")
    ('2019-09-07', '2019-09/07')
    >>> estimate_published("http://20190907.example.com/"), estimate_published("http://example.com/2019/13/45")
    (None, None)
    """
    host = _HOST.match(address)
    for found in _DAY.finditer(address, host.end() if host else 0):
        year, m1, d1, m2, d2 = found.groups()
        try:
            return date(int(year), int(m1 or m2), int(d1 or d2)).isoformat(), found[0]
        except ValueError:
            continue
    return None
