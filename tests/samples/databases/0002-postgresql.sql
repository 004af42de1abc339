-- keys: wx-ZVMX0AwgxDpyOC4qI_g HdWpeWcXwDkP4O64S2BDUA
CREATE TABLE plans ( id VARCHAR(32) NOT NULL, revision BIGINT NOT NULL, sealed BYTEA NOT NULL, saved_at TIMESTAMP WITH TIME ZONE NOT NULL, visited_on DATE NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (id) );
CREATE INDEX ix_plans_visited_on ON plans (visited_on);
CREATE TABLE creations ( origin VARCHAR(32) NOT NULL, made_at BIGINT NOT NULL );
CREATE INDEX ix_creations_origin ON creations (origin);
CREATE INDEX ix_creations_made_at ON creations (made_at);
CREATE TABLE schema ( version INTEGER NOT NULL );
CREATE TABLE access ( name VARCHAR(32) NOT NULL, plan_id VARCHAR(32) NOT NULL, "right" VARCHAR(16) NOT NULL, wrapped_key BYTEA NOT NULL, kept_key BYTEA, PRIMARY KEY (name), FOREIGN KEY(plan_id) REFERENCES plans (id) ON DELETE CASCADE );
CREATE INDEX ix_access_plan_id ON access (plan_id);
INSERT INTO "plans" ("id", "revision", "sealed", "saved_at", "visited_on", "size") VALUES ('0bcb202b11745a0a7c76e68f2a168a90', 2, '\x71b10b8383854ece96c870d9d071b9e24afa689b8dfbdb96d9a5e3ead26423bb502e02cb5e6e9dafe8b5a70f487172877d4ebe2cf58db6cb0b2fa7667c1319e76ab2158c8ee42eb3d622f0161416467d9f4a755f554274ad26e3e389a7c3dcd1126192caf9bcdc311c976cacff6687b3042fd7843b49cf2fbbbe39925e761a757547d2e889d9b43893d964ebaef3890147adc29d0234932deebb4ad04db80c7dcf96b50113eea1226969', '2026-11-21 14:02:00.000000+00', '2026-11-21', 170);
INSERT INTO "schema" ("version") VALUES (2);
INSERT INTO "access" ("name", "plan_id", "right", "wrapped_key", "kept_key") VALUES ('0fa10e133c291e9f844c045492f5fbd1', '0bcb202b11745a0a7c76e68f2a168a90', 'owner', '\x5c46e0c3655b8b3c7d7d37f052d58e282db1c9a4f4d5226c1c16509d5c2faee987d212af6c889b9b1731e48ac919a5d1fc6eb9fd4a999bb471f8ae08', NULL);
INSERT INTO "access" ("name", "plan_id", "right", "wrapped_key", "kept_key") VALUES ('cfb578f292d57c4d89a4c1e36024d4b2', '0bcb202b11745a0a7c76e68f2a168a90', 'reading', '\x276f5705f173639687bd06d5c5858a4e742bce8c0d6f544e7a6d884b0a641b740bfc27a1245a500e03c4d65ce72fe55b5cf79108751cfaf732a224f9', '\x46acdcd68c69fe9ccbdb2a070f350ea9638d9c2de665ad003ac785e9bf4f512aa012aff18e387266effbed1c5a71d37e187962873a6c96994be087c01b9e04b8b37d5e48bbaea8fd907e65ce9c1301f4104d84015aea627c1cc5');
