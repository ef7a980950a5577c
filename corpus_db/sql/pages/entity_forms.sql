-- The forms in which the articles write the name :id, most often first.
SELECT raw, count(*) AS mentions FROM mentions WHERE entity_id = :id GROUP BY raw ORDER BY mentions DESC, raw LIMIT :most;
