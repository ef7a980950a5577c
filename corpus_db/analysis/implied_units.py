"""Figures without a unit → figures with the one that their sentence implies, where it is certain."""

from __future__ import annotations

import re

from corpus_db.records import Figure

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_MONEY_WORDS = re.compile("[差亏赚花投款额价费薪资债贷税]|收入|利润|营收|成本|市值|奖金")
_CLAUSE_ENDS = "，。、；！？,;!?\n）)” "
_AND = frozenset(("、", "和", "与", "及", "或", "或者", "至", "到"))
# What names a sum of money before the number of it: 融资, 罚款, 市值, 花了; not 评价, 这款, 基金. A volume of trade
# (销售额) whose unit is not said stays a count.
_SUM = re.compile(
    r"(?:[资赔赚亏欠骗罚捐花债薪税]|(?<!评)价值?格?|(?<![一两这该此某新几])款|[资奖罚租佣押定现本薪酬赎礼]金"
    r"|票房|身家|市值|损失|盈利|预算|营收|收入|利润|收益|成本|支出|资产|负债|补贴|彩礼|花费|经费|学费)"
    r"(?:了|为|是|共|仅|只|就|将|至|到|达|高达|达到|合计|总计|共计|接近|超过|突破|不到|[约近逾超过破])*\Z"
)
_SUM_CHARS = 14  # so many characters before the number are looked at
_MONEY_NOUN = re.compile(r"(?:现金|资金|奖金|债[务权]|年薪|月薪|(?<![新几])款)\Z")


def added(text: str, found: list[Figure]) -> list[Figure]:
    """`found`, the figures of `text`, in which a number without its unit takes that of its sentence.

    Before a coordinated amount (30万和45万元, 8个和1.2个百分点), or, for money, behind one, at the end of a clause that
    speaks of money (做到8000万美元，还差2000万。). What is called money by the word before it, or the noun behind it, is
    money without a currency (市值2.9亿, 15万存款).
    """
    for i, figure in enumerate(found):
        if figure.kind != "count" or figure.unit not in (None, "个"):
            continue
        end = figure.start + len(figure.raw)
        following = found[i + 1] if i + 1 < len(found) else None
        if following and text[end : following.start] in _AND:
            if (following.kind == "money" and figure.unit is None) or (figure.unit and following.unit == "个百分点"):
                found[i] = _like(figure, following)
        elif figure.unit is not None:
            continue
        elif i and _money_goes_on(text, found[i - 1], figure, end):
            found[i] = _like(figure, found[i - 1])
        elif _is_sum(text, figure, end):
            found[i] = figure._replace(kind="money", noun=None)
    return found


def _like(figure: Figure, other: Figure) -> Figure:
    return figure._replace(unit=other.unit, kind=other.kind, currency=other.currency, noun=None)


def _money_goes_on(text: str, previous: Figure, figure: Figure, end: int) -> bool:
    """Whether a bare number at the end of a clause is money because the amount before it in the sentence is."""
    if previous.kind != "money" or text[end : end + 1] not in _CLAUSE_ENDS:
        return False
    between = text[previous.start : figure.start]
    clause = re.split("[，,；;、]", between)[-1]
    return not _SENTENCE_END.search(between) and bool(_MONEY_WORDS.search(clause))


def _is_sum(text: str, figure: Figure, end: int) -> bool:
    """罚款50万, 价值100多万的房子, 15万存款; not 融资2.2亿股."""
    if figure.noun is not None and text[end : end + 1] != "的":
        return _MONEY_NOUN.search(figure.noun) is not None
    return _SUM.search(text, max(0, figure.start - _SUM_CHARS), figure.start) is not None
