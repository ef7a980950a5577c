-- phrases (one) -> hits(article_id, start, stop): every place in a body where the text stands, in whatever form it is
-- written there; start and stop count from 0, stop is excluded.
-- A run of spaces counts as one.
question(match, folded, first, last) AS (
  SELECT '{body_bigrams} : ' || phrase,
    replace(replace(replace(trim(folded, ' ' || char(10)), ' ', ' ' || char(9)), char(9) || ' ', ''), char(9), ''),
    substr(ltrim(kinds, 'SN'), 1, 1), substr(rtrim(kinds, 'SN'), -1)
  FROM phrases WHERE phrase IS NOT NULL
),
found(id) AS (SELECT rowid FROM articles_fts WHERE articles_fts MATCH (SELECT coalesce(max(match), '""') FROM question)),
-- The forms in which the text can begin: 臺 for 台, Ａ for a, ㎡ for m2.
beginnings(char) AS (
  SELECT substr(folded, 1, 1) FROM question
  UNION
  SELECT f.char FROM folds f, question q WHERE f.folded <> '' AND substr(q.folded, 1, length(f.folded)) = f.folded
),
places(id, char, passed, step) AS (
  SELECT a.id, b.char, 0, instr(a.body, b.char) FROM found JOIN articles a USING (id), beginnings b
  UNION ALL
  SELECT p.id, p.char, p.passed + p.step, instr(substr(a.body, p.passed + p.step + 1), p.char)
  FROM places p JOIN articles a USING (id) WHERE p.step > 0
),
-- From each place, character by character: the body's, folded, must be the text's. Grouping commas and further spaces pass.
walk(id, start, at, done) AS (
  SELECT id, passed + step, passed + step, 0 FROM places WHERE step > 0
  UNION ALL
  SELECT w.id, w.start, w.at + 1,
    w.done + CASE
      WHEN substr(q.folded, w.done + 1, length(coalesce(f.folded, '.')))
        = replace(coalesce(f.folded, substr(a.body, w.at, 1)), '"', '”') THEN length(coalesce(f.folded, '.'))
      ELSE 0 END
  FROM walk w JOIN question q JOIN articles a USING (id) LEFT JOIN folds f ON f.char = substr(a.body, w.at, 1)
  WHERE w.done < length(q.folded) AND (
    substr(q.folded, w.done + 1, length(coalesce(f.folded, '.')))
      = replace(coalesce(f.folded, substr(a.body, w.at, 1)), '"', '”')
    OR (w.done > 0 AND substr(a.body, w.at - 1, 5) GLOB '[0-9],[0-9][0-9][0-9]')
    OR (w.done > 0 AND coalesce(f.folded, substr(a.body, w.at, 1)) = ' ' AND substr(q.folded, w.done, 1) = ' ')
  )
),
-- A Latin word or number is found whole.
hits(article_id, start, stop) AS (
  SELECT w.id, w.start - 1, w.at - 1
  FROM walk w JOIN question q JOIN articles a USING (id)
  WHERE w.done = length(q.folded)
    AND NOT (q.first IN ('D', 'A', 'L') AND w.start > 1 AND (
      substr(a.body, w.start - 1, 1) GLOB '[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]'
      OR (q.first = 'D' AND w.start > 2 AND substr(a.body, w.start - 2, 2) GLOB '[0-9].')
      OR (w.start > 2 AND substr(a.body, w.start - 2, 5) GLOB '[0-9],[0-9][0-9][0-9]')))
    AND NOT (q.last IN ('D', 'A', 'L') AND (
      substr(a.body, w.at, 1) GLOB '[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]'
      OR (q.last = 'D' AND substr(a.body, w.at, 2) GLOB '.[0-9]')
      OR (q.last = 'D' AND substr(a.body, w.at - 1, 5) GLOB '[0-9],[0-9][0-9][0-9]')))
),
