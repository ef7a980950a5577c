-- The word :term, folded, as the word list has it: NULL where it is not one word there. `all_articles`: of the corpus.
SELECT t.term, t.pos, t.first_year, t.last_year, t.dispersion, (SELECT count(*) FROM articles) AS all_articles
FROM (SELECT 1) LEFT JOIN terms t ON t.term = :term;
