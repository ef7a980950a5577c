"""Cleaning: `Source` → `Cleaned`, by general rules, each a small named step; nothing is dropped without a span that says why."""
