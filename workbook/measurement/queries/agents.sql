-- Every browser's name once: whether it is a program, and which app it belongs to.
CREATE TABLE agents AS
SELECT
  hash(agent) AS agent_key,
  ({programs}) OR trim(agent) IN ('', '-') AS is_program,
  CASE {apps} ELSE '' END AS app
FROM (SELECT DISTINCT agent FROM ({taken}))
WHERE agent IS NOT NULL
