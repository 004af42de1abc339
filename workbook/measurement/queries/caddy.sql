-- A JSON object a line, as Caddy writes it. Lines with other messages are passed over.
WITH
  read AS (
    SELECT CASE WHEN json_valid(line) THEN try(json_transform(line, {shape})) END AS j
    FROM {lines}
  ),
  named AS (
    SELECT j, j.request AS r FROM read
    WHERE j IS NULL OR j.msg IS NULL OR j.msg = 'handled request'
  )
SELECT
  coalesce(r.client_ip, r.remote_ip) AS address,
  j.ts AS clock,
  r.method AS method,
  r.uri AS target,
  j.status AS status,
  coalesce(r.headers['Referer'][1], r.headers['referer'][1], '-') AS referrer,
  coalesce(r.headers['User-Agent'][1], r.headers['user-agent'][1], '-') AS agent,
  coalesce(r.host, '') AS host
FROM named
