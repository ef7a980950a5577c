-- title: Search
-- description: Articles that contain every word typed, best first. "…" is an exact phrase, -word leaves articles out, a OR b (a 或 b, a | b) takes either, word* is the beginning of a Latin word. Words are found wherever their characters stand, whatever the word boundaries.
-- param q: words, separated by spaces

WITH RECURSIVE
-- One letter for each character typed: S space, Q quotation mark, M minus, T star, C any other.
typed(i, marks) AS (
  SELECT 0, ''
  UNION ALL
  SELECT i + 1, marks || CASE
    WHEN instr('"“”„‟«»＂「」『』〝〞', substr(:q, i + 1, 1)) THEN 'Q'
    WHEN instr('-－−', substr(:q, i + 1, 1)) THEN 'M'
    WHEN instr('*＊', substr(:q, i + 1, 1)) THEN 'T'
    WHEN (SELECT kind IN ('S', 'N') AND last >= unicode(substr(:q, i + 1, 1)) FROM char_kinds
          WHERE first <= unicode(substr(:q, i + 1, 1)) ORDER BY first DESC LIMIT 1) THEN 'S'
    ELSE 'C' END
  FROM typed WHERE i < min(length(:q), 500)
),
-- Parted from left to right: a space, a "phrase", or a word, the last two perhaps with a minus before it; `used` is how
-- many characters that is, `rest` the marks from its first on.
parts(at, rest, used) AS (
  SELECT 1, ' ' || marks, 1 FROM typed WHERE i = min(length(:q), 500)
  UNION ALL
  SELECT at + used, substr(rest, used + 1), (
    SELECT CASE
      WHEN ahead GLOB 'S*' THEN 1
      WHEN ahead GLOB 'Q*' THEN 1 + instr(substr(ahead, 2) || 'Q', 'Q')
      WHEN ahead GLOB 'MQ*' THEN 2 + instr(substr(ahead, 3) || 'Q', 'Q')
      WHEN ahead GLOB 'M[^SM]*' THEN min(instr(substr(ahead, 2) || 'S', 'S'), instr(substr(ahead, 2) || 'Q', 'Q'))
      ELSE min(instr(ahead || 'S', 'S'), instr(ahead || 'Q', 'Q')) - 1 END
    FROM (SELECT substr(rest, used + 1) AS ahead))
  FROM parts WHERE rest <> '' AND used > 0
),
-- `note` is M for a word or phrase that must not occur, O for an OR.
terms(term, text, prefix, note) AS (
  SELECT at, CASE WHEN quoted THEN word ELSE rtrim(word, '*＊') END, NOT quoted AND word GLOB '*[*＊]',
    CASE WHEN minus THEN 'M' WHEN word IN ('OR', '或', '或者', '|', '||', '｜') AND NOT quoted THEN 'O' ELSE '' END
  FROM (
    SELECT at, minus, quoted, substr(:q, at - 1 + minus + quoted, used - minus - 2 * quoted) AS word
    FROM (SELECT at, used, rest GLOB 'M[^SM]*' AS minus, rest GLOB 'Q*' OR rest GLOB 'MQ*' AS quoted
          FROM parts WHERE rest GLOB '[^S ]*')
  )
),
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
-- Terms that OR joins are one group, and every group must hold. An OR with nothing before it is a word.
asked(term, text, folded, note, joined, match) AS (
  SELECT term, text, folded, note, coalesce(lag(note = 'O') OVER (ORDER BY term), 0),
    '{title_bigrams body_bigrams} : ' || phrase
  FROM (
    SELECT term, text, folded, phrase, CASE
      WHEN note = 'O' AND NOT coalesce(max(note <> 'M' AND phrase IS NOT NULL)
        OVER (ORDER BY term ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) THEN '' ELSE note END AS note
    FROM phrases
  )
),
groups(part, match, unwanted, first) AS (
  SELECT part, group_concat(CASE note WHEN '' THEN match END, ' OR '), group_concat(CASE note WHEN 'M' THEN match END, ' OR '),
    min(CASE note WHEN '' THEN term END)
  FROM (SELECT *, sum(note = '' AND NOT joined) OVER (ORDER BY term) AS part FROM asked WHERE match IS NOT NULL AND note <> 'O')
  GROUP BY part
),
question(match) AS (
  SELECT coalesce('(' || group_concat('(' || match || ')', ' AND ') || ')'
    || coalesce(' NOT (' || group_concat(unwanted, ' OR ') || ')', ''), '""')
  FROM groups
),
shown(text, folded) AS (SELECT max(text), max(folded) FROM (SELECT text, folded FROM phrases WHERE note = '' AND phrase IS NOT NULL ORDER BY term LIMIT 1)),
found(id, rank) AS (SELECT rowid, rank FROM articles_fts WHERE articles_fts MATCH (SELECT match FROM question))
SELECT a.key, coalesce(a.title, a.title_estimated) AS title, a.site, a.published,
  replace(substr(a.body, max(1, coalesce(nullif(instr(a.body, s.text), 0), instr(lower(a.body), s.folded)) - 30), 100),
    char(10), ' ') AS snippet
FROM found f JOIN articles a ON a.id = f.id, shown s
ORDER BY f.rank, a.id;
