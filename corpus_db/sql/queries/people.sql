-- title: People
-- description: Persons that the articles name, most often named first, with what they are quoted.

SELECT e.name, e.aliases, e.mentions, e.articles,
  (SELECT count(*) FROM quotes q WHERE q.entity_id = e.id) AS quotes,
  (SELECT min(a.year) FROM mentions m JOIN articles a ON a.id = m.article_id WHERE m.entity_id = e.id) AS first_year,
  (SELECT max(a.year) FROM mentions m JOIN articles a ON a.id = m.article_id WHERE m.entity_id = e.id) AS last_year
FROM entities e
WHERE e.kind = 'person'
ORDER BY e.mentions DESC, e.name
LIMIT 1000;
