-- Lines of Apache and nginx, common and combined. Escaped quotation marks are no ends of a field.
WITH
  parts AS (
    SELECT string_split(replace(replace(line, '\\', '/'), '\"', ''''), '"') AS p FROM {lines}
  ),
  named AS (
    SELECT *, split_part(p[1], '[', -1) AS clock, ltrim(p[3]) AS answer FROM parts
  ),
  timed AS (
    SELECT *,
      epoch(try_strptime(left(clock, 20), '%d/%b/%Y:%H:%M:%S'))::BIGINT AS local,
      try_cast(substr(clock, 22, 3) AS INTEGER) * 3600
        + try_cast(substr(clock, 22, 1) || substr(clock, 25, 2) AS INTEGER) * 60 AS shift
    FROM named
  )
SELECT
  {address} AS address,
  local - shift AS moment,
  shift,
  split_part(p[2], ' ', 1) AS method,
  split_part(p[2], ' ', 2) AS target,
  try_cast(left(answer, 3) AS SMALLINT) AS status,
  p[4] AS referrer,
  p[6] AS agent,
  {host} AS host
FROM timed
