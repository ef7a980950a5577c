-- What became of the source :source_id: characters by role and reason, what is in the text last.
SELECT role, reason, count(*) AS stretches, sum("end" - start) AS chars
FROM spans WHERE source_id = :source_id
GROUP BY role, reason ORDER BY role IN ('body', 'title', 'summary', 'space'), chars DESC;
