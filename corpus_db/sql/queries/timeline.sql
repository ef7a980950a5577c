-- title: Timeline
-- description: What the articles say happened when: every time expression, resolved to days, with its sentence, earliest first.
-- param q: text that the sentence contains; empty: any
-- param start: first day, as 2013-01-01 or 2013; empty: any
-- param end: last day; empty: any

WITH RECURSIVE
terms(term, text, prefix) AS (SELECT 1, substr(:q, 1, 500), 0),
-- begin phrases
-- terms(term, text, prefix) -> phrases(term, folded, phrase): the FTS5 phrase that finds each text as it stands, made
-- as corpus_db/text/bigrams.py makes it. NULL and texts without a token give no row.

-- Each term folded, character by character.
letters(term, i, folded) AS (
  SELECT term, 0, '' FROM terms
  UNION ALL
  SELECT term, i + 1, folded || coalesce(
    (SELECT f.folded FROM folds f WHERE f.char = substr(text, i + 1, 1)), substr(text, i + 1, 1))
  FROM letters JOIN terms USING (term) WHERE i < length(text)
),
-- One letter for the kind of each character: H D A L S N . , _ by the table char_kinds, P for a symbol.
kinds(term, i, folded, kinds) AS (
  SELECT term, 0, folded, '' FROM letters JOIN terms USING (term) WHERE i = length(text)
  UNION ALL
  SELECT term, i + 1, folded, kinds || coalesce(
    (SELECT CASE WHEN last >= unicode(substr(folded, i + 1, 1)) THEN kind END FROM char_kinds
     WHERE first <= unicode(substr(folded, i + 1, 1)) ORDER BY first DESC LIMIT 1), 'P')
  FROM kinds WHERE i < length(folded)
),
lines(term, folded, kinds) AS (SELECT term, folded, kinds FROM kinds WHERE i = length(folded)),
-- The commas that group digits (13,000) go: before and after one stand digits and such commas only.
grouping_commas(term, i) AS (
  SELECT term, i
  FROM (
    SELECT term, i, substr(before, length(rtrim(before, 'D,')) + 1) AS head, substr(rtrim(before, 'D,'), -1) AS lead,
      substr(after, 1, length(after) - length(ltrim(after, 'D,'))) AS tail, ltrim(after, 'D,') AS rest
    FROM (
      SELECT k.term, k.i, substr(l.kinds, 1, k.i - 1) AS before, substr(l.kinds, k.i + 1) AS after
      FROM kinds k JOIN lines l USING (term) WHERE k.i > 0 AND substr(l.kinds, k.i, 1) = ','
    )
  )
  WHERE lead <> '.' AND NOT (rest GLOB '.D*' AND ltrim(substr(rest, 2), 'D') GLOB ',*')
    AND instr(head || ',', ',') BETWEEN 2 AND 4
    AND replace(substr(head || ',' || tail || ',', instr(head || ',', ',') + 1), 'DDD,', '') = ''
),
plain(term, i, text, kinds) AS (
  SELECT term, 0, '', '' FROM lines
  UNION ALL
  SELECT p.term, p.i + 1,
    p.text || CASE WHEN c.i THEN '' WHEN substr(l.kinds, p.i + 1, 1) = 'S' THEN ' '
      ELSE replace(substr(l.folded, p.i + 1, 1), '"', '”') END,
    p.kinds || CASE WHEN c.i THEN '' ELSE substr(l.kinds, p.i + 1, 1) END
  FROM plain p JOIN lines l USING (term) LEFT JOIN grouping_commas c ON c.term = p.term AND c.i = p.i + 1
  WHERE p.i < length(l.folded)
),
texts(term, text, kinds) AS (SELECT p.term, p.text, p.kinds FROM plain p JOIN lines l USING (term) WHERE p.i = length(l.folded)),
-- What would begin at each character: one of a run of Han, a word or number, a gap, a line feed; and how long it is.
steps(term, i, kind, size) AS (
  SELECT term, i,
    CASE WHEN rest GLOB 'H*' THEN 'H' WHEN rest GLOB 'N*' THEN 'N' WHEN rest GLOB '[DAL]*' THEN 'W' ELSE 'G' END,
    CASE
      WHEN rest GLOB '[HN]*' THEN 1
      WHEN rest GLOB 'D*' AND number GLOB '*.*' AND substr(rest, length(number) + 1, 1) NOT IN ('A', 'L') THEN length(number)
      WHEN rest GLOB 'A*' AND ltrim(rest, 'A') GLOB 'D*' AND ltrim(ltrim(rest, 'A'), 'D') GLOB '.D*'
        THEN length(rest) - length(ltrim(rest, 'A'))
      WHEN rest GLOB '[DAL]*' THEN length(rest) - length(ltrim(rest, 'DAL'))
      WHEN rest GLOB '_*' THEN length(rest) - length(ltrim(rest, '_'))
      ELSE length(rest) - length(ltrim(rest, 'SP.,'))
    END
  FROM (
    SELECT term, i, rest, rtrim(substr(digits, 1, instr(digits || '..', '..') - 1), '.') AS number
    FROM (
      SELECT term, i, rest, substr(rest, 1, length(rest) - length(ltrim(rest, 'D.'))) AS digits
      FROM (SELECT p.term, p.i, substr(t.kinds, p.i) AS rest FROM plain p JOIN texts t USING (term)
            WHERE p.i BETWEEN 1 AND length(t.kinds))
    )
  )
),
-- The steps taken; `before` is the kind of the last that was no gap, `spoken` of the last that was Han or a word.
items(term, i, kind, size, before, spoken) AS (
  SELECT term, i, kind, size, '', '' FROM steps WHERE i = 1
  UNION ALL
  SELECT s.term, s.i, s.kind, s.size, CASE t.kind WHEN 'G' THEN t.before ELSE t.kind END,
    CASE WHEN t.kind IN ('H', 'W') THEN t.kind ELSE t.spoken END
  FROM items t JOIN steps s ON s.term = t.term AND s.i = t.i + t.size
),
tokens(term, i, kind, token, paired) AS (
  SELECT term, i, kind,
    CASE
      WHEN kind = 'H' THEN substr(text, i, CASE next WHEN 'H' THEN 2 ELSE 1 END)
      WHEN kind = 'W' THEN part
      WHEN kind = 'N' OR (before <> 'W' AND next <> 'W') THEN ''
      WHEN length(part) > 4 THEN substr(part, 1, 1) || ' ' || substr(part, 2, 1) || ' ' || substr(part, -2, 1) || ' ' || substr(part, -1)
      WHEN part <> '' THEN rtrim(substr(part, 1, 1) || ' ' || substr(part, 2, 1) || ' ' || substr(part, 3, 1) || ' ' || substr(part, 4, 1))
      WHEN 'H' IN (spoken, next) THEN '_'
      ELSE ''
    END,
    last = 'H'
  FROM (
    SELECT term, i, kind, before, spoken, text, replace(substr(text, i, size), ' ', '') AS part,
      coalesce(lead(kind) OVER (PARTITION BY term ORDER BY i), '') AS next,
      coalesce(lag(kind) OVER (PARTITION BY term ORDER BY i), '') AS last
    FROM items JOIN texts USING (term)
  )
),
-- A term ends inside the run of the text: its last Han character stands in the pair before it or, alone, begins a pair.
ends(term, i) AS (SELECT term, max(i) FROM tokens WHERE trim(token, ' _') <> '' GROUP BY term),
phrases(term, folded, phrase) AS (
  SELECT term, text, '"' || trim(parts, ' _') || '"' || CASE WHEN kind = 'H' OR (kind = 'W' AND prefix) THEN ' *' ELSE '' END
  FROM (
    SELECT t.term, t.i, x.text, terms.prefix,
      CASE WHEN t.i = e.i AND NOT (t.kind = 'H' AND paired) THEN t.kind ELSE '' END AS kind,
      group_concat(CASE WHEN NOT (t.i = e.i AND t.kind = 'H' AND paired) THEN nullif(token, '') END, ' ')
        OVER (PARTITION BY t.term ORDER BY t.i) AS parts
    FROM tokens t JOIN ends e USING (term) JOIN texts x USING (term) JOIN terms USING (term) WHERE t.i <= e.i
  ) JOIN ends USING (term, i)
),
-- end phrases
-- begin occurrences
-- phrases of term 1 -> hits(article_id, start, stop): every place in a body where the text stands, in whatever form it is
-- written there; start and stop count from 0, stop is excluded.
question(match, folded, first, last) AS (
  SELECT '{body_bigrams} : ' || phrase, trim(folded),
    substr(ltrim(kinds, 'SN'), 1, 1), substr(rtrim(kinds, 'SN'), -1)
  FROM phrases JOIN texts USING (term) WHERE term = 1
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
-- end occurrences
chosen AS (
  SELECT * FROM dates
  WHERE (coalesce(:start, '') = '' OR end_date >= :start)
    AND (coalesce(:end, '') = '' OR start_date <= :end || substr('0000-12-31', length(:end) + 1))
)
SELECT c.start_date, c.end_date, c.raw, c.precision, c.basis, s.text AS sentence,
  a.key, coalesce(a.title, a.title_estimated) AS title, a.published
FROM chosen c JOIN articles a ON a.id = c.article_id LEFT JOIN sentences s ON s.id = c.sentence_id
WHERE trim(coalesce(:q, '')) = ''
  OR EXISTS (SELECT 1 FROM hits h WHERE h.article_id = c.article_id AND h.start >= s.start AND h.start < s.start + length(s.text))
ORDER BY c.start_date, c.end_date, c.id
LIMIT 1000;
