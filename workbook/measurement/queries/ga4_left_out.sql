-- How many lines there are, cannot be read, and belong to nobody whose visit can be told.
SELECT
  count(*),
  count(*) FILTER (WHERE event_name IS NULL OR event_timestamp IS NULL),
  count(*) FILTER (WHERE event_name IS NOT NULL AND event_timestamp IS NOT NULL)
    - (SELECT count(*) FROM events)
FROM given
