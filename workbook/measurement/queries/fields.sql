-- Rows of IIS and CloudFront, whose columns stand in a directive of the file. Times are UTC; a row
-- with another number of columns is none of the file's.
WITH
  split AS (
    SELECT string_split(line, {separator}) AS f FROM {lines} WHERE NOT starts_with(line, '#')
  ),
  timed AS (
    SELECT *,
      CASE WHEN len(f) = {columns} THEN
        epoch(try_strptime({date} || ' ' || {time}, '%Y-%m-%d %H:%M:%S'))::BIGINT
      END AS moment
    FROM split
  )
SELECT
  {address} AS address,
  moment,
  0 AS shift,
  {method} AS method,
  {path} || CASE WHEN coalesce({query}, '-') = '-' THEN '' ELSE '?' || {query} END AS target,
  try_cast({status} AS SMALLINT) AS status,
  {referrer} AS referrer,
  {agent} AS agent,
  coalesce({host}, '') AS host
FROM timed
