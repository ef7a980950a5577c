-- title: Word list
-- description: The words of the corpus, most frequent first: how often, in how many articles, from when to when, how evenly spread (Gries' DP: 0 even, 1 all in one article). Titles and bodies, punctuation not counted; the whole corpus.
-- param q: characters that the word contains; empty: every word
-- param version: the corpus version that a saved address was made with (see about); another one finds nothing; empty: any
-- Counted when the file was built, so that a file built with --no-tokens has it too. Articles is the range; with s_i the share
-- of article i in the words of the corpus and v_i its share in the occurrences of the word (Gries 2008, "Dispersions and
-- adjusted frequencies in corpora", section 3):
--   per_million = occurrences * 10^6 / words of the corpus    dispersion DP = sum |v_i - s_i| / 2

WITH RECURSIVE
letters(i, folded) AS (
  SELECT 0, ''
  UNION ALL
  SELECT i + 1, folded || coalesce((SELECT f.folded FROM folds f WHERE f.char = substr(:q, i + 1, 1)), substr(:q, i + 1, 1))
  FROM letters WHERE i < min(length(:q), 100)
),
part(text) AS (SELECT trim(folded) FROM letters ORDER BY i DESC LIMIT 1)
SELECT t.term, t.pos, t.occurrences, t.articles,
  round(t.occurrences * 1e6 / (SELECT nullif(sum(occurrences), 0) FROM terms), 2) AS per_million,
  t.first_year, t.last_year, t.dispersion
FROM terms t, part p
WHERE instr(t.term, p.text) AND (coalesce(:version, '') = '' OR :version = (SELECT value FROM about WHERE key = 'version'))
ORDER BY t.occurrences DESC, t.term
LIMIT 1000;
