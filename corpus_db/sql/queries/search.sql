-- title: Search
-- description: Articles that contain every word typed, best first. "…" is an exact phrase, -word leaves articles out, a OR b takes either, word* is the beginning of a Latin word. Words are found wherever their characters stand, whatever the word boundaries.
-- param q: words, separated by spaces

WITH RECURSIVE
-- One letter for each character typed: S space, Q quotation mark, M minus, T star, C any other.
typed(i, marks) AS (
  SELECT 0, ''
  UNION ALL
  SELECT i + 1, marks || CASE
    WHEN instr('"“”„‟＂「」『』〝〞', substr(:q, i + 1, 1)) THEN 'Q'
    WHEN instr('-－−', substr(:q, i + 1, 1)) THEN 'M'
    WHEN instr('*＊', substr(:q, i + 1, 1)) THEN 'T'
    WHEN (SELECT kind IN ('S', 'N') AND last >= unicode(substr(:q, i + 1, 1)) FROM char_kinds
          WHERE first <= unicode(substr(:q, i + 1, 1)) ORDER BY first DESC LIMIT 1) THEN 'S'
    ELSE 'C' END
  FROM typed WHERE i < min(length(:q), 500)
),
-- What would begin at each character: a "phrase" or a word, with the minus before it, and where the next one begins.
parts(i, space, minus, quoted, start, size, marks, next) AS (
  SELECT i, rest GLOB 'S*', minus, quoted, i + minus + quoted, size, substr(rest, 1 + minus + quoted, size),
    CASE WHEN rest GLOB 'S*' THEN i + 1 ELSE i + minus + 2 * quoted + size END
  FROM (
    SELECT i, rest, minus, quoted,
      CASE WHEN quoted THEN instr(substr(rest, 2 + minus) || 'Q', 'Q')
        ELSE min(instr(substr(rest, 1 + minus) || 'S', 'S'), instr(substr(rest, 1 + minus) || 'Q', 'Q')) END - 1 AS size
    FROM (
      SELECT i, rest, rest GLOB 'M[^SM]*' AS minus, rest GLOB 'Q*' OR rest GLOB 'MQ*' AS quoted
      FROM (SELECT i, substr((SELECT marks FROM typed ORDER BY i DESC LIMIT 1), i) AS rest FROM typed WHERE i > 0)
    )
  )
),
walk(i) AS (SELECT 1 UNION ALL SELECT next FROM walk JOIN parts USING (i)),
terms(term, text, prefix, minus, is_or) AS (
  SELECT i, CASE WHEN quoted THEN substr(:q, start, size) ELSE substr(:q, start, length(rtrim(marks, 'T'))) END,
    NOT quoted AND marks GLOB '*T', minus, NOT quoted AND NOT minus AND substr(:q, start, size) = 'OR'
  FROM walk JOIN parts USING (i) WHERE NOT space
),

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
-- Terms that OR joins are one group, and every group must hold. An OR with nothing before it is a word.
asked(term, text, folded, minus, joined, is_or, match) AS (
  SELECT term, text, folded, minus, coalesce(lag(is_or) OVER (ORDER BY term), 0), is_or,
    '{title_bigrams body_bigrams} : ' || phrase
  FROM (
    SELECT term, text, folded, phrase, minus,
      is_or AND coalesce(max(phrase IS NOT NULL AND NOT minus)
        OVER (ORDER BY term ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS is_or
    FROM terms LEFT JOIN phrases USING (term)
  )
),
grouped(term, text, folded, part, match) AS (
  SELECT term, text, folded, sum(NOT joined) OVER (ORDER BY term), match
  FROM asked WHERE match IS NOT NULL AND NOT minus AND NOT is_or
),
wanted(match) AS (
  SELECT group_concat(match, ' AND ')
  FROM (SELECT '(' || group_concat(match, ' OR ') || ')' AS match FROM grouped GROUP BY part)
),
unwanted(match) AS (SELECT group_concat(match, ' OR ') FROM asked WHERE minus),
question(match, text, folded) AS (
  SELECT coalesce('(' || w.match || ')' || coalesce(' NOT (' || u.match || ')', ''), '""'), g.text, g.folded
  FROM wanted w, unwanted u LEFT JOIN (SELECT text, folded FROM grouped ORDER BY term LIMIT 1) g
),
found(id, rank) AS (SELECT rowid, rank FROM articles_fts WHERE articles_fts MATCH (SELECT match FROM question))
SELECT a.key, coalesce(a.title, a.title_estimated) AS title, a.site, a.published,
  replace(substr(a.body, max(1, coalesce(nullif(instr(a.body, q.text), 0), instr(lower(a.body), q.folded)) - 30), 100),
    char(10), ' ') AS snippet
FROM found f JOIN articles a ON a.id = f.id, question q
ORDER BY f.rank, a.id;
