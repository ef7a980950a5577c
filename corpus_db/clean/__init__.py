"""Cleaning: `Source` → `Cleaned`, by general rules, each a small named step; no character is dropped without a span.

header → footer → repeats → paragraphs → captions and summary → credits → kinds → spans
"""

from __future__ import annotations

from corpus_db.clean.article import clean
from corpus_db.clean.survey import ChromeEvidence, LineSurvey, lines_of

__all__ = ["ChromeEvidence", "LineSurvey", "clean", "lines_of"]
