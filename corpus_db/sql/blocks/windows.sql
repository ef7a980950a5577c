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
