"""The words that time expressions are made of: patterns and tables shared by the grammar and its readers.

What may be missing is written ``(?:x|)``: the `re` module tries an empty alternative in half the time of ``(?:x)?``.
"""

from __future__ import annotations

SEPARATOR = r" ?(?:-{1,2}|~|—{1,2}|–|至|到) ?"
YEAR = r"(?:(?:1[0-9]|20|21)\d\d|[一二][零〇一二三四五六七八九]{3}|[一二两]千零?[零一二三四五六七八九十]{0,3})"
MONTH_NUMBER = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
DAY_NUMBER = r"(?:[12]\d|3[01]|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)"
MONTH_PART = r"(?:月?[初底末]|中下旬|上中旬|[上中下]旬|[上下]半月|第[一二三四1-4]个?周)"
MONTH = (
    rf"(?:{MONTH_NUMBER} ?月?(?:份|){SEPARATOR}|){MONTH_NUMBER} ?(?:月份|月(?!饼))"
    rf"(?:的?{MONTH_PART}| ?{DAY_NUMBER}(?: ?[日号]?{SEPARATOR}{DAY_NUMBER}|) ?[日号](?!线)|)"
)
# 10月22, 八月十五: a day of two characters, where nothing is counted by it
_COUNTS = r"\d.%一二三四五六七八九十万亿千百多余几日号月年天个名人家件次位种元岁时点分:：条项场部、，,~至-"
MONTH_DAY_BARE = rf"{MONTH_NUMBER}月(?:[123]\d|[二三]?十[一二三四五六七八九]?)(?![{_COUNTS}])"
QUARTER = r"(?:前[二两三23]个?季度|第?[一二三四1-4]季度|[Qq][1-4](?![0-9A-Za-z]))"
HALF = r"[上下前后]半年"
YEAR_PART = r"(?:年?[初底末](?!代)|年?中(?=[，。、,.旬期]))"
SEASON = r"(?:[春夏秋冬][天季]|初[春夏秋冬]|[早暮深盛][春夏秋冬]|[春夏秋冬](?=[，。、]))"
PLAN = r"(?:[“\"](?:[七八九]|十[一二三四五]?)五[”\"]|十[一二三四五]五)(?:规划|计划|)(?:期间|时期|[初末]|(?=以来))"
LUNAR_DAY = r"(?:初[一二三四五六七八九十]|十[一二三四五六七八九]|[二廿][十]?[一二三四五六七八九]?|三十)"


RELATIVE_YEARS = {
    "大前年": ("published", -3), "前年": ("published", -2), "去年": ("published", -1), "上一年": ("previous", -1), "上年": ("year before", -1),
    "今年": ("published", 0), "本年度": ("published", 0), "本年": ("published", 0), "明年": ("published", 1),
    "后年": ("published", 2), "大后年": ("published", 3), "次年": ("previous", 1), "翌年": ("previous", 1),
    "隔年": ("previous", 1), "第二年": ("previous", 1), "转年": ("previous", 1), "同年": ("previous", 0),
    "这一年": ("previous", 0), "那一年": ("previous", 0), "那年": ("previous", 0), "当年": ("paragraph", 0),
}  # fmt: skip
DAY_WORDS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "今天": 0, "今日": 0, "今晚": 0,
    "今晨": 0, "今早": 0, "明天": 1, "明日": 1, "明晚": 1, "明早": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
PREVIOUS_DAYS = {"当天": 0, "当日": 0, "当晚": 0, "同日": 0, "次日": 1, "翌日": 1, "第二天": 1}
MONTH_WORDS = {"上上个月": -2, "上个月": -1, "上月": -1, "本月": 0, "这个月": 0, "下个月": 1, "下月": 1, "下下个月": 2}
PREVIOUS_MONTHS = {"当月": 0, "同月": 0, "次月": 1}
UNITS = {
    "年": "year", "周年": "year", "个月": "month", "个季度": "quarter", "周": "week", "个星期": "week", "星期": "week",
    "天": "day", "日": "day",
}  # fmt: skip
AMOUNT = r"(?:\d{1,3}(?![\d.])|[一二两三四五六七八九十百]{1,4}|半)"
DISTANCE = rf"{AMOUNT}(?:[多余]|)(?:年半|个半月|个月|个季度|个?星期|周年|年|周|天|日)"
WEEK_DAY = "[一二三四五六日天]"
