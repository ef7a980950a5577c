-- shaped, reach(words) -> neighbours(article_id, start, side, step, word, at, words, outward, final): up to so many words
-- right (side 1) and left (side -1) of each place, step 1 the nearest, in the same sentence. Marks are passed over; a word
-- that the place only touches is neither right nor left of it. `at` is where the word begins, in the body; `words` those so
-- far as they stand in the text, `outward` from the nearest on; `final` the last step.
-- Right: `rest` is the shape from the next word's first character to the end of the sentence.
ahead(article_id, start, first, text, step, word, at, words, rest) AS (
  SELECT article_id, start, first, text, 0, '', 0, '', ltrim(substr(shape, stop - first + 1), ',.') FROM shaped
  UNION ALL
  SELECT article_id, start, first, text, step + 1,
    substr(text, length(text) - length(rest) + 1, length(rest) - length(ltrim(substr(rest, 2), '.'))),
    first + length(text) - length(rest), trim(words || ' ' || word), ltrim(substr(rest, 2), ',.')
  FROM ahead WHERE rest <> '' AND step < (SELECT words FROM reach)
),
-- Left: `rest` is the shape from the beginning of the sentence to the next word's last character.
behind(article_id, start, first, text, step, word, at, words, outward, rest) AS (
  SELECT article_id, start, first, text, 0, '', 0, '', '', rtrim(CASE substr(shape, start - first + 1, 1)
    WHEN '.' THEN substr(shape, 1, length(rtrim(substr(shape, 1, start - first), '.')) - 1)
    ELSE substr(shape, 1, start - first) END, ',')
  FROM shaped
  UNION ALL
  SELECT article_id, start, first, text, step + 1,
    substr(text, length(rtrim(rest, '.')), length(rest) - length(rtrim(rest, '.')) + 1),
    first + length(rtrim(rest, '.')) - 1, trim(word || ' ' || words), trim(outward || ' ' || word),
    rtrim(substr(rest, 1, length(rtrim(rest, '.')) - 1), ',')
  FROM behind WHERE rest <> '' AND step < (SELECT words FROM reach)
),
neighbours(article_id, start, side, step, word, at, words, outward, final) AS (
  SELECT article_id, start, 1, step, word, at, trim(words || ' ' || word), trim(words || ' ' || word),
    rest = '' OR step = (SELECT words FROM reach)
  FROM ahead WHERE step > 0
  UNION ALL
  SELECT article_id, start, -1, step, word, at, trim(word || ' ' || words), trim(outward || ' ' || word),
    rest = '' OR step = (SELECT words FROM reach)
  FROM behind WHERE step > 0
),
