-- The articles that name :id most often.
WITH named AS (
  SELECT article_id, count(*) AS mentions, min(start) AS start FROM mentions
  WHERE entity_id = :id GROUP BY article_id ORDER BY mentions DESC, article_id LIMIT :most
)
SELECT a.id, coalesce(a.title, a.title_estimated) AS title, a.title IS NULL AS untitled, a.site, a.published, n.mentions,
  (SELECT sentence_id FROM mentions WHERE entity_id = :id AND article_id = a.id AND start = n.start) AS sentence_id
FROM named n JOIN articles a ON a.id = n.article_id ORDER BY n.mentions DESC, a.id;
