  -- Of articles a: those of the site, publisher and year (2013, 2013..2017, 2013.., ..2017; none, where it is written in another
  -- way) and of the named subcorpus asked for, in the version of this file that a saved address names.
  (coalesce(:site, '') = '' OR a.site = :site)
  AND (coalesce(:publisher, '') = '' OR a.publisher = :publisher)
  AND (coalesce(:year, '') = '' OR :year NOT GLOB '*[^0-9. ]*' AND a.year BETWEEN CAST(:year AS INTEGER)
    AND CASE WHEN :year GLOB '*..' THEN 9999 ELSE CAST(substr(:year, instr(:year, '..') + 2 * (:year GLOB '*..*')) AS INTEGER) END)
  AND (coalesce(:subcorpus, '') = '' OR a.id IN (SELECT s.article_id FROM subcorpora s WHERE s.name = :subcorpus))
  AND (coalesce(:version, '') = '' OR :version = (SELECT value FROM about WHERE key = 'version'))
