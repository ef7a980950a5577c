-- A title to take an example from: of the first article that states one.
SELECT title FROM articles WHERE title IS NOT NULL ORDER BY id LIMIT 1;
