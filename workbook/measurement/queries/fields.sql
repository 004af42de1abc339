-- Rows of IIS and CloudFront, whose columns stand in a directive of the file. A row with another
-- number of columns is none of the file's.
WITH
  split AS (
    SELECT string_split(line, {separator}) AS f FROM {lines} WHERE NOT starts_with(line, '#')
  )
SELECT
  {address} AS address,
  {date} || ' ' || {time} AS clock,
  {method} AS method,
  {path} || CASE WHEN coalesce({query}, '-') = '-' THEN '' ELSE '?' || {query} END AS target,
  CASE WHEN len(f) = {columns} THEN try_cast({status} AS SMALLINT) END AS status,
  {referrer} AS referrer,
  {agent} AS agent,
  coalesce({host}, '') AS host
FROM split
