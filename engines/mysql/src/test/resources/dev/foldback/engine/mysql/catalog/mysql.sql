CREATE TABLE shop.hole (a int) ENGINE=BLACKHOLE
;;
CREATE DATABASE `ro`
;;
CREATE TABLE ro.t (a int)
;;
ALTER DATABASE ro READ ONLY = 1
;;
CREATE TABLESPACE `space 1` ADD DATAFILE 'space1.ibd' ENGINE=InnoDB
;;
CREATE TABLE shop.inspace (id int NOT NULL PRIMARY KEY) TABLESPACE `space 1`
;;
CREATE TABLE shop.functional (id int NOT NULL PRIMARY KEY, a int, j json, KEY f ((a + 1)), KEY hid (a) INVISIBLE, KEY m ((cast(j->'$.x' as unsigned array))), g point NOT NULL SRID 4326, SPATIAL KEY g (g)) KEY_BLOCK_SIZE=8 ROW_FORMAT=COMPRESSED
;;
SET SESSION sql_generate_invisible_primary_key=ON
;;
CREATE TABLE shop.gipk (a int)
;;
SET SESSION sql_generate_invisible_primary_key=OFF
;;
ANALYZE TABLE shop.types UPDATE HISTOGRAM ON t4 WITH 17 BUCKETS
;;
INSERT INTO shop.types (t4, t16) VALUES (1, 'a''b'), (2, 'c\\d'), (3, 'e"f'), (NULL, NULL)
;;
ANALYZE TABLE shop.types UPDATE HISTOGRAM ON t4, t16 WITH 9 BUCKETS
;;
TRUNCATE TABLE shop.types
;;
CREATE USER 'dyn'@'%' IDENTIFIED WITH caching_sha2_password BY 'x' PASSWORD HISTORY 5 PASSWORD REUSE INTERVAL 100 DAY PASSWORD REQUIRE CURRENT FAILED_LOGIN_ATTEMPTS 3 PASSWORD_LOCK_TIME 2 ATTRIBUTE '{"team": "it''s"}'
;;
GRANT BACKUP_ADMIN, XA_RECOVER_ADMIN ON *.* TO 'dyn'@'%'
;;
SET GLOBAL partial_revokes = ON
;;
GRANT SELECT, INSERT ON *.* TO 'dyn'@'%'
;;
REVOKE INSERT ON shop.* FROM 'dyn'@'%'
;;
ALTER USER 'app'@'%' DEFAULT ROLE writer
