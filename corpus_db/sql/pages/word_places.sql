-- Where the lines of a concordance are to be read: :places is a JSON array of [key, start].
SELECT j.key AS line, a.id AS article_id, (
    SELECT s.id FROM sentence_bounds s WHERE s.article_id = a.id AND s.start <= json_extract(j.value, '$[1]')
    ORDER BY s.start DESC LIMIT 1) AS sentence_id
FROM json_each(:places) j CROSS JOIN articles a ON a.key = json_extract(j.value, '$[0]')
ORDER BY j.key;
