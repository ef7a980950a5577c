-- title: Collocates
-- description: Words that stand near the text more often than chance would have them there, with the usual measures. The window is counted in words, without punctuation, and ends with the sentence. Frequencies are those of the file's word list, titles included, or of one year or one site where only that is asked for. Where the text stands in more places than can be read in time (6,000 steps: a place takes one, an article two), a sample of its articles is read, drawn by the seed: articles_read of articles_found. Together, expected and the measures are then those of the sample, compared with as large a share of the corpus; occurrences are always those of all articles. A file built with --no-tokens gives no rows.
-- param q: the text whose neighbours are wanted
-- param window: words on either side (5)
-- param measure: order by log_dice, mi, mi3, t_score, log_likelihood, log_ratio or together (log_dice)
-- param least: fewest times that the two stand together (3)
-- param seed: a number; of a text in too many places to read all, another one reads other articles (1)
-- param site: only articles of this site; empty: any
-- param publisher: only articles of this publisher; empty: any
-- param year: only articles of these years, as 2013, 2013..2017, 2013.. or ..2017; empty: any
-- param subcorpus: only the articles that the view subcorpora has under this name, such as originals; empty: any
-- param version: the corpus version that a saved address was made with (see about); another one finds nothing; empty: any
-- The window is of words in the text's own sentence. A word in reach of two places counts once. With the contingency table
--
--                     the word          any other word
--   in the windows    O11 = together    O12               R1 = words in all windows
--   elsewhere         O21               O22               N = words of the corpus, the text's own places left out
--                     C1 = frequency
--
-- Where articles_read of articles_found are read, C1 and N are taken times that share, as if the same part of all articles
-- had been drawn: mi, log_ratio and log_dice then estimate those of the whole text; t_score and log_likelihood, which grow
-- with what was counted, say how sure the sample is. With E11 = R1 C1 / N (Evert 2008, "Corpora and collocations", sections 4 and 5):
--   mi = log2(O11 / E11)    mi3 = log2(O11^3 / E11)    t_score = (O11 - E11) / sqrt(O11)
--   log_likelihood = 2 sum O ln(O / E) over the four cells (Dunning 1993)
--   log_ratio = log2((O11 / R1) / (O21 / (N - R1))), with 0.5 for an O21 of 0 (Hardie 2014)
--   log_dice = 14 + log2(2 O11 / (places + C1)) (Rychlý 2008)

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
spots(article_id, start, stop, chance) AS MATERIALIZED (SELECT article_id, start, stop, 0 FROM hits),
reach(words) AS (SELECT min(max(coalesce(nullif(CAST(:window AS INTEGER), 0), 5), 1), 20)),
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
-- Every order that windows may have, and its numbers one by one.
nth(n, words) AS MATERIALIZED (
  SELECT column1, min(words, 10) FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15)), reach
),
orders(numbers, number) AS MATERIALIZED (
  SELECT substr(rising, f.n, f.words), substr(rising, f.n + s.n - 1, 1) FROM nth f JOIN nth s ON s.n <= s.words CROSS JOIN cycle
  UNION
  SELECT substr(falling, f.n, f.words), substr(falling, f.n + s.n - 1, 1) FROM nth f JOIN nth s ON s.n <= s.words CROSS JOIN cycle
),
-- Each word of each window, and its place; empty where there are not so many.
beside(word, sentence, at) AS (
  SELECT substr(text, left_from + instr(left_numbers, number), left_chars - length(replace(left_numbers, number, ''))), sentence,
    left_from + instr(left_numbers, number)
  FROM windows CROSS JOIN orders ON numbers = left_order
  UNION ALL
  SELECT substr(text, right_from + instr(right_numbers, number), right_chars - length(replace(right_numbers, number, ''))), sentence,
    right_from + instr(right_numbers, number)
  FROM windows CROSS JOIN orders ON numbers = right_order
),
counted(word, occurrences) AS (
  SELECT word, count(DISTINCT sentence * 4294967296 + at) FROM beside GROUP BY word HAVING word <> ''
),
-- begin folding
-- counted(word, occurrences) -> folded_words(word, occurrences): folded as the words of `terms` are; most are already.
folded_words(word, occurrences) AS MATERIALIZED (
  SELECT word, sum(occurrences) FROM (
    SELECT occurrences, coalesce((SELECT t.term FROM main.terms t WHERE t.term = lower(c.word)), (
      WITH RECURSIVE fold(i, text) AS (
        SELECT 0, ''
        UNION ALL
        SELECT i + 1, text || coalesce((SELECT f.folded FROM folds f WHERE f.char = substr(c.word, i + 1, 1) AND length(f.folded) = 1),
          substr(c.word, i + 1, 1))
        FROM fold WHERE i < length(c.word)
      )
      SELECT text FROM fold WHERE i = length(c.word))) AS word
    FROM counted c LIMIT -1
  ) GROUP BY word
),
-- end folding
-- What the frequencies are of: one year, one site, or all.
scope(name) AS (
  SELECT CASE
    WHEN coalesce(:subcorpus, '') <> '' THEN 'all'
    WHEN coalesce(:site, '') = '' AND coalesce(:publisher, '') = '' AND :year GLOB '[0-9][0-9][0-9][0-9]' THEN 'year'
    WHEN coalesce(:year, '') = '' AND coalesce(:publisher, '') = '' AND coalesce(:site, '') <> '' THEN 'site'
    ELSE 'all' END
),
sizes(places, n, share) AS MATERIALIZED (
  SELECT places, CASE name
    WHEN 'year' THEN (SELECT sum(occurrences) FROM term_years WHERE year = CAST(:year AS INTEGER))
    WHEN 'site' THEN (SELECT sum(occurrences) FROM term_sites WHERE site = :site)
    ELSE coalesce((SELECT CAST(value AS INTEGER) FROM about WHERE key = 'running_words'), (SELECT sum(occurrences) FROM main.terms)) END * share - places, share
  FROM scope, (SELECT count(*) AS places FROM spots), (SELECT 1.0 * articles_read / articles_found AS share FROM extent)
),
tables(word, occurrences, o11, c1, r1, e11, places, n) AS MATERIALIZED (
  SELECT word, occurrences, together, max(together, share * occurrences), r1, r1 * max(together, share * occurrences) / n, places, n
  FROM (
    SELECT w.word, w.occurrences AS together, r1, places, n, share, max(w.occurrences, coalesce(CASE name
      WHEN 'year' THEN (SELECT t.occurrences FROM term_years t WHERE t.term = w.word AND t.year = CAST(:year AS INTEGER))
      WHEN 'site' THEN (SELECT t.occurrences FROM term_sites t WHERE t.term = w.word AND t.site = :site)
      ELSE (SELECT t.occurrences FROM main.terms t WHERE t.term = w.word) END, 0)) AS occurrences
    FROM (SELECT *, sum(occurrences) OVER () AS r1 FROM folded_words) w, scope, sizes
    WHERE w.occurrences >= coalesce(nullif(CAST(:least AS INTEGER), 0), 3)
    LIMIT -1
  )
),
-- The first 300 in the order asked for, which needs no logarithm but for log_likelihood: the others grow with these.
first(word, occurrences, o11, c1, r1, e11, places, n) AS MATERIALIZED (
  SELECT * FROM tables
  ORDER BY CASE :measure WHEN 'log_likelihood' THEN 0 WHEN 'mi' THEN o11 / e11 WHEN 'mi3' THEN o11 * o11 * o11 / e11
    WHEN 't_score' THEN (o11 - e11) * abs(o11 - e11) / o11 WHEN 'together' THEN o11
    WHEN 'log_ratio' THEN 1.0 * o11 / max(c1 - o11, 0.5) ELSE 1.0 * o11 / (places + c1) END DESC, o11 DESC, word
  LIMIT CASE :measure WHEN 'log_likelihood' THEN -1 ELSE 300 END
),
-- What to take the logarithms of; the cells take what was counted there along.
amounts(id, what, x, along) AS MATERIALIZED (
  SELECT word, what, CASE what
    WHEN 'o11' THEN o11
    WHEN '11' THEN o11 / e11
    WHEN '12' THEN (r1 - o11) / (r1 - e11)
    WHEN '21' THEN max(c1 - o11, 0.5) / (c1 - e11)
    WHEN '22' THEN (n - r1 - c1 + o11) / (n - r1 - c1 + e11)
    ELSE 2.0 * o11 / (places + c1) END, CASE what
    WHEN 'o11' THEN e11
    WHEN '12' THEN r1 - o11
    WHEN '21' THEN c1 - o11
    WHEN '22' THEN n - r1 - c1 + o11
    WHEN 'dice' THEN occurrences END
  FROM first, (SELECT 'o11' AS what UNION ALL SELECT '11' UNION ALL SELECT '12' UNION ALL SELECT '21' UNION ALL SELECT '22'
    UNION ALL SELECT 'dice')
),
-- begin logarithms
-- amounts(id, what, x, along) -> logarithms(id, what, x, along, ln, root): natural logarithm and square root of each x > 0, in
-- plain SQL, as ln() and sqrt() may not be compiled in; `along` is a number that each takes along. x is m times ten to the e
-- (printf's %e); m is brought near 1 by 1, 2, 4 or 8; there ln m = 2 artanh((m - 1) / (m + 1)), six terms of its series, and two
-- steps of Newton's give the root: both to 1e-8. SQLite works an expression out anew for each mention, but for a step that is
-- MATERIALIZED or has a LIMIT.
parts(id, what, x, along, m, e) AS MATERIALIZED (
  SELECT id, what, x, along, CAST(substr(digits, 1, 18) AS REAL), CAST(substr(digits, 20) AS INTEGER)
  FROM (SELECT id, what, x, along, printf('%.16e', x) AS digits FROM amounts WHERE x > 0 LIMIT -1)
),
near(id, what, x, along, m, z, ln, root) AS MATERIALIZED (
  SELECT id, what, x, along, m / c, (m - c) / (m + c),
    e * 2.302585092994046 + CASE c WHEN 1 THEN 0 WHEN 2 THEN 0.6931471805599453 WHEN 4 THEN 1.3862943611198906 ELSE 2.0794415416798357 END,
    CASE c WHEN 1 THEN 1 WHEN 2 THEN 1.4142135623730951 WHEN 4 THEN 2 ELSE 2.8284271247461903 END
      * CASE e & 1 WHEN 1 THEN 3.1622776601683795 ELSE 1 END * CAST('1e' || ((e - (e & 1)) / 2) AS REAL)
  FROM (SELECT *, CASE WHEN m < 1.5 THEN 1 WHEN m < 3 THEN 2 WHEN m < 6 THEN 4 ELSE 8 END AS c FROM parts LIMIT -1)
),
logarithms(id, what, x, along, ln, root) AS (
  SELECT id, what, x, along, ln + 2 * z * (1 + zz * (1 / 3.0 + zz * (1 / 5.0 + zz * (1 / 7.0 + zz * (1 / 9.0 + zz / 11))))),
    root * (better + m / better) / 2
  FROM (SELECT id, what, x, along, ln, root, m, z, z * z AS zz, (((1 + m) / 2) + m / ((1 + m) / 2)) / 2 AS better FROM near LIMIT -1)
),
-- end logarithms
logs(word, o11, e11, l_o11, root, l11, o12, l12, o21, l21, o22, l22, occurrences, dice) AS (
  SELECT id,
    max(CASE what WHEN 'o11' THEN x END), max(CASE what WHEN 'o11' THEN along END),
    max(CASE what WHEN 'o11' THEN ln END), max(CASE what WHEN 'o11' THEN root END), max(CASE what WHEN '11' THEN ln END),
    max(CASE what WHEN '12' THEN along END), max(CASE what WHEN '12' THEN ln END),
    max(CASE what WHEN '21' THEN along END), max(CASE what WHEN '21' THEN ln END),
    max(CASE what WHEN '22' THEN along END), max(CASE what WHEN '22' THEN ln END),
    max(CASE what WHEN 'dice' THEN along END), max(CASE what WHEN 'dice' THEN ln END)
  FROM logarithms GROUP BY id
),
measured AS (
  SELECT word, (SELECT pos FROM main.terms WHERE term = word) AS pos, o11 AS together, occurrences,
    round(e11, 3) AS expected,
    round(14 + dice / 0.6931471805599453, 4) AS log_dice,
    round(l11 / 0.6931471805599453, 4) AS mi,
    round((l11 + 2 * l_o11) / 0.6931471805599453, 4) AS mi3,
    round((o11 - e11) / root, 4) AS t_score,
    round(2 * (o11 * l11 + coalesce(o12 * l12, 0) + coalesce(o21 * l21, 0) + coalesce(o22 * l22, 0)), 4) AS log_likelihood,
    round((l11 - l21) / 0.6931471805599453, 4) AS log_ratio
  FROM logs
)
SELECT word, pos, together, occurrences, expected, log_dice, mi, mi3, t_score, log_likelihood, log_ratio,
  articles_read, articles_found
FROM measured CROSS JOIN extent
ORDER BY CASE :measure WHEN 'mi' THEN mi WHEN 'mi3' THEN mi3 WHEN 't_score' THEN t_score WHEN 'log_likelihood' THEN log_likelihood
  WHEN 'log_ratio' THEN log_ratio WHEN 'together' THEN together ELSE log_dice END DESC, together DESC, word
LIMIT 300;
