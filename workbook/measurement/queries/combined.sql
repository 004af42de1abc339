-- Lines of Apache and nginx, common and combined. Escaped quotation marks are no ends of a field.
WITH
  parts AS (
    SELECT string_split(replace(replace(line, '\\', '/'), '\"', ''''), '"') AS p FROM {lines}
  ),
  asked AS (
    SELECT p, string_split(p[2], ' ') AS request FROM parts
  )
SELECT
  {address} AS address,
  substr(p[1], -28, 26) AS clock,
  request[1] AS method,
  request[2] AS target,
  try_cast(left(ltrim(p[3]), 3) AS SMALLINT) AS status,
  p[4] AS referrer,
  p[6] AS agent,
  {host} AS host
FROM asked
