-- Articles like article :id, with the longest passage they share, cut to :chars characters.
SELECT o.id, coalesce(o.title, o.title_estimated) AS title, o.title IS NULL AS untitled, o.site, o.published, s.relation,
  s.score, s."end" - s.start AS shared_chars, substr(a.body, s.start + 1, min(s."end" - s.start, :chars)) AS shared
FROM similar s JOIN articles a ON a.id = s.article_id JOIN articles o ON o.id = s.other_id
WHERE s.article_id = :id ORDER BY s.score DESC, o.id LIMIT :most;
