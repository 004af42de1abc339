-- Google's events, a JSON object a line; what cannot be read has no name and no moment.
CREATE TABLE given AS
WITH read AS (
  SELECT CASE WHEN json_valid(line) THEN try(json_transform(line, {shape})) END AS event
  FROM {lines}
)
SELECT unnest(event) FROM read
