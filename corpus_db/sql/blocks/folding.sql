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
