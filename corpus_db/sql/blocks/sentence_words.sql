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
