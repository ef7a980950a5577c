-- title: N-grams
-- description: Runs of two to four words within a sentence, no punctuation between them, most frequent first: in the sentences that a text stands in, or, where none is given, in a sample of the corpus. At most 1,000 sentences are read, together 80,000 characters or less, drawn at random by the seed: sentences_read says how many. They are of at most 1,000 articles where no text is given, and else of as many articles with the text as 4,000 steps reach (a place takes one, an article two), drawn likewise. A file built with --no-tokens gives no rows.
-- param n: words in a run: 2, 3 or 4 (2)
-- param q: only in sentences that contain this text; empty: any
-- param least: fewest occurrences (3)
-- param seed: a number; another one gives another sample (1)
-- param site: only articles of this site; empty: any
-- param publisher: only articles of this publisher; empty: any
-- param year: only articles of these years, as 2013, 2013..2017, 2013.. or ..2017; empty: any
-- param subcorpus: only the articles that the view subcorpora has under this name, such as originals; empty: any
-- param version: the corpus version that a saved address was made with (see about); another one finds nothing; empty: any
-- Words are as they stand, and a space between them is no mark. Sentences are drawn by a number that depends on their place
-- and the seed alone. Titles are not included.

WITH RECURSIVE
terms(term, text, prefix, note) AS (SELECT 1, substr(:q, 1, 500), 0, ''),
most(steps, seed) AS (SELECT 4000, coalesce(nullif(CAST(:seed AS INTEGER), 0), 1)),
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
found(id) AS MATERIALIZED (
  SELECT i.id FROM indexed i
  WHERE coalesce(:site, '') || coalesce(:publisher, '') || coalesce(:year, '') || coalesce(:subcorpus, '') || coalesce(:version, '') = ''
    OR EXISTS (SELECT 1 FROM articles a WHERE a.id = i.id AND
-- begin subcorpus
  -- Of articles a: those of the site, publisher and year (2013, 2013..2017, 2013.., ..2017; none, where it is written in another
  -- way) and of the named subcorpus asked for, in the version of this file that a saved address names.
  (coalesce(:site, '') = '' OR a.site = :site)
  AND (coalesce(:publisher, '') = '' OR a.publisher = :publisher)
  AND (coalesce(:year, '') = '' OR :year NOT GLOB '*[^0-9. ]*' AND a.year BETWEEN CAST(:year AS INTEGER)
    AND CASE WHEN :year GLOB '*..' THEN 9999 ELSE CAST(substr(:year, instr(:year, '..') + 2 * (:year GLOB '*..*')) AS INTEGER) END)
  AND (coalesce(:subcorpus, '') = '' OR a.id IN (SELECT s.article_id FROM subcorpora s WHERE s.name = :subcorpus))
  AND (coalesce(:version, '') = '' OR :version = (SELECT value FROM about WHERE key = 'version'))
-- end subcorpus
  )
),
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
-- The sentences in question: where the text stands, or any.
wanted(id) AS (
  SELECT DISTINCT (SELECT s.id FROM sentence_bounds s WHERE s.article_id = h.article_id AND s.start <= h.start ORDER BY s.start DESC LIMIT 1)
  FROM hits h
  WHERE trim(coalesce(:q, '')) <> ''
),
sampled(id) AS (
  SELECT s.id FROM (
    SELECT a.id FROM articles a
    WHERE trim(coalesce(:q, '')) = '' AND
-- begin subcorpus
  -- Of articles a: those of the site, publisher and year (2013, 2013..2017, 2013.., ..2017; none, where it is written in another
  -- way) and of the named subcorpus asked for, in the version of this file that a saved address names.
  (coalesce(:site, '') = '' OR a.site = :site)
  AND (coalesce(:publisher, '') = '' OR a.publisher = :publisher)
  AND (coalesce(:year, '') = '' OR :year NOT GLOB '*[^0-9. ]*' AND a.year BETWEEN CAST(:year AS INTEGER)
    AND CASE WHEN :year GLOB '*..' THEN 9999 ELSE CAST(substr(:year, instr(:year, '..') + 2 * (:year GLOB '*..*')) AS INTEGER) END)
  AND (coalesce(:subcorpus, '') = '' OR a.id IN (SELECT s.article_id FROM subcorpora s WHERE s.name = :subcorpus))
  AND (coalesce(:version, '') = '' OR :version = (SELECT value FROM about WHERE key = 'version'))
-- end subcorpus
    ORDER BY (a.id * 48271 + coalesce(nullif(CAST(:seed AS INTEGER), 0), 1) % 1000003 * 69621) % 2147483647 * 48271 % 2147483647
    LIMIT 1000
  ) a CROSS JOIN sentence_bounds s ON s.article_id = a.id
),
-- Without punctuation, a sentence is as long as its paragraph.
drawn_sentences(id) AS MATERIALIZED (
  SELECT id FROM (
    SELECT id, sum(chars) OVER (ORDER BY chance, id) - chars AS before FROM (
      SELECT s.id, s."end" - s.start AS chars,
        (s.id * 48271 + coalesce(nullif(CAST(:seed AS INTEGER), 0), 1) % 1000003 * 69621) % 2147483647 * 48271 % 2147483647 AS chance
      FROM (SELECT id FROM wanted UNION ALL SELECT id FROM sampled) c CROSS JOIN sentence_bounds s ON s.id = c.id
      WHERE s.cuts IS NOT NULL
      ORDER BY chance, s.id
      LIMIT 1000
    )
  )
  WHERE before < 80000
),
sentences_read(article_id, first, text, numbers) AS MATERIALIZED (
  SELECT s.article_id, s.id * 4294967296, substr(a.body, s.start + 1, s."end" - s.start), substr(hex(s.cuts), 1, s."end" - s.start)
  FROM drawn_sentences d CROSS JOIN sentence_bounds s ON s.id = d.id CROSS JOIN articles a ON a.id = s.article_id
),
-- begin sentence_words
-- sentences_read(article_id, first, text, numbers) -> sentence_words(article_id, first, text, numbers, passed, at, chars): where in
-- each sentence its words begin, from 1, and how long they are. The numbers are cut behind each F into pieces, where no number
-- comes back, so that a word is found by its number: a step for fifteen words, not for each. Text and numbers are those behind the
-- first `passed` characters, 400 more than the piece: what has no punctuation is one sentence, too long to go along with each word.
pieces(article_id, first, text, numbers, passed, piece, rest) AS (
  SELECT article_id, first, text, numbers, 0, '', numbers FROM sentences_read
  UNION ALL
  SELECT article_id, first, text, numbers, passed + length(piece),
    substr(rest, 1, length(rest) - length(ltrim(ltrim(rest, '0123456789ABCDE'), 'F'))), ltrim(ltrim(rest, '0123456789ABCDE'), 'F')
  FROM pieces WHERE rest <> ''
),
sentence_words(article_id, first, text, numbers, passed, at, chars) AS (
  SELECT article_id, first, text, numbers, passed, passed + instr(piece, number), length(piece) - length(replace(piece, number, ''))
  FROM (
    SELECT article_id, first, substr(text, passed + 1, length(piece) + 400) AS text,
      substr(numbers, passed + 1, length(piece) + 400) AS numbers, passed, piece
    FROM pieces LIMIT -1
  ) CROSS JOIN (SELECT column1 AS number FROM (
    VALUES ('1'), ('2'), ('3'), ('4'), ('5'), ('6'), ('7'), ('8'), ('9'), ('A'), ('B'), ('C'), ('D'), ('E'), ('F')))
  WHERE instr(piece, number) > 0
),
-- end sentence_words
-- Each word, and the place where the next one begins, if no mark parts them; a space is a mark only beside another.
words(place, article_id, word, next) AS MATERIALIZED (
  SELECT first + at, article_id, substr(text, at - passed, chars), first + at + chars + CASE
    WHEN substr(numbers, at - passed + chars, 1) > '0' THEN 0
    WHEN substr(text, at - passed + chars, 1) = ' ' AND substr(numbers, at - passed + chars + 1, 1) > '0' THEN 1 END
  FROM sentence_words
),
size(n) AS (SELECT min(max(coalesce(nullif(CAST(:n AS INTEGER), 0), 2), 2), 4)),
runs(article_id, ngram) AS (
  SELECT a.article_id, a.word || ' ' || b.word FROM size CROSS JOIN words a CROSS JOIN words b ON b.place = a.next WHERE n = 2
  UNION ALL
  SELECT a.article_id, a.word || ' ' || b.word || ' ' || c.word || coalesce(' ' || d.word, '')
  FROM size CROSS JOIN words a CROSS JOIN words b ON b.place = a.next CROSS JOIN words c ON c.place = b.next
    LEFT JOIN words d ON n = 4 AND d.place = c.next
  WHERE n > 2 AND (n = 3 OR d.place > 0)
),
counted(ngram, occurrences, articles) AS (
  SELECT ngram, sum(occurrences), count(*) FROM (
    SELECT ngram, article_id, count(*) AS occurrences FROM runs GROUP BY ngram, article_id
  )
  GROUP BY ngram
)
SELECT ngram, occurrences, articles, (SELECT count(*) FROM sentences_read) AS sentences_read
FROM counted
WHERE occurrences >= coalesce(nullif(CAST(:least AS INTEGER), 0), 3)
ORDER BY occurrences DESC, ngram
LIMIT 1000;
