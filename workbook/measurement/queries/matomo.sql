-- Visits of Matomo, already brought into the canonical event.
CREATE VIEW given AS
SELECT * FROM read_json({path}, format = 'newline_delimited', columns = {{
  visitor: 'VARCHAR', visit: 'VARCHAR', moment: 'BIGINT', day: 'BIGINT', page: 'VARCHAR',
  action: 'VARCHAR', tag: 'VARCHAR', medium: 'VARCHAR', campaign: 'VARCHAR', click: 'VARCHAR',
  referrer: 'VARCHAR', app: 'VARCHAR', channel: 'VARCHAR'
}})
