-- title: Keyness
-- description: Words that set a part of the corpus apart from the rest: log-likelihood says how sure the difference is, Log Ratio how large (1: twice as frequent, -1: half). A word is significant that passes the threshold for 0.01, corrected for the number of words compared. A year or a site is counted in full, titles included. For a publisher, a section or a named subcorpus, at most 1,000 sentences of at most 1,000 articles are read, together 80,000 characters or less, without titles, drawn at random by the seed: sentences_read says how many. For these, a file built with --no-tokens gives no rows.
-- param field: year, site, publisher, section or subcorpus
-- param value: which one; of subcorpus, a name in the view subcorpora, such as originals
-- param least: fewest occurrences in both together (5)
-- param seed: a number; where sentences are sampled, another one gives another sample (1)
-- param version: the corpus version that a saved address was made with (see about); another one finds nothing; empty: any
-- The rest is what the corpus has beyond the words counted here, unread sentences of the same part included.
-- With O1 of N1 words here, O2 of N2 in the rest, E1 = N1 (O1 + O2) / (N1 + N2), E2 = N2 (O1 + O2) / (N1 + N2):
--   log_likelihood = 2 (O1 ln(O1 / E1) + O2 ln(O2 / E2)) (Rayson and Garside 2000)
--   log_ratio = log2((O1 / N1) / (O2 / N2)), with 0.5 for a count of 0 (Hardie 2014)
--   threshold: chi-squared of one degree of freedom at 0.01 / words compared (Bonferroni), from a table of its values at
--   10^-2, 10^-3 …, between which it is all but straight in the logarithm (off by less than 0.02)

WITH RECURSIVE
part(id) AS (
  SELECT id FROM articles WHERE :field = 'publisher' AND publisher = :value
  UNION ALL SELECT id FROM articles WHERE :field = 'section' AND section = :value
  UNION ALL SELECT article_id FROM subcorpora WHERE :field = 'subcorpus' AND name = :value
),
-- Articles, and then sentences of them, in an order that looks random.
sampled(id) AS (SELECT id FROM part ORDER BY (id * 48271 + coalesce(nullif(CAST(:seed AS INTEGER), 0), 1) % 1000003 * 69621) % 2147483647 * 48271 % 2147483647, id LIMIT 1000),
-- Without punctuation, a sentence is as long as its paragraph.
spots(article_id, start, stop, chance) AS MATERIALIZED (
  SELECT article_id, start, start, chance FROM (
    SELECT *, sum(chars) OVER (ORDER BY chance, id) - chars AS before FROM (
      SELECT s.id, s.article_id, s.start, s."end" - s.start AS chars,
        (s.id * 48271 + coalesce(nullif(CAST(:seed AS INTEGER), 0), 1) % 1000003 * 69621) % 2147483647 * 48271 % 2147483647 AS chance
      FROM sampled a CROSS JOIN sentence_bounds s ON s.article_id = a.id
      WHERE s.cuts IS NOT NULL
      ORDER BY chance, s.id LIMIT 1000
    )
  )
  WHERE before < 80000
),
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
sentences_read(article_id, first, text, numbers) AS (SELECT article_id, first, text, numbers FROM numbered),
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
counted(word, occurrences) AS (
  SELECT word, count(*) FROM (SELECT substr(text, at - passed, chars) AS word FROM sentence_words LIMIT -1) GROUP BY word
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
own(term, occurrences) AS MATERIALIZED (
  SELECT term, occurrences FROM term_years WHERE :field = 'year' AND year = CAST(:value AS INTEGER)
  UNION ALL SELECT term, occurrences FROM term_sites WHERE :field = 'site' AND site = :value
  UNION ALL SELECT word, occurrences FROM folded_words
),
sizes(n1, n) AS MATERIALIZED (
  SELECT (SELECT sum(occurrences) FROM own), coalesce((SELECT CAST(value AS INTEGER) FROM about WHERE key = 'running_words'), (SELECT sum(occurrences) FROM terms))
  WHERE coalesce(:version, '') = '' OR :version = (SELECT value FROM about WHERE key = 'version')
),
least(occurrences) AS (SELECT coalesce(nullif(CAST(:least AS INTEGER), 0), 5)),
-- Of the words that the part has not, the log-likelihood grows with their frequency: the first 500 are the most frequent.
compared(term, pos, o1, o) AS (
  SELECT t.term, t.pos, w.occurrences, max(t.occurrences, w.occurrences)
  FROM own w CROSS JOIN terms t ON t.term = w.term CROSS JOIN least WHERE t.occurrences >= least.occurrences
  UNION ALL
  SELECT * FROM (
    SELECT term, pos, 0, occurrences FROM terms
    WHERE occurrences >= (SELECT occurrences FROM least) AND term NOT IN (SELECT term FROM own)
    ORDER BY occurrences DESC, term LIMIT 500
  )
),
-- The log-likelihood is at most twice chi-squared (as ln x <= x - 1), which takes no logarithm and is, but for a factor that all
-- words share, (O1 - E1)^2 / (O1 + O2): the first 5,000 by that hold the first 500 of the other.
farthest(term, pos, o1, o, n1, n) AS (
  SELECT term, pos, o1, o, n1, n FROM sizes CROSS JOIN compared
  WHERE n1 > 0 AND n > n1
  ORDER BY (o1 - 1.0 * n1 / n * o) * (o1 - 1.0 * n1 / n * o) / o DESC, term LIMIT 5000
),
first(id, term, pos, o1, o2, n1, n2, e1, e2) AS MATERIALIZED (
  SELECT row_number() OVER (ORDER BY term), term, pos, o1, o - o1, n1, n - n1, 1.0 * n1 * o / n, 1.0 * (n - n1) * o / n FROM farthest
),
amounts(id, what, x, along) AS MATERIALIZED (
  SELECT id, 1, max(o1, 0.5) / e1, NULL FROM first
  UNION ALL SELECT id, 2, max(o2, 0.5) / e2, NULL FROM first
  UNION ALL SELECT 0, 0, 100.0 * count(*), NULL FROM sizes, least, terms t WHERE n1 > 0 AND n > n1 AND t.occurrences >= least.occurrences
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
-- log10 of the number of words over 0.01, and the table's values on either side.
threshold(value) AS MATERIALIZED (
  SELECT low.value + (high.value - low.value) * (exact - low.place)
  FROM (SELECT ln / 2.302585092994046 AS exact FROM logarithms WHERE what = 0 AND ln > 4.6)
    JOIN (SELECT column1 AS place, column2 AS value FROM (VALUES (2, 6.634897), (3, 10.827566), (4, 15.136705), (5, 19.511421),
      (6, 23.928127), (7, 28.373987), (8, 32.841253), (9, 37.324893))) low ON low.place = CAST(exact AS INTEGER)
    JOIN (SELECT column1 AS place, column2 AS value FROM (VALUES (3, 10.827566), (4, 15.136705), (5, 19.511421),
      (6, 23.928127), (7, 28.373987), (8, 32.841253), (9, 37.324893), (10, 41.821456))) high ON high.place = low.place + 1
),
logs(id, here, rest) AS MATERIALIZED (
  SELECT id, max(CASE what WHEN 1 THEN ln END), max(CASE what WHEN 2 THEN ln END) FROM logarithms WHERE id > 0 GROUP BY id
),
measured(term, pos, o1, o2, n1, n2, log_likelihood, log_ratio) AS (
  SELECT f.term, f.pos, f.o1, f.o2, f.n1, f.n2, 2 * (f.o1 * l.here + f.o2 * l.rest), (l.here - l.rest) / 0.6931471805599453
  FROM logs l CROSS JOIN first f ON f.id = l.id
)
SELECT term, pos, o1 AS occurrences, o2 AS occurrences_in_rest,
  round(o1 * 1e6 / n1, 2) AS per_million, round(o2 * 1e6 / n2, 2) AS per_million_in_rest,
  round(log_likelihood, 4) AS log_likelihood, round(log_ratio, 4) AS log_ratio,
  round(value, 2) AS threshold, log_likelihood >= value AS significant,
  (SELECT nullif(count(*), 0) FROM spots) AS sentences_read
FROM threshold CROSS JOIN measured
ORDER BY log_likelihood DESC, term
LIMIT 500;
