-- spots(article_id, start, stop) -> shaped(article_id, start, stop, first, text, shape): the sentence that each stands in,
-- where it begins, its text, and its shape: one mark for each character, '|' the first of a word, '.' a further one, ','
-- one in no word (punctuation, a space). Nothing where the file was built with --no-tokens. In three steps, for SQLite's
-- parser takes no longer nests; words of ten characters or more are rare.
sentences_hit(article_id, start, stop, first, text, cuts) AS (
  SELECT p.article_id, p.start, p.stop, s.start, substr(a.body, s.start + 1, s."end" - s.start), s.cuts
  FROM spots p CROSS JOIN articles a ON a.id = p.article_id CROSS JOIN sentence_bounds s ON s.id = (
    SELECT id FROM sentence_bounds WHERE article_id = p.article_id AND start <= p.start ORDER BY start DESC LIMIT 1)
  WHERE s.cuts IS NOT NULL
),
shaped(article_id, start, stop, first, text, shape) AS MATERIALIZED (
  SELECT article_id, start, stop, first, text,
    CASE WHEN cuts GLOB '*[n-z]*' THEN replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(shape,
    'n', '|......................'), 'o', '|.......................'), 'p', '|........................'),
    'q', '|.........................'), 'r', '|..........................'), 's', '|...........................'),
    't', '|............................'), 'u', '|.............................'),
    'v', '|..............................'), 'w', '|...............................'),
    'x', '|................................'), 'y', '|.................................'),
    'z', '|..................................')
    ELSE shape END
  FROM (
    SELECT *, CASE WHEN cuts GLOB '*[a-m]*' THEN replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(short,
    'a', '|.........'), 'b', '|..........'), 'c', '|...........'), 'd', '|............'), 'e', '|.............'),
    'f', '|..............'), 'g', '|...............'), 'h', '|................'), 'i', '|.................'),
    'j', '|..................'), 'k', '|...................'), 'l', '|....................'),
    'm', '|.....................')
      ELSE short END AS shape
    FROM (
      SELECT *, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(cuts,
        '0', ','), '1', '|'), '2', '|.'), '3', '|..'), '4', '|...'), '5', '|....'), '6', '|.....'), '7', '|......'),
        '8', '|.......'), '9', '|........') AS short
      FROM sentences_hit
    )
  )
),
