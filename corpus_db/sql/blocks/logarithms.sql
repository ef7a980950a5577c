-- amounts(id, what, x, along) -> logarithms(id, what, x, along, ln, root): natural logarithm and square root of each x > 0, in
-- plain SQL, as ln() and sqrt() may not be compiled in; `along` is a number that each takes along. x is m times ten to the e
-- (printf's %e); m is brought near 1 by 1, 2, 4 or 8; there ln m = 2 artanh((m - 1) / (m + 1)), six terms of its series, and two
-- steps of Newton's give the root: both to 1e-8. SQLite works an expression out anew for each mention, but for a step that is
-- MATERIALIZED or has a LIMIT.
parts(id, what, x, along, m, e) AS MATERIALIZED (
  SELECT id, what, x, along, CAST(substr(digits, 1, 18) AS REAL), CAST(substr(digits, 20) AS INTEGER)
  FROM (SELECT id, what, x, along, printf('%.16e', x) AS digits FROM amounts WHERE x > 0 LIMIT -1)
),
near(id, what, x, along, m, z, ln, root) AS MATERIALIZED (
  SELECT id, what, x, along, m / c, (m - c) / (m + c),
    e * 2.302585092994046 + CASE c WHEN 1 THEN 0 WHEN 2 THEN 0.6931471805599453 WHEN 4 THEN 1.3862943611198906 ELSE 2.0794415416798357 END,
    CASE c WHEN 1 THEN 1 WHEN 2 THEN 1.4142135623730951 WHEN 4 THEN 2 ELSE 2.8284271247461903 END
      * CASE e & 1 WHEN 1 THEN 3.1622776601683795 ELSE 1 END * CAST('1e' || ((e - (e & 1)) / 2) AS REAL)
  FROM (SELECT *, CASE WHEN m < 1.5 THEN 1 WHEN m < 3 THEN 2 WHEN m < 6 THEN 4 ELSE 8 END AS c FROM parts LIMIT -1)
),
logarithms(id, what, x, along, ln, root) AS (
  SELECT id, what, x, along, ln + 2 * z * (1 + zz * (1 / 3.0 + zz * (1 / 5.0 + zz * (1 / 7.0 + zz * (1 / 9.0 + zz / 11))))),
    root * (better + m / better) / 2
  FROM (SELECT id, what, x, along, ln, root, m, z, z * z AS zz, (((1 + m) / 2) + m / ((1 + m) / 2)) / 2 AS better FROM near LIMIT -1)
),
