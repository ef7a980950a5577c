-- The stretches of the source :source_id that are not in the text, each cut to :chars characters.
SELECT s.role, s.reason, s.start, s."end", substr(o.raw, s.start + 1, min(s."end" - s.start, :chars)) AS text
FROM spans s JOIN sources o ON o.id = s.source_id
WHERE s.source_id = :source_id AND s.role IN ('duplicate', 'chrome', 'markup')
ORDER BY s.role = 'markup', s.start LIMIT :most;
