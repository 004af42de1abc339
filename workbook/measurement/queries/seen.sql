-- Requests as canonical events, each with the number of the reason to leave it out, or 0. What
-- costs most is worked out for those that are kept only.
CREATE TABLE seen AS
WITH
  taken AS (
    SELECT *,
      hash(agent) AS agent_key,
      CASE WHEN contains(target, '?') THEN left(target, strpos(target, '?') - 1)
        ELSE target END AS path
    FROM ({taken})
  ),
  judged AS (
    SELECT taken.*, app, (CASE {reasons} ELSE 0 END)::UTINYINT AS why
    FROM taken LEFT JOIN agents ON taken.agent_key = agents.agent_key
  ),
  parted AS (
    SELECT * REPLACE (CASE WHEN why = 0 THEN lower(path) END AS path),
      CASE WHEN why = 0 THEN {moment} END AS moment,
      CASE WHEN why = 0 THEN {shift} END AS shift,
      CASE WHEN why = 0 AND contains(target, '?')
        THEN lower(substr(target, strpos(target, '?') + 1)) ELSE '' END AS query
    FROM judged
  ),
  timed AS (
    SELECT *,
      (CASE WHEN why > 0 THEN why {later_reasons} ELSE 0 END)::UTINYINT AS reason
    FROM parted
  )
SELECT reason, {columns}
FROM timed
