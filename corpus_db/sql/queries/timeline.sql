-- title: Timeline
-- description: What the articles say happened when: every time expression, resolved to days, with its sentence, earliest first. Where the text stands in more places than can be read in time (20,000 steps: a place takes one, an article two), a sample of its articles is read, drawn by the seed: articles_read of articles_found.
-- param q: text that the sentence contains; empty: any
-- param start: first day, as 2013-01-01, 2013/1/1, 2013年1月 or 2013; empty: any; no date: nothing
-- param end: last day, likewise
-- param seed: a number; of a text in too many places to read all, another one reads other articles (1)

WITH RECURSIVE
terms(term, text, prefix, note) AS (SELECT 1, substr(:q, 1, 500), 0, ''),
most(steps, seed) AS (SELECT 20000, coalesce(nullif(CAST(:seed AS INTEGER), 0), 1)),
-- begin phrases
-- terms(term, text, prefix, note) -> phrases(term, text, note, folded, kinds, phrase): the FTS5 phrase that finds each text
-- as it stands, made as corpus_db/text/bigrams.py makes it; NULL where a text holds nothing to find. Each step is read
-- once, by the next, and takes its columns along: SQLite expands a step anew for every mention of it.

-- Folded, character by character; every space is ' '.
letters(term, text, prefix, note, i, folded) AS (
  SELECT term, coalesce(text, ''), prefix, note, 0, '' FROM terms
  UNION ALL
  SELECT term, text, prefix, note, i + 1, folded || CASE
    WHEN unicode(substr(text, i + 1, 1)) IN (9, 11, 12, 13, 28, 29, 30, 31, 133, 5760, 8232, 8233) THEN ' '
    ELSE coalesce((SELECT f.folded FROM folds f WHERE f.char = substr(text, i + 1, 1)), substr(text, i + 1, 1)) END
  FROM letters WHERE i < length(text)
),
-- One letter for the kind of each character: H D A L S N . , _ by the table char_kinds, P for a symbol.
kinds(term, text, prefix, note, folded, i, kinds) AS (
  SELECT term, text, prefix, note, folded, 0, '' FROM letters WHERE i = length(text)
  UNION ALL
  SELECT term, text, prefix, note, folded, i + 1, kinds || coalesce(
    (SELECT CASE WHEN c.last >= unicode(substr(folded, i + 1, 1)) THEN c.kind END FROM char_kinds c
     WHERE c.first <= unicode(substr(folded, i + 1, 1)) ORDER BY c.first DESC LIMIT 1), 'P')
  FROM kinds WHERE i < length(folded)
),
-- The kind of a comma that groups digits (13,000) becomes x: of the run of digits and commas that it stands in, the head
-- has one to three digits, and every further part three.
commas(term, text, prefix, note, folded, kinds, i, marked) AS (
  SELECT term, text, prefix, note, folded, kinds, 0, '' FROM kinds WHERE i = length(folded)
  UNION ALL
  SELECT term, text, prefix, note, folded, kinds, i + 1, marked || CASE
    WHEN substr(kinds, i + 1, 1) = ',' AND (
      SELECT lead <> '.' AND NOT (rest GLOB '.D*' AND ltrim(substr(rest, 2), 'D') GLOB ',*')
        AND instr(run, ',') BETWEEN 2 AND 4 AND replace(substr(run, instr(run, ',') + 1), 'DDD,', '') = ''
      FROM (
        SELECT substr(rtrim(before, 'D,'), -1) AS lead, ltrim(after, 'D,') AS rest,
          substr(before, length(rtrim(before, 'D,')) + 1) || ','
            || substr(after, 1, length(after) - length(ltrim(after, 'D,'))) || ',' AS run
        FROM (SELECT substr(kinds, 1, i) AS before, substr(kinds, i + 2) AS after)
      )
    ) THEN 'x'
    ELSE substr(kinds, i + 1, 1) END
  FROM commas WHERE i < length(kinds)
),
-- Without those commas; ASCII quotation marks are not in the index.
plain(term, text, prefix, note, source, marked, i, folded, kinds) AS (
  SELECT term, text, prefix, note, folded, marked, 0, '', '' FROM commas WHERE i = length(kinds)
  UNION ALL
  SELECT term, text, prefix, note, source, marked, i + 1,
    folded || CASE substr(marked, i + 1, 1) WHEN 'x' THEN '' ELSE replace(substr(source, i + 1, 1), '"', '”') END,
    kinds || replace(substr(marked, i + 1, 1), 'x', '')
  FROM plain WHERE i < length(marked)
),
-- Parted: H one of a run of Han, W a word or number, G a gap, N a line feed. `step` is such a letter and a length in
-- characters; `before` is the letter of the last that was no gap.
items(term, text, prefix, note, folded, kinds, i, step, before) AS (
  SELECT term, text, prefix, note, folded, kinds, 0, 'N1', '' FROM plain WHERE i = length(marked)
  UNION ALL
  SELECT term, text, prefix, note, folded, kinds, i + substr(step, 2), (
      SELECT CASE
        WHEN rest GLOB 'H*' THEN 'H1'
        WHEN rest GLOB 'N*' THEN 'N1'
        WHEN rest GLOB 'D*' AND number GLOB '*.*' THEN 'W' || length(number)
        WHEN rest GLOB 'A*' AND ltrim(rest, 'A') GLOB 'D*' AND ltrim(ltrim(rest, 'A'), 'D') GLOB '.D*'
          THEN 'W' || (length(rest) - length(ltrim(rest, 'A')))
        WHEN rest GLOB '[DAL]*' THEN 'W' || (length(rest) - length(ltrim(rest, 'DAL')))
        WHEN rest GLOB '_*' THEN 'G' || (length(rest) - length(ltrim(rest, '_')))
        ELSE 'G' || (length(rest) - length(ltrim(rest, 'SP.,')))
        END
      FROM (
        SELECT rest, rtrim(substr(digits, 1, instr(digits || '..', '..') - 1), '.') AS number
        FROM (
          SELECT rest, substr(rest, 1, length(rest) - length(ltrim(rest, 'D.'))) AS digits
          FROM (SELECT substr(kinds, i + substr(step, 2)) AS rest)
        )
      )
    ),
    CASE substr(step, 1, 1) WHEN 'G' THEN before ELSE substr(step, 1, 1) END
  FROM items WHERE i + substr(step, 2) <= length(kinds)
),
-- Each with its tokens: a Han character with the one that follows it in the run, a word, of a run of symbols at most four.
tokens(term, text, prefix, note, folded, kinds, i, kind, last, token) AS (
  SELECT term, text, prefix, note, folded, kinds, i, kind, last, CASE
    WHEN kind = 'H' THEN substr(folded, i, CASE next WHEN 'H' THEN 2 ELSE 1 END)
    WHEN kind = 'W' THEN part
    WHEN kind = 'N' OR 'W' NOT IN (before, next) THEN ''
    WHEN length(part) > 4
      THEN substr(part, 1, 1) || ' ' || substr(part, 2, 1) || ' ' || substr(part, -2, 1) || ' ' || substr(part, -1)
    WHEN part <> ''
      THEN rtrim(substr(part, 1, 1) || ' ' || substr(part, 2, 1) || ' ' || substr(part, 3, 1) || ' ' || substr(part, 4, 1))
    WHEN 'H' IN (before, next) THEN '_'
    ELSE '' END
  FROM (
    SELECT *, substr(step, 1, 1) AS kind, replace(substr(folded, i, substr(step, 2)), ' ', '') AS part,
      coalesce(lead(substr(step, 1, 1)) OVER (PARTITION BY term ORDER BY i), '') AS next,
      coalesce(lag(substr(step, 1, 1)) OVER (PARTITION BY term ORDER BY i), '') AS last
    FROM items
  )
),
-- A term ends inside a run of the text: its last Han character stands in the pair before it or, alone, begins a pair.
phrases(term, text, note, folded, kinds, phrase) AS (
  SELECT term, text, note, folded, kinds, max('"' || trim(parts, ' _') || '"' || CASE
    WHEN kind = 'H' AND last <> 'H' OR kind = 'W' AND prefix THEN ' *' ELSE '' END)
  FROM (
    SELECT *, group_concat(CASE WHEN NOT (i = final AND kind = 'H' AND last = 'H') THEN nullif(token, '') END, ' ')
      OVER (PARTITION BY term ORDER BY i) AS parts
    FROM (
      SELECT *, max(CASE WHEN trim(token, ' _') <> '' THEN i END) OVER (PARTITION BY term) AS final FROM tokens
    )
  )
  WHERE i = final OR final IS NULL
  GROUP BY term
),
-- end phrases
-- begin question
-- phrases (one) -> question(match, folded, first, last), indexed(id): the articles that may have it in their bodies.

-- A run of spaces counts as one.
question(match, folded, first, last) AS (
  SELECT '{body_bigrams} : ' || phrase,
    replace(replace(replace(trim(folded, ' ' || char(10)), ' ', ' ' || char(9)), char(9) || ' ', ''), char(9), ''),
    substr(ltrim(kinds, 'SN'), 1, 1), substr(rtrim(kinds, 'SN'), -1)
  FROM phrases WHERE phrase IS NOT NULL
),
indexed(id) AS (SELECT rowid FROM articles_fts WHERE articles_fts MATCH (SELECT coalesce(max(match), '""') FROM question)),
-- end question
found(id) AS MATERIALIZED (SELECT id FROM indexed),
-- begin occurrences
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
-- end occurrences
wanted(sentence_id) AS MATERIALIZED (
  SELECT DISTINCT (SELECT s.id FROM sentence_bounds s WHERE s.article_id = h.article_id AND s.start <= h.start ORDER BY s.start DESC LIMIT 1)
  FROM hits h
),
candidates AS (
  SELECT f.* FROM wanted w CROSS JOIN sentence_bounds s ON s.id = w.sentence_id
    CROSS JOIN dates f ON f.article_id = s.article_id AND f.start >= s.start AND f.start < s."end"
  UNION ALL
  SELECT * FROM dates WHERE trim(coalesce(:q, '')) = ''
),
-- As ISO 8601 has it: 2013/1/1 and 2013年1月1日 are 2013-01-01. What is no date is NULL, and so is every comparison with it.
days(first, last) AS (
  SELECT max(CASE WHEN what = 'start' THEN day END), max(CASE WHEN what = 'end' THEN day || substr('0000-12-31', length(day) + 1) END)
  FROM (
    SELECT what, CASE WHEN text GLOB '[0-9][0-9][0-9][0-9]-[0-9]*-[0-9]*' THEN printf('%s-%02d-%02d', substr(text, 1, 4),
        substr(text, 6), substr(text, 6 + instr(substr(text, 6), '-')))
      WHEN text GLOB '[0-9][0-9][0-9][0-9]-[0-9]*' THEN printf('%s-%02d', substr(text, 1, 4), substr(text, 6))
      WHEN text GLOB '[0-9][0-9][0-9][0-9]' THEN text END AS day
    FROM (
      SELECT what, trim(replace(replace(replace(replace(replace(text, '/', '-'), '.', '-'), '年', '-'), '月', '-'), '日', ''), ' -') AS text
      FROM (SELECT 'start' AS what, :start AS text UNION ALL SELECT 'end', :end)
    )
  )
),
chosen AS MATERIALIZED (
  SELECT candidates.* FROM candidates, days
  WHERE (coalesce(:start, '') = '' OR end_date >= first)
    AND (coalesce(:end, '') = '' OR start_date <= last)
  ORDER BY start_date, end_date, id
  LIMIT 1000
)
SELECT c.start_date, c.end_date, c.raw, c.precision, c.basis, substr(a.body, s.start + 1, s."end" - s.start) AS sentence,
  a.key, coalesce(a.title, a.title_estimated) AS title, a.published,
  nullif(articles_read, 0) AS articles_read, nullif(articles_found, 0) AS articles_found
FROM extent CROSS JOIN chosen c CROSS JOIN articles a ON a.id = c.article_id LEFT JOIN sentence_bounds s ON s.id = c.sentence_id
ORDER BY c.start_date, c.end_date, c.id;
