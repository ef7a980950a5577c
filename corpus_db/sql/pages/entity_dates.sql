-- The dates in the first :first sentences that name :id, in order.
WITH named AS MATERIALIZED (
  SELECT DISTINCT article_id, sentence_id FROM mentions WHERE entity_id = :id AND sentence_id IS NOT NULL LIMIT :first
)
SELECT d.start_date, d.end_date, d.precision, d.basis, d.raw, d.article_id, d.sentence_id, s.text AS sentence
FROM named n CROSS JOIN dates d ON d.article_id = n.article_id AND d.sentence_id = n.sentence_id
  CROSS JOIN sentences s ON s.id = d.sentence_id
ORDER BY d.start_date, d.end_date, d.id LIMIT :most;
