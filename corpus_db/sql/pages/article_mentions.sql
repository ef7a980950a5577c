-- Where article :id names entities.
SELECT m.start, m.start + length(m.raw) AS "end", e.id, e.name, e.kind
FROM mentions m CROSS JOIN entities e ON e.id = m.entity_id
WHERE m.article_id = :id ORDER BY m.start LIMIT :most;
