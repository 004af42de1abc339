-- The events of an export, whose visitors and visits are digests that end with the run.
CREATE TABLE kept AS
SELECT * EXCLUDE (app) REPLACE (
  hash(visitor, {salt}) AS visitor,
  hash(visit, visitor, {salt}) AS visit
)
FROM ({events})
