-- The requests that are kept, as canonical events. Visits are found by silence, and a log knows
-- no channels.
CREATE VIEW events AS
SELECT * EXCLUDE (reason), NULL::VARCHAR AS visit, '' AS channel
FROM seen
WHERE reason = 0
