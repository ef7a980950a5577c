-- title: People
-- description: Persons that the articles name, most often named first, with what they are quoted.

WITH people AS MATERIALIZED (
  SELECT id, name, aliases, mentions, articles FROM entities WHERE kind = 'person' ORDER BY mentions DESC, name LIMIT 1000
),
quoted AS MATERIALIZED (
  SELECT entity_id, count(*) AS quotes FROM quotes WHERE entity_id IS NOT NULL GROUP BY entity_id
),
years AS MATERIALIZED (
  SELECT p.id, min(a.year) AS first_year, max(a.year) AS last_year
  FROM people p CROSS JOIN mentions m ON m.entity_id = p.id CROSS JOIN articles a ON a.id = m.article_id
  GROUP BY p.id
)
SELECT p.name, p.aliases, p.mentions, p.articles, coalesce(q.quotes, 0) AS quotes, y.first_year, y.last_year
FROM people p LEFT JOIN quoted q ON q.entity_id = p.id LEFT JOIN years y ON y.id = p.id
ORDER BY p.mentions DESC, p.name;
