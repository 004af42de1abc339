-- How many lines there are, cannot be read, are dated in the future, and belong to nobody whose
-- visit can be told.
WITH
  stamped AS (
    SELECT event_name IS NOT NULL AND event_timestamp IS NOT NULL AS is_read,
      event_timestamp::BIGINT // 1000000 AS moment
    FROM given
  ),
  counted AS (
    SELECT count(*) AS lines, count(*) FILTER (WHERE is_read) AS good,
      count(*) FILTER (WHERE is_read AND NOT {kept}) AS future
    FROM stamped
  )
SELECT lines, lines - good AS unreadable, future,
  good - future - (SELECT coalesce(sum(events), 0) FROM parts
    WHERE visitor IS NOT NULL AND visit IS NOT NULL) AS anonymous
FROM counted
