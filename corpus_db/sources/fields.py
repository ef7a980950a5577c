"""Names of fields, as files write them, to the names that the pipeline knows; unknown names are kept as they are."""

from __future__ import annotations

# Keys of Jekyll, Hexo and Hugo front matter, schema.org, RSS, Dublin Core and Atom, and what Chinese exports and pages
# write. Sources: the three generators' documentation ("Front Matter"), schema.org/NewsArticle, RSS 2.0, RFC 4287.
_ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("id", "_id", "docid", "docno", "doc_id", "article_id", "news_id", "guid", "key", "编号", "文章编号"),
    "title": ("title", "headline", "contenttitle", "news_title", "article_title", "dc:title", "subject_zh", "标题", "题目", "文章标题"),
    "author": ("author", "name", "authors", "byline", "creator", "writer", "dc:creator", "原文作者", "原作者", "作者", "记者", "撰文", "文"),
    "translator": ("translator", "译者", "翻译"),
    "editor": ("editor", "编辑", "责任编辑", "责编"),
    "reviewer": ("reviewer", "proofreader", "校对者", "校对"),
    "publisher": ("publisher", "source", "dc:source", "media", "来源", "来源媒体", "文章来源", "稿源", "译文出自", "出处", "媒体"),
    "site": ("site", "website", "site_name", "站点", "网站"),
    "url": ("url", "link", "href", "source_url", "page_url", "web_url", "链接", "网址", "本文永久链接", "本文链接"),
    "original_url": ("original_url", "via", "原文地址", "原文链接", "英文原文"),
    "original_title": ("original_title", "subject", "原文标题", "原标题"),
    "section": ("section", "category", "categories", "channel", "column", "dc:subject", "栏目", "分类", "频道", "版面"),
    "published": (
        "published", "date", "time", "datetime", "pubdate", "published_at", "publish_time", "publish_date", "pub_time",
        "pubtime", "created", "created_at", "ctime", "datepublished", "dc:date", "发布时间", "发表时间", "发布日期", "时间", "日期",
    ),
    "updated": ("updated", "lastmod", "modified", "updated_at", "datemodified", "更新时间"),
    "summary": ("summary", "description", "desc", "excerpt", "abstract", "digest", "摘要", "简介", "导语"),
    "keywords": ("keywords", "keyword", "tags", "tag", "关键词", "关键字", "标签"),
    "views": ("views", "view_count", "pv", "read_count", "hits", "浏览", "浏览量", "阅读", "阅读量", "阅读数"),
    "text": ("text", "body", "content", "content:encoded", "article", "maintext", "full_text", "fulltext", "正文", "内容", "全文"),
}  # fmt: skip
_NAMES = {alias: name for name, aliases in _ALIASES.items() for alias in aliases}
KNOWN = frozenset(_NAMES)
"""Every key that has a meaning here, in lower case."""


def field_name(key: str) -> str:
    """The name that the pipeline knows a key by.

    >>> field_name("发布时间"), field_name("Tags"), field_name("layout"), field_name("Publish-Time")
    ('published', 'keywords', 'layout', 'published')
    """
    key = key.strip()
    plain = key.lower().replace("-", "_").replace(" ", "_")
    return _NAMES.get(plain, key)


def put(fields: dict[str, str], key: str, value: str) -> str:
    """Set the field that `key` means, unless it has a value: then keep this one under its own key. Returns the name.

    >>> fields = {}
    >>> put(fields, "time", "2013-12-04"), put(fields, "date", "2014"), put(fields, "author", "  ")
    ('published', 'date', 'author')
    >>> fields
    {'published': '2013-12-04', 'date': '2014'}
    """
    name = field_name(key)
    value = value.strip()
    if name in fields:
        name = key.strip()
    if value:
        fields.setdefault(name, value)
    return name
