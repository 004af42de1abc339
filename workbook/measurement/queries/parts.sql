-- Visits of an export by what they name as their origin; its events are gone through once for them.
CREATE TABLE parts AS {parts}
