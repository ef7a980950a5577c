-- shaped -> sentence_words(article_id, word, at): the words of each sentence; `at` is where a word begins, in the body. The
-- row that each sentence starts from has neither.
sentence_words(article_id, word, at, first, text, rest) AS (
  SELECT article_id, NULL, NULL, first, text, ltrim(shape, ',.') FROM shaped
  UNION ALL
  SELECT article_id, substr(text, length(text) - length(rest) + 1, length(rest) - length(ltrim(substr(rest, 2), '.'))),
    first + length(text) - length(rest), first, text, ltrim(substr(rest, 2), ',.')
  FROM sentence_words WHERE rest <> ''
),
