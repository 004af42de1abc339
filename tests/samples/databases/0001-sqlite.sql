-- keys: 4rgaqWz-Lt7SxY-2jmRkTA FU4GIy1JyrB1AD1P6uOO3g
CREATE TABLE plans ( id VARCHAR(32) NOT NULL, revision BIGINT NOT NULL, sealed BLOB NOT NULL, saved_at DATETIME NOT NULL, visited_on DATE NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (id) );
CREATE INDEX ix_plans_visited_on ON plans (visited_on);
CREATE TABLE schema ( version INTEGER NOT NULL );
CREATE TABLE access ( name VARCHAR(32) NOT NULL, plan_id VARCHAR(32) NOT NULL, "right" VARCHAR(16) NOT NULL, wrapped_key BLOB NOT NULL, kept_key BLOB, PRIMARY KEY (name), FOREIGN KEY(plan_id) REFERENCES plans (id) ON DELETE CASCADE );
CREATE INDEX ix_access_plan_id ON access (plan_id);
INSERT INTO "plans" ("id", "revision", "sealed", "saved_at", "visited_on", "size") VALUES ('9387507f15a434dbe907ed43c0011402', 2, X'f23f8f15fc9a67bedf41af8b6751b0669437f4369073e7d59fe2a1ac621f3b887c7eaf43ba27ef3d90ab400c2bea8c2b54ba18292659ff2a9f2e796cbfa9424c03f517964ad631bf8de1aa907170ba05449dbcae85ee93d49b5d8c1d8b247e994866d102ce1bef9c82b5331fe586d52e57dd49be863cf27cbbfff018dc17445749f6c6716d74709ad8cfc78beca6f1abf6d30dfff5f4274dc6bcc65f904a14fa974b85ab416a6ce43fa0', '2026-11-21 14:02:00.000000', '2026-11-21', 170);
INSERT INTO "schema" ("version") VALUES (1);
INSERT INTO "access" ("name", "plan_id", "right", "wrapped_key", "kept_key") VALUES ('67c9d51d841e540323085d63885d606d', '9387507f15a434dbe907ed43c0011402', 'owner', X'1098b0efb43b029e5b6b193a8b6d058404991a8521ab18defabd7804cac0d770908b10ebbfb2786b5dc215844428907c025ed10ac77c6d5fc2aaff8a', NULL);
INSERT INTO "access" ("name", "plan_id", "right", "wrapped_key", "kept_key") VALUES ('2ff66769446719d831b609ca1398a59f', '9387507f15a434dbe907ed43c0011402', 'reading', X'9f662eada6a8b69626053c11dffb29f03da38cf019f051d6d786de264401549a025322be8ff887015ac5926c09a6374dce77415fd585586e9f6395fa', X'9d1c4d26fcb55ee87f3b1c09ddfb8428181581f339e98b5b8267e94f2648b08d55dcd52c1dd7fa240eecb7baf8be6510ba333266e976245278c8657bf583b7acfd89fc0c2c7a9aae7dc60e062f3a42ce9143afa3298503db8e8d');
