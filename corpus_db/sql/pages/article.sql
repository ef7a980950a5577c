-- One article, by :id or by :key, and the source it comes from; of the body, the first :chars characters.
SELECT
  a.id, a.key, coalesce(a.title, a.title_estimated) AS title, a.title IS NULL AS untitled, a.author, a.editor, a.publisher,
  a.site, a.url, a.section, a.published, a.published_estimated, a.estimate_basis, a.reference_year, a.views, a.summary,
  substr(CAST(a.body AS TEXT), 1, :chars) AS body, a.keywords, a.chars, a.words, a.paragraphs, a.extra,
  o.id AS source_id, o.path, o.member, o.format, o.encoding, o.sha256, o.bytes, o.chars AS source_chars
FROM articles a LEFT JOIN sources o ON o.id = a.source_id
WHERE a.id = :id OR a.key = :key;
