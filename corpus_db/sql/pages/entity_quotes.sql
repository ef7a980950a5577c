-- What :id is quoted with.
SELECT q.id, q.text, q.verb, q.direct, q.speaker, q.article_id, q.sentence_id, a.published,
  coalesce(a.title, a.title_estimated) AS title, a.title IS NULL AS untitled
FROM quotes q JOIN articles a ON a.id = q.article_id
WHERE q.entity_id = :id ORDER BY a.published, q.id LIMIT :most;
