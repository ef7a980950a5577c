-- title: Everything about a name
-- description: Where a person, organisation, product, place or event is named, the figures and dates in those sentences, what it said, and who stands beside it.
-- param name: the name, or another form of it

WITH
chosen(id) AS (
  SELECT id FROM entities WHERE name = trim(:name)
  UNION
  SELECT e.id FROM entities e, json_each(e.aliases) j WHERE j.value = trim(:name)
),
named(article_id, sentence_id, raw) AS (SELECT DISTINCT article_id, sentence_id, raw FROM mentions WHERE entity_id IN chosen),
facts(part, what, value, article_id, sentence_id) AS (
  SELECT 1, 'named', raw, article_id, sentence_id FROM named
  UNION
  SELECT 2, 'said', text, article_id, sentence_id FROM quotes WHERE entity_id IN chosen
  UNION
  SELECT 3, 'figure', f.raw, f.article_id, f.sentence_id FROM named CROSS JOIN figures f USING (article_id, sentence_id)
  UNION
  SELECT 4, 'date', d.start_date || ' ' || d.raw, d.article_id, d.sentence_id
  FROM named CROSS JOIN dates d USING (article_id, sentence_id)
  UNION
  SELECT 5, 'with', e.name, m.article_id, m.sentence_id
  FROM named CROSS JOIN mentions m USING (article_id, sentence_id) JOIN entities e ON e.id = m.entity_id
  WHERE e.id NOT IN chosen
)
SELECT f.what, f.value, substr(a.body, s.start + 1, s."end" - s.start) AS sentence, a.key, coalesce(a.title, a.title_estimated) AS title, a.published
FROM facts f CROSS JOIN articles a ON a.id = f.article_id LEFT JOIN sentence_bounds s ON s.id = f.sentence_id
ORDER BY f.part, a.published, f.article_id, f.sentence_id, f.value
LIMIT 1000;
