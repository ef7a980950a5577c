-- title: People
-- description: Persons that the articles name, most often named first, and what they are quoted with.

WITH
named AS MATERIALIZED (
  SELECT id, name, aliases, mentions, articles FROM entities WHERE kind = 'person' ORDER BY mentions DESC, name LIMIT 1000
),
quoted(id, quotes) AS MATERIALIZED (SELECT entity_id, count(*) FROM quotes WHERE entity_id IN (SELECT id FROM named) GROUP BY entity_id),
years(id, first_year, last_year) AS MATERIALIZED (
  SELECT n.id, min(a.year), max(a.year)
  FROM named n CROSS JOIN mentions m ON m.entity_id = n.id CROSS JOIN articles a ON a.id = m.article_id
  GROUP BY n.id
)
SELECT n.name, n.aliases, n.mentions, n.articles, coalesce(q.quotes, 0) AS quotes, y.first_year, y.last_year
FROM named n LEFT JOIN quoted q ON q.id = n.id LEFT JOIN years y ON y.id = n.id
ORDER BY n.mentions DESC, n.name;
