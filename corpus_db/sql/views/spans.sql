-- What became of every stretch of a source. The spans of a source tile it: no gap, no overlap.
CREATE VIEW spans AS
SELECT
  s.source_id, -- the source
  s.start, -- first character in sources.raw
  coalesce(
    (SELECT min(n.start) FROM span_starts n WHERE n.source_id = s.source_id AND n.start > s.start),
    (SELECT chars FROM sources WHERE id = s.source_id)
  ) AS "end", -- character after the last
  k.role, -- what it is: title, field, body, summary, duplicate, chrome, markup or space
  k.reason -- which field, or the rule that took it out; NULL where the role says it all
FROM span_starts s CROSS JOIN span_kinds k ON k.id = s.kind_id;
