-- numbered, reach(words), at most 20 -> windows, nth(n): what lies beside each place in its sentence, ten words on either side,
-- and in a second row (`passed` is 10) the words beyond them. Within a window no two words have the same number, so that each
-- is found by it, without a step from word to word: `left_numbers` are those of the characters behind the first `left_from` of
-- the text, and the nth character of `left_order` is the number of the nth word from the place; the right side likewise.
-- Marks are passed over; a word that the place only touches is neither right nor left of it.
turns(rising, falling) AS (
  SELECT '123456789ABCDEF123456789ABCDEF123456789ABCDEF', '1FEDCBA987654321FEDCBA987654321FEDCBA987654321'
),
nth(n) AS MATERIALIZED (
  SELECT column1 FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)), reach WHERE column1 <= words
),
-- `left_turn`, `right_turn`: where the numbers beside the place go on from in `falling` and `rising`. That is its own first and
-- last number or, where it begins or ends with a mark, one before the number next to it.
touched(article_id, start, stop, chance, sentence, text, left_side, left_turn, right_from, right_side, right_turn) AS MATERIALIZED (
  SELECT article_id, start, stop, chance, sentence, text,
    substr(numbers, 1, start - first), CASE WHEN substr(numbers, start - first + 1, 1) > '0'
      THEN instr(falling, substr(numbers, start - first + 1, 1))
      ELSE instr(falling, substr(rtrim(substr(numbers, 1, start - first), '0'), -1)) - 1 END,
    stop - first, substr(numbers, stop - first + 1), CASE WHEN substr(numbers, stop - first, 1) > '0'
      THEN instr(rising, substr(numbers, stop - first, 1))
      ELSE instr(rising, substr(ltrim(substr(numbers, stop - first + 1), '0'), 1, 1)) - 1 END
  FROM numbered, turns
),
-- The numbers of one side are cut off where the window ends: what it holds is trimmed off the left one, the right one ends before
-- the first number beyond.
halves(article_id, start, stop, chance, sentence, text, passed, left_from, left_side, left_order, right_from, right_side, right_order, beyond)
AS MATERIALIZED (
  SELECT article_id, start, stop, chance, sentence, text, 0,
    length(rtrim(left_side, '0' || substr(falling, left_turn, min(words, 10) + 1))), left_side, substr(falling, left_turn + 1, min(words, 10)),
    right_from, right_side, substr(rising, right_turn + 1, min(words, 10)), substr(rising, right_turn + min(words, 10) + 1, 1)
  FROM touched, turns, reach
  UNION ALL
  SELECT article_id, start, stop, chance, sentence, text, 10,
    length(rtrim(near, '0' || substr(falling, left_turn + 10, words - 9))), near, substr(falling, left_turn + 11, words - 10),
    right_from + passed, substr(right_side, passed + 1), substr(rising, right_turn + 11, words - 10), substr(rising, right_turn + words + 1, 1)
  FROM (
    SELECT *, rtrim(left_side, '0' || substr(falling, left_turn, 11)) AS near,
      instr(right_side || substr(rising, right_turn + 11, 1), substr(rising, right_turn + 11, 1)) - 1 AS passed
    FROM touched, turns, reach WHERE words > 10
  )
),
windows(article_id, start, stop, chance, sentence, text, passed, left_from, left_numbers, left_order, right_from, right_numbers, right_order)
AS MATERIALIZED (
  SELECT article_id, start, stop, chance, sentence, text, passed, left_from, substr(left_side, left_from + 1), left_order,
    right_from, substr(right_side, 1, instr(right_side || beyond, beyond) - 1), right_order
  FROM halves
),
