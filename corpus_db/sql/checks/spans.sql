-- The spans of a source tile it: each lasts to the next, so the first begins at 0 and the last within it; and raw is whole.
SELECT 'source ' || id || ' has ' || chars || ' characters, ' ||
  CASE WHEN first IS NULL THEN 'no span' ELSE 'its first span begins at ' || first || ', its last at ' || last END
FROM (
  SELECT o.id, o.chars, min(s.start) AS first, max(s.start) AS last
  FROM sources o LEFT JOIN span_starts s ON s.source_id = o.id GROUP BY o.id
)
WHERE CASE WHEN chars = 0 THEN first IS NOT NULL ELSE first IS NOT 0 OR last >= chars END
UNION ALL
SELECT 'source ' || id || ' states ' || chars || ' characters, its raw text has ' || length(raw)
FROM sources WHERE raw IS NOT NULL AND chars <> length(raw);
