-- How many rows there are, cannot be read, and tell of no page and no action.
SELECT
  count(*),
  count(*) FILTER (WHERE created_at IS NULL OR session_id IS NULL OR visit_id IS NULL
    OR event_type IS NULL),
  count(*) FILTER (WHERE event_type NOT IN (1, 2))
FROM given
