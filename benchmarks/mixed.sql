-- A mixed schema of many types; SCHEMA is replaced with the name to create it under.
create database SCHEMA character set utf8mb4;
use SCHEMA;
create table digits (d int not null primary key);
insert into digits values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
create table numbers (n int not null primary key);
insert into numbers
  select a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d
  from digits a, digits b, digits c, digits e, digits f, digits g where g.d < 4;
create table event (
  id bigint unsigned not null auto_increment primary key, kind enum('click','view','buy') not null, at datetime(6) not null,
  amount decimal(14,4), ratio double, score float, payload varbinary(200), body text, tags set('a','b','c','d'),
  key at (at), key kind_at (kind, at)) engine=innodb;
insert into event (kind, at, amount, ratio, score, payload, body, tags)
  select 1 + n % 3, '2026-01-01' + interval n second, n * 1.2345, n / 7, n / 3, unhex(sha2(n, 512)), repeat(concat('line ', n, '\n'), n % 40), n % 16 from numbers;
create table document (code varchar(40) not null primary key, title varchar(200), doc json, updated timestamp(3) not null default current_timestamp(3), key title (title(20))) engine=innodb;
insert into document (code, title, doc)
  select concat('DOC-', sha1(n)), concat('Título ', n), concat('{"n": ', n, ', "list": [1, 2, ', n, '], "text": "', repeat('ab', n % 50), '"}') from numbers where n < 200000;
create table picture (id int not null auto_increment primary key, bytes mediumblob) engine=innodb;
insert into picture (bytes) select repeat(unhex(sha2(n, 512)), 1500) from numbers where n < 1500;
create table link (a int not null, b int not null, weight float, primary key (a, b), key b (b)) engine=innodb;
insert into link select n % 5000, n, n / 11 from numbers;
create table log (at datetime not null, line varchar(300)) engine=innodb;
insert into log select '2026-02-01' + interval n second, concat('GET /a/', n, ' 200 ', md5(n)) from numbers;
