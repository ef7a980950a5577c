-- The names in the first :first sentences that name :id, those with most sentences in common first.
WITH named AS MATERIALIZED (
  SELECT DISTINCT article_id, sentence_id FROM mentions WHERE entity_id = :id AND sentence_id IS NOT NULL LIMIT :first
),
beside AS (
  SELECT m.entity_id, count(DISTINCT m.sentence_id) AS sentences, min(m.sentence_id) AS sentence_id
  FROM named n CROSS JOIN mentions m ON m.article_id = n.article_id AND m.sentence_id = n.sentence_id
  WHERE m.entity_id <> :id GROUP BY m.entity_id
)
SELECT e.id, e.name, e.kind, b.sentences, b.sentence_id, s.article_id
FROM beside b JOIN entities e ON e.id = b.entity_id JOIN sentence_bounds s ON s.id = b.sentence_id
ORDER BY b.sentences DESC, e.mentions DESC, e.name LIMIT :most;
