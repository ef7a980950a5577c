-- The newest articles that say when they were published: of all, or of those with :ids (a JSON array).
WITH newest AS MATERIALIZED (
  SELECT id FROM articles
  WHERE published IS NOT NULL AND (:ids IS NULL OR id IN (SELECT value FROM json_each(:ids)))
  ORDER BY published DESC, id LIMIT :most
)
SELECT a.key, coalesce(a.title, a.title_estimated) AS title, a.author, a.publisher, a.site, a.section, a.url, a.published,
  a.summary, substr(CAST(a.body AS TEXT), 1, :chars) AS body
FROM newest n CROSS JOIN articles a ON a.id = n.id ORDER BY a.published DESC, a.id;
