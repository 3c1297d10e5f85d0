CREATE DATABASE shop CHARACTER SET utf8mb4
;;
CREATE DATABASE `odd.na"me/'s ``x` CHARACTER SET latin1 COLLATE latin1_german1_ci
;;
CREATE TABLE shop.customer (
  id bigint unsigned NOT NULL AUTO_INCREMENT COMMENT 'it''s; the "id" \\ ünï',
  name varchar(40) NOT NULL DEFAULT 'n''one',
  mail varchar(190) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  parent bigint unsigned DEFAULT NULL,
  note text, PRIMARY KEY (id), UNIQUE KEY mail (mail), KEY part (note(20)), FULLTEXT KEY words (note, name),
  CONSTRAINT up FOREIGN KEY (parent) REFERENCES shop.customer (id) ON DELETE SET NULL
) ENGINE=InnoDB AUTO_INCREMENT=4711 COMMENT='customers; `and` "so" on' STATS_PERSISTENT=1
;;
CREATE TABLE shop.orders (
  id int NOT NULL AUTO_INCREMENT, customer bigint unsigned NOT NULL, price decimal(10,2) NOT NULL,
  gross decimal(12,4) GENERATED ALWAYS AS (price * 1.19) STORED,
  twice decimal(12,2) GENERATED ALWAYS AS (price * 2) VIRTUAL,
  made datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  code varchar(60) DEFAULT (concat('a', '-', 'b')),
  hidden int INVISIBLE DEFAULT 7,
  PRIMARY KEY (id), KEY gross (gross), CONSTRAINT positive CHECK (price >= 0),
  CONSTRAINT who FOREIGN KEY (customer) REFERENCES shop.customer (id) ON DELETE CASCADE ON UPDATE CASCADE
)
;;
CREATE TABLE shop.parts (id int NOT NULL, at date NOT NULL, v int, PRIMARY KEY (id, at)) ENGINE=InnoDB
 PARTITION BY RANGE (year(at)) SUBPARTITION BY HASH (id) SUBPARTITIONS 2
 (PARTITION p0 VALUES LESS THAN (2020), PARTITION p1 VALUES LESS THAN MAXVALUE COMMENT = 'rest')
;;
CREATE TABLE shop.myisam (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, t varchar(10)) ENGINE=MyISAM AUTO_INCREMENT=9 MAX_ROWS=1000 CHECKSUM=1
;;
CREATE TABLE shop.memory (id int NOT NULL PRIMARY KEY, KEY b (id) USING BTREE) ENGINE=MEMORY
;;
CREATE TABLE shop.csv (a int NOT NULL, b varchar(10) NOT NULL) ENGINE=CSV
;;
CREATE TABLE shop.m1 (a int) ENGINE=MyISAM
;;
CREATE TABLE shop.merged (a int) ENGINE=MERGE UNION=(shop.m1) INSERT_METHOD=LAST
;;
CREATE TABLE shop.nokey (a int, b int NOT NULL, UNIQUE KEY u1 (a), UNIQUE KEY u2 (b))
;;
CREATE TABLE shop.prefixkey (a varchar(300) NOT NULL, PRIMARY KEY (a(10)))
;;
CREATE TABLE shop.down (a int NOT NULL, b int NOT NULL, PRIMARY KEY (b DESC, a))
;;
CREATE TABLE shop.onlygenerated (a int GENERATED ALWAYS AS (1 + 1) STORED)
;;
CREATE TABLE shop.types (
  t1 tinyint, t2 smallint unsigned, t3 mediumint(5) zerofill, t4 int, t5 bigint unsigned, t6 decimal(65,30), t7 float, t8 double,
  t9 bit(64), t10 date, t11 time(6), t12 datetime, t13 timestamp(6) NULL, t14 year,
  t15 char(5), t16 varchar(20), t17 binary(4), t18 varbinary(9), t19 tinyblob, t20 longtext, t21 enum('a','b'), t22 set('x','y'),
  t23 json, t24 geometry, t25 point, t26 multipolygon, t27 boolean
)
;;
CREATE TABLE `odd.na"me/'s ``x`.`t.a"b'l\e ``` (`c.o"l'` int NOT NULL, `%s \n` int, PRIMARY KEY (`c.o"l'`), KEY `select` (`%s \n`))
;;
CREATE FUNCTION shop.addtax(p decimal(10,2)) RETURNS decimal(10,2) DETERMINISTIC COMMENT 'tax' RETURN p * 1.19
;;
CREATE VIEW shop.z_base AS SELECT id, name FROM shop.customer
;;
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW shop.a_top AS SELECT z.id, z.name, shop.addtax(o.price) AS taxed FROM shop.z_base z JOIN shop.orders o ON o.customer = z.id WHERE z.id > 0 WITH LOCAL CHECK OPTION
;;
CREATE VIEW `odd.na"me/'s ``x`.`v.1` AS SELECT * FROM shop.a_top
;;
CREATE TABLE shop.willgo (a int)
;;
CREATE VIEW shop.broken AS SELECT a FROM shop.willgo
;;
DROP TABLE shop.willgo
;;
USE shop
;;
SET SESSION sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES'
;;
CREATE PROCEDURE "tell me"(IN "x" int) MODIFIES SQL DATA SQL SECURITY INVOKER COMMENT 'says ''x'''
BEGIN
  -- a comment; with 'quotes'
  SELECT "x", 'back\slash', 'ünïcödé';
END
;;
SET SESSION sql_mode='STRICT_ALL_TABLES'
;;
CREATE TRIGGER second BEFORE INSERT ON customer FOR EACH ROW SET NEW.name = concat(NEW.name, '2')
;;
CREATE TRIGGER first BEFORE INSERT ON customer FOR EACH ROW PRECEDES second SET NEW.name = concat(NEW.name, '1')
;;
SET SESSION sql_mode=''
;;
CREATE TRIGGER third BEFORE INSERT ON customer FOR EACH ROW FOLLOWS first SET NEW.name = trim(NEW.name)
;;
CREATE TRIGGER gone AFTER DELETE ON orders FOR EACH ROW BEGIN SET @gone = OLD.id; SET @more = 1; END
;;
SET SESSION time_zone='+05:30', character_set_client=latin1, collation_connection=latin1_german1_ci
;;
CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2031-02-03 04:05:06' ENDS '2037-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE COMMENT 'night' DO DELETE FROM shop.memory
;;
CREATE PROCEDURE inlatin() SELECT 'plain'
;;
SET SESSION time_zone='+00:00', character_set_client=utf8mb4, collation_connection=utf8mb4_general_ci
;;
CREATE EVENT later ON SCHEDULE AT '2037-06-07 08:09:10' DO BEGIN DELETE FROM shop.memory; END
;;
USE `odd.na"me/'s ``x`
;;
CREATE PROCEDURE `p.1`() SELECT 1
;;
CREATE USER 'app'@'%' IDENTIFIED BY 'secret-of-app'
;;
CREATE USER 'o''d"d`x'@'10.0.0.%' IDENTIFIED BY 'x'
;;
CREATE USER 'limited'@'localhost' IDENTIFIED BY 'x' REQUIRE SUBJECT '/CN=x' WITH MAX_QUERIES_PER_HOUR 5 MAX_USER_CONNECTIONS 3 PASSWORD EXPIRE INTERVAL 30 DAY ACCOUNT LOCK
;;
CREATE USER 'tls'@'%' REQUIRE SSL
;;
CREATE USER ''@'only.example.org'
;;
CREATE ROLE reader, writer
;;
GRANT SELECT ON shop.* TO reader
;;
GRANT INSERT, UPDATE (name, note) ON shop.customer TO writer
;;
GRANT reader TO writer WITH ADMIN OPTION
;;
GRANT writer TO 'app'@'%'
;;
GRANT SELECT (id), REFERENCES (id) ON shop.orders TO 'app'@'%'
;;
GRANT EXECUTE ON FUNCTION shop.addtax TO 'app'@'%'
;;
GRANT EXECUTE, ALTER ROUTINE ON PROCEDURE shop.`tell me` TO 'o''d"d`x'@'10.0.0.%' WITH GRANT OPTION
;;
GRANT SELECT ON `odd.na"me/'s ``x`.* TO 'o''d"d`x'@'10.0.0.%'
;;
GRANT PROXY ON 'app'@'%' TO ''@'only.example.org'
;;
GRANT PROCESS, RELOAD ON *.* TO 'limited'@'localhost' WITH GRANT OPTION
;;
CREATE SERVER away FOREIGN DATA WRAPPER mysql OPTIONS (HOST '127.0.0.1', DATABASE 'd''b', USER 'u', PASSWORD 'p\\w''', PORT 3311)
