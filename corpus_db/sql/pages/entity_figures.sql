-- The figures in the first :first sentences that name :id, money first, the largest first.
WITH named AS MATERIALIZED (
  SELECT DISTINCT article_id, sentence_id FROM mentions WHERE entity_id = :id AND sentence_id IS NOT NULL LIMIT :first
)
SELECT f.raw, f.value, f.value_max, f.unit, f.kind, f.currency, f.qualifier, f.noun, f.article_id, f.sentence_id,
  s.text AS sentence, a.year
FROM named n CROSS JOIN figures f ON f.article_id = n.article_id AND f.sentence_id = n.sentence_id
  CROSS JOIN sentences s ON s.id = f.sentence_id CROSS JOIN articles a ON a.id = f.article_id
ORDER BY f.kind <> 'money', f.kind, f.value DESC, f.id LIMIT :most;
