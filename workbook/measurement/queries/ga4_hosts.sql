-- The hosts of the pages that were seen: one's own.
SELECT DISTINCT regexp_extract(
  lower(list_filter(event_params, lambda p: p.key = 'page_location')[1].value.string_value),
  '^https?://([^/:?#]+)', 1) AS host
FROM (SELECT event_params FROM given LIMIT 50000)
WHERE host <> ''
LIMIT 20
