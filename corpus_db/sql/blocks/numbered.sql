-- spots(article_id, start, stop, chance) -> numbered: the sentence that each stands in, where it begins, its text, and of each
-- character the number of its word, counted from 1 to F and again from 1; 0 is a character in no word (punctuation, a space).
-- No numbers where the file was built with --no-tokens.
numbered(article_id, start, stop, chance, sentence, first, text, numbers) AS MATERIALIZED (
  SELECT p.article_id, p.start, p.stop, p.chance, s.id, s.start, substr(a.body, s.start + 1, s."end" - s.start),
    substr(hex(s.cuts), 1, s."end" - s.start)
  FROM spots p CROSS JOIN articles a ON a.id = p.article_id LEFT JOIN sentence_bounds s ON s.id = (
    SELECT id FROM sentence_bounds WHERE article_id = p.article_id AND start <= p.start ORDER BY start DESC LIMIT 1)
),
