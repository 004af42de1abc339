-- How many of the steps of visits are dated in the future.
SELECT count(*) AS lines, count(*) FILTER (WHERE NOT {kept}) AS future FROM given
