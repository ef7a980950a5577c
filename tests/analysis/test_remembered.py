"""What was told is remembered, and not without bound."""

from __future__ import annotations

from corpus_db.analysis.remembered import Remembered


def test_asked_once_for_each_key_until_it_is_full() -> None:
    asked: list[str] = []

    def tell(key: str) -> int:
        asked.append(key)
        return len(key)

    remembered = Remembered(tell, most=2)
    assert [remembered[key] for key in ("电商", "电商", "村淘", "速卖通")] == [2, 2, 2, 3]
    assert asked == ["电商", "村淘", "速卖通"]
    assert list(remembered) == ["速卖通"]
