-- The events of an export as canonical events, whose visitors and visits are digests that end with
-- the run; nobody's stay nobody's. Exports tell no app.
CREATE VIEW events AS
SELECT * EXCLUDE (app) REPLACE (
  CASE WHEN visitor IS NOT NULL THEN hash(visitor, {salt}) END AS visitor,
  CASE WHEN visit IS NOT NULL THEN hash(visit, {salt}) END AS visit
), '' AS app
FROM ({events})
WHERE {kept}
