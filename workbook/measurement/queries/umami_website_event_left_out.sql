-- How many rows there are, cannot be read, are dated in the future, and tell of no page and no
-- action.
SELECT
  count(*) AS lines,
  count(*) FILTER (WHERE created_at IS NULL OR session_id IS NULL OR visit_id IS NULL
    OR event_type IS NULL) AS unreadable,
  count(*) FILTER (WHERE event_type IN (1, 2) AND NOT {kept}) AS future,
  count(*) FILTER (WHERE event_type NOT IN (1, 2)) AS "other-kinds"
FROM (SELECT *, epoch(created_at)::BIGINT AS moment FROM given)
