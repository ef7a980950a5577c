-- The spans of a source tile it: first 0, each begins where the one before ended, last sources.chars; and raw is whole.
SELECT 'source ' || source_id || ' has a span at ' || start || ' where ' || expected || ' was due' FROM (
  SELECT source_id, start, lag("end", 1, 0) OVER (PARTITION BY source_id ORDER BY start) AS expected FROM spans
) WHERE start <> expected
UNION ALL
SELECT 'source ' || s.id || ' ends at ' || s.chars || ', its spans at ' || coalesce(max(p."end"), 0)
FROM sources s LEFT JOIN spans p ON p.source_id = s.id
GROUP BY s.id HAVING s.chars <> coalesce(max(p."end"), 0)
UNION ALL
SELECT 'source ' || source_id || ' has an empty span at ' || start FROM spans WHERE "end" <= start
UNION ALL
SELECT 'source ' || id || ' states ' || chars || ' characters, its raw text has ' || length(raw)
FROM sources WHERE raw IS NOT NULL AND chars <> length(raw);
