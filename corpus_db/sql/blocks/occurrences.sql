-- found(id), question, most(steps, seed) -> hits(article_id, start, stop): every place in a body where the text stands, in
-- whatever form it is written there; start and stop count from 0, stop is excluded. Where that takes more than `steps`, two for
-- an article and one for a place (-1: any number), it is a sample: articles are read whole, in an order that looks random but
-- depends on their numbers and the seed alone, until the steps are used up. -> extent(articles_read, articles_found)
-- What is known of the text is taken along from step to step: SQLite expands a step anew for every mention, and from 3.54 on a
-- query has room for 1,000 of these.

-- How far the text can be spelled out in at most 16 ways, by the forms of its characters that occur in this corpus (臺 for
-- 台, Ａ for a). What can be longer or shorter in the body stops it: 13000 may be 13,000 there, m2 ㎡, a space two.
spelled(i, ways, folded, first, last) AS (
  SELECT 0, 1, folded, first, last FROM question
  UNION ALL
  SELECT i + 1, ways * (SELECT 1 + count(*) FROM folds f
    WHERE f.occurs AND f.folded = replace(substr(s.folded, i + 1, 1), '”', '"')), folded, first, last
  FROM spelled s
  WHERE i < length(folded) AND ways <= 16 AND NOT (i > 0 AND (
    substr(folded, i + 1, 1) = ' ' OR substr(folded, i, 2) GLOB '[0-9][0-9]' OR EXISTS (SELECT 1 FROM folds f
      WHERE f.occurs AND f.folded > substr(s.folded, i + 1, 1) AND f.folded < substr(s.folded, i + 1, 1) || char(1114111))))
),
spellings(i, spelling, size, folded, first, last) AS (
  SELECT 0, '', max(i), folded, first, last FROM spelled WHERE ways <= 16 OR i = 1
  UNION ALL
  SELECT i + 1, spelling || value, size, folded, first, last
  FROM spellings s, json_each((
    SELECT json_group_array(char) FROM (
      SELECT substr(s.folded, i + 1, 1) AS char
      UNION SELECT replace(substr(s.folded, i + 1, 1), '”', '"')
      UNION SELECT f.char FROM folds f WHERE f.occurs AND f.folded = replace(substr(s.folded, i + 1, 1), '”', '"'))))
  WHERE i < size
),
-- Where what is spelled out is met, the whole of it is; else a character whose folded form begins the text.
beginnings(spelling, done, folded, first, last) AS (
  SELECT DISTINCT coalesce(f.char, spelling), coalesce(length(f.folded), size), s.folded, first, last
  FROM spellings s LEFT JOIN folds f ON i = 0 AND f.occurs
    AND f.folded > substr(s.folded, 1, 1) AND f.folded < substr(s.folded, 1, 1) || char(1114111)
    AND substr(s.folded, 1, length(f.folded)) = f.folded
  WHERE f.char IS NOT NULL OR i = size AND size > 0
),
drawn(id, chance) AS (
  SELECT id, (h * h % 2147483647 + 12345) * 48271 % 2147483647 AS chance
  FROM (SELECT id, (id * 48271 + seed % 1000003 * 69621) % 2147483647 AS h FROM found, most)
  ORDER BY chance, id LIMIT (SELECT steps FROM most)
),
-- The queue is in the order of the articles' chances: the places of one are all found before the next is opened.
places(id, chance, spelling, done, passed, step, folded, first, last) AS MATERIALIZED (
  SELECT id, chance, NULL, 0, 0, NULL, NULL, NULL, NULL FROM drawn
  UNION ALL
  SELECT p.id, p.chance, b.spelling, b.done, 0, instr(a.body, b.spelling), b.folded, b.first, b.last
  FROM places p CROSS JOIN articles a USING (id), beginnings b WHERE p.spelling IS NULL
  UNION ALL
  SELECT p.id, p.chance, p.spelling, p.done, p.passed + p.step, instr(substr(a.body, p.passed + p.step + 1), p.spelling),
    p.folded, p.first, p.last
  FROM places p CROSS JOIN articles a USING (id) WHERE p.step > 0
  ORDER BY 2, 1
  LIMIT (SELECT steps FROM most)
),
extent(articles_read, articles_found) AS MATERIALIZED (
  SELECT (SELECT count(*) FROM places WHERE spelling IS NULL), (SELECT count(*) FROM found)
),
-- From there on character by character: the body's, folded, must be the text's. Grouping commas and further spaces pass.
walk(id, start, at, done, folded, first, last) AS (
  SELECT id, passed + step, passed + step + length(spelling), done, folded, first, last FROM places WHERE step > 0
  UNION ALL
  SELECT w.id, w.start, w.at + 1,
    w.done + CASE
      WHEN substr(w.folded, w.done + 1, length(coalesce(f.folded, '.')))
        = replace(coalesce(f.folded, substr(a.body, w.at, 1)), '"', '”') THEN length(coalesce(f.folded, '.'))
      ELSE 0 END, w.folded, w.first, w.last
  FROM walk w CROSS JOIN articles a USING (id) LEFT JOIN folds f ON f.char = substr(a.body, w.at, 1)
  WHERE w.done < length(w.folded) AND (
    substr(w.folded, w.done + 1, length(coalesce(f.folded, '.')))
      = replace(coalesce(f.folded, substr(a.body, w.at, 1)), '"', '”')
    OR substr(a.body, w.at - 1, 5) GLOB '[0-9],[0-9][0-9][0-9]'
    OR (coalesce(f.folded, substr(a.body, w.at, 1)) = ' ' AND substr(w.folded, w.done, 1) = ' ')
  )
),
-- A Latin word or number is found whole.
hits(article_id, start, stop) AS (
  SELECT w.id, w.start - 1, w.at - 1
  FROM walk w
  WHERE w.done = length(w.folded)
    AND (w.first NOT IN ('D', 'A', 'L') OR w.start = 1 OR (
      SELECT NOT (
        substr(a.body, w.start - 1, 1) GLOB '[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]'
        OR (w.first = 'D' AND w.start > 2 AND substr(a.body, w.start - 2, 2) GLOB '[0-9].')
        OR (w.start > 2 AND substr(a.body, w.start - 2, 5) GLOB '[0-9],[0-9][0-9][0-9]'))
      FROM articles a WHERE a.id = w.id))
    AND (w.last NOT IN ('D', 'A', 'L') OR (
      SELECT NOT (
        substr(a.body, w.at, 1) GLOB '[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]'
        OR (w.last = 'D' AND substr(a.body, w.at, 2) GLOB '.[0-9]')
        OR (w.last = 'D' AND substr(a.body, w.at - 1, 5) GLOB '[0-9],[0-9][0-9][0-9]'))
      FROM articles a WHERE a.id = w.id))
),
