-- Requests as canonical events, each with the number of the reason to leave it out, or 0.
CREATE TABLE seen AS
WITH
  taken AS ({taken}),
  parted AS (
    SELECT *,
      split_part(target, '?', 1) AS path,
      strpos(target, '?') > 0 AS has_query,
      lower(substr(target, strpos(target, '?') + 1)) AS query
    FROM taken
  ),
  paged AS (
    SELECT * REPLACE (
      coalesce(nullif(rtrim(lower(
        CASE WHEN starts_with(path, '/') THEN path
        ELSE regexp_replace(path, '^[A-Za-z]+://[^/]+', '') END
      ), '/'), ''), '/') AS path)
    FROM parted
  ),
  judged AS (
    SELECT paged.* EXCLUDE (agent), paged.agent AS paged_agent, app, is_program, (CASE {reasons} ELSE 0 END)::UTINYINT AS reason
    FROM paged LEFT JOIN agents ON paged.agent = agents.agent
  )
SELECT reason, {columns}
FROM judged
