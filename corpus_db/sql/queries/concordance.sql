-- title: Concordance
-- description: Every place where the text stands in a body, with what stands left and right of it in the same paragraph (KWIC), and the nearest words of its sentence. Where the text stands in more places than can be read in time (6,000 steps: a place takes one, an article two), a sample of its articles is read, drawn by the seed: articles_read of articles_found. In a file built with --no-tokens, the words beside it are NULL and the order is by characters.
-- param q: the text to find: a word or any longer or shorter text
-- param width: characters on either side (30)
-- param words: words on either side, punctuation not counted (3)
-- param sort: right or left (by the words there, the nearest first), right_characters, left_characters, date, site or random (right)
-- param sample: so many places, taken at random; empty: all
-- param seed: a number; another one gives another sample, of articles too, and another random order (1)
-- param site: only articles of this site; empty: any
-- param publisher: only articles of this publisher; empty: any
-- param year: only articles of these years, as 2013, 2013..2017, 2013.. or ..2017; empty: any
-- param subcorpus: only the articles that the view subcorpora has under this name, such as originals; empty: any
-- param version: the corpus version that a saved address was made with (see about); another one finds nothing; empty: any
-- Context never crosses a line feed, which ends a paragraph; words never leave the sentence. Punctuation is no word. The
-- left side sorts from the word or character at the place outward.

WITH RECURSIVE
terms(term, text, prefix, note) AS (SELECT 1, substr(:q, 1, 500), 0, ''),
most(steps, seed) AS (SELECT 6000, coalesce(nullif(CAST(:seed AS INTEGER), 0), 1)),
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
-- Each place with a number that looks random but depends on the place and the seed alone.
spots(article_id, start, stop, chance) AS MATERIALIZED (
  SELECT article_id, start, stop, (h * h % 2147483647 + 12345) * 48271 % 2147483647 AS chance
  FROM (
    SELECT h.article_id, h.start, h.stop,
      ((h.article_id * 1000003 + h.start) * 48271 + coalesce(nullif(CAST(:seed AS INTEGER), 0), 1) % 1000003 * 69621) % 2147483647 AS h
    FROM hits h
  )
  ORDER BY CASE WHEN CAST(:sample AS INTEGER) > 0 THEN chance END, article_id, start
  LIMIT CASE WHEN CAST(:sample AS INTEGER) > 0 THEN CAST(:sample AS INTEGER) ELSE -1 END
),
reach(words) AS (SELECT min(max(coalesce(nullif(CAST(:words AS INTEGER), 0), 3), 1), 20)),
-- begin numbered
-- spots(article_id, start, stop, chance) -> numbered: the sentence that each stands in, where it begins, its text, and of each
-- character the number of its word, counted from 1 to F and again from 1; 0 is a character in no word (punctuation, a space).
-- No numbers where the file was built with --no-tokens.
numbered(article_id, start, stop, chance, sentence, first, text, numbers) AS MATERIALIZED (
  SELECT p.article_id, p.start, p.stop, p.chance, s.id, s.start, substr(a.body, s.start + 1, s."end" - s.start),
    substr(hex(s.cuts), 1, s."end" - s.start)
  FROM spots p CROSS JOIN articles a ON a.id = p.article_id LEFT JOIN sentence_bounds s ON s.id = (
    SELECT id FROM sentence_bounds WHERE article_id = p.article_id AND start <= p.start ORDER BY start DESC LIMIT 1)
),
-- end numbered
-- begin windows
-- numbered, reach(words), at most 20 -> windows: what lies beside each place in its sentence, ten words on either side, and in a
-- second row (`passed` is 10) the words beyond them. Among fifteen words in a row no two have the same number, so that in a
-- window each is found by its number with instr(), without a step from word to word. Of the left side, `left_numbers` are the
-- numbers of the characters behind the first `left_from` of the text, `left_chars` how many these are, and `left_order` the
-- numbers of its words from the place on; the right side likewise. Marks are passed over; a word that the place only touches is
-- neither right nor left of it.
cycle(rising, falling) AS (
  SELECT '123456789ABCDEF123456789ABCDEF123456789ABCDEF', '1FEDCBA987654321FEDCBA987654321FEDCBA987654321'
),
-- The numbers on either side go on, in the cycle, from `left_turn` and `right_turn`: from the place's own first and last number
-- or, where it begins or ends with a mark, so that the nearest number comes next.
touched(article_id, start, stop, chance, sentence, text, left_numbers, left_turn, right_from, right_numbers, right_turn) AS MATERIALIZED (
  SELECT article_id, start, stop, chance, sentence, text,
    substr(numbers, 1, start - first), CASE WHEN substr(numbers, start - first + 1, 1) > '0'
      THEN instr(falling, substr(numbers, start - first + 1, 1))
      ELSE instr(falling, substr(rtrim(substr(numbers, 1, start - first), '0'), -1)) - 1 END,
    stop - first, substr(numbers, stop - first + 1), CASE WHEN substr(numbers, stop - first, 1) > '0'
      THEN instr(rising, substr(numbers, stop - first, 1))
      ELSE instr(rising, substr(ltrim(substr(numbers, stop - first + 1), '0'), 1, 1)) - 1 END
  FROM numbered, cycle
),
-- The window beside the place, `passed` 0, and that beyond it, 10. One ends on the left where nothing more is trimmed off by the
-- numbers that it holds, on the right before the first number `beyond` them.
bounded(article_id, start, stop, chance, sentence, text, passed, left_from, left_numbers, left_order,
  right_from, right_numbers, right_order, beyond) AS MATERIALIZED (
  SELECT article_id, start, stop, chance, sentence, text, passed,
    length(rtrim(farther, '0' || substr(falling, left_turn + passed, min(words - passed, 10) + 1))), farther,
    substr(falling, left_turn + passed + 1, min(words, 10)),
    right_from + skipped, substr(right_numbers, skipped + 1),
    substr(rising, right_turn + passed + 1, min(words, 10)), substr(rising, right_turn + min(words, passed + 10) + 1, 1)
  FROM (
    SELECT *,
      CASE passed WHEN 0 THEN left_numbers ELSE rtrim(left_numbers, '0' || substr(falling, left_turn, 11)) END AS farther,
      CASE passed WHEN 0 THEN 0
        ELSE instr(right_numbers || substr(rising, right_turn + 11, 1), substr(rising, right_turn + 11, 1)) - 1 END AS skipped
    FROM touched, cycle, reach, (SELECT 0 AS passed UNION ALL SELECT 10) WHERE passed < words
  )
),
windows(article_id, start, stop, chance, sentence, text, passed, left_from, left_numbers, left_chars, left_order,
  right_from, right_numbers, right_chars, right_order) AS MATERIALIZED (
  SELECT article_id, start, stop, chance, sentence, text, passed,
    left_from, substr(left_numbers, left_from + 1), length(left_numbers) - left_from, left_order,
    right_from, substr(right_numbers, 1, instr(right_numbers || beyond, beyond) - 1), instr(right_numbers || beyond, beyond) - 1, right_order
  FROM bounded
),
-- end windows
nth(n) AS MATERIALIZED (
  SELECT column1 FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)), reach WHERE column1 <= words
),
-- A word that is not there is empty. On the left they stand as one reads them, the farthest first; `outward`, the nearest first.
beside(article_id, start, stop, chance, passed, left_words, outward, right_words) AS (
  SELECT article_id, start, stop, chance, passed,
    (SELECT nullif(trim(group_concat(substr(text, left_from + instr(left_numbers, number),
      left_chars - length(replace(left_numbers, number, ''))), ' ')), '') FROM (SELECT substr(left_order, -n, 1) AS number FROM nth LIMIT -1)),
    CASE :sort WHEN 'left' THEN (SELECT nullif(trim(group_concat(substr(text, left_from + instr(left_numbers, number),
      left_chars - length(replace(left_numbers, number, ''))), ' ')), '') FROM (SELECT substr(left_order, n, 1) AS number FROM nth LIMIT -1)) END,
    (SELECT nullif(trim(group_concat(substr(text, right_from + instr(right_numbers, number),
      right_chars - length(replace(right_numbers, number, ''))), ' ')), '') FROM (SELECT substr(right_order, n, 1) AS number FROM nth LIMIT -1))
  FROM windows
),
farther AS MATERIALIZED (SELECT * FROM beside WHERE passed > 0),
sides(article_id, start, stop, chance, left_words, outward, right_words) AS (
  SELECT b.article_id, b.start, b.stop, b.chance, coalesce(f.left_words || ' ', '') || b.left_words,
    b.outward || coalesce(' ' || f.outward, ''), b.right_words || coalesce(' ' || f.right_words, '')
  FROM beside b LEFT JOIN farther f ON f.article_id = b.article_id AND f.start = b.start WHERE b.passed = 0
),
-- Context ends where the paragraph does: rtrim() by everything but line feeds leaves what stands up to the last of them.
lines_of_text(article_id, start, chance, key, title, site, published, lead, node, trail, left_words, outward, right_words) AS (
  SELECT article_id, start, chance, key, title, site, published,
    CASE instr(before, char(10)) WHEN 0 THEN before
      ELSE substr(before, length(rtrim(before, replace(before, char(10), ''))) + 1) END,
    node, substr(after, 1, instr(after || char(10), char(10)) - 1), left_words, outward, right_words
  FROM (
    SELECT *, substr(around, 1, min(start, size)) AS before, substr(around, min(start, size) + 1, stop - start) AS node,
      substr(around, min(start, size) + stop - start + 1) AS after
    FROM (
      SELECT s.*, size, a.key, coalesce(a.title, a.title_estimated) AS title, a.site, a.published,
        substr(a.body, max(1, s.start + 1 - size), min(s.start, size) + s.stop - s.start + size) AS around
      FROM (SELECT min(max(coalesce(nullif(CAST(:width AS INTEGER), 0), 30), 1), 500) AS size)
        CROSS JOIN sides s CROSS JOIN articles a ON a.id = s.article_id
      LIMIT -1
    ) LIMIT -1
  )
)
SELECT key, title, site, published, lead AS "left", node, trail AS "right", left_words, right_words, start,
  articles_read, articles_found
FROM extent CROSS JOIN lines_of_text
ORDER BY
  CASE :sort WHEN 'date' THEN published WHEN 'site' THEN site WHEN 'random' THEN chance WHEN 'left' THEN outward END,
  CASE WHEN :sort IN ('left', 'left_characters')
    THEN substr(lead, -1) || substr(lead, -2, 1) || substr(lead, -3, 1) || substr(lead, -4, 1) END,
  CASE WHEN coalesce(:sort, '') NOT IN ('right_characters', 'left_characters') THEN right_words END,
  trail, article_id, start;
