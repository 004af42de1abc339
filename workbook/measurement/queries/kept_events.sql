-- The events of an export as canonical events; exports tell no app.
CREATE VIEW events AS SELECT *, '' AS app FROM kept
