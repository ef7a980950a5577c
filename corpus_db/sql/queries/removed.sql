-- title: What was taken out
-- description: The stretches of an article's source that are not in its text, each with the reason: nothing is dropped silently.
-- param key: articles.key of the article

SELECT s.role, s.reason, substr(o.raw, s.start + 1, s."end" - s.start) AS text, s.start, s."end"
FROM articles a JOIN sources o ON o.id = a.source_id JOIN spans s ON s.source_id = o.id
WHERE a.key = :key AND s.role IN ('duplicate', 'chrome', 'markup')
ORDER BY s.start;
