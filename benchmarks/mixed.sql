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
create table document (code varchar(60) not null primary key, title varchar(200), doc json, updated timestamp(3) not null default current_timestamp(3), key title (title(20))) engine=innodb;
insert into document (code, title, doc)
  select concat('DOC-', sha1(n)), concat('Título ', n), concat('{"n": ', n, ', "list": [1, 2, ', n, '], "text": "', repeat('ab', n % 50), '"}') from numbers where n < 200000;
create table picture (id int not null auto_increment primary key, bytes mediumblob) engine=innodb;
insert into picture (bytes) select repeat(unhex(sha2(n, 512)), 1500) from numbers where n < 1500;
create table link (a int not null, b int not null, weight float, primary key (a, b), key b (b)) engine=innodb;
insert into link select n % 5000, n, n / 11 from numbers;
create table log (at datetime not null, line varchar(300)) engine=innodb;
insert into log select '2026-02-01' + interval n second, concat('GET /a/', n, ' 200 ', md5(n)) from numbers;
create table customer (
  id int not null auto_increment primary key, email varchar(100) not null, name varchar(80) not null, country char(2) not null,
  domain varchar(100) generated always as (substring_index(email, '@', -1)) virtual,
  unique key email (email), key domain (domain), key country_name (country, name)) engine=innodb;
insert into customer (email, name, country)
  select concat('c', n, '@', n % 97, '.example'), concat('Zoë ', sha1(n)), elt(1 + n % 4, 'DE', 'FR', 'JP', 'BR') from numbers where n < 50000;
create table purchase (
  id bigint unsigned not null auto_increment primary key, customer int not null, document varchar(60) not null, at datetime(3) not null,
  pieces int not null, price decimal(10,2) not null, total decimal(14,2) generated always as (pieces * price) stored,
  key at (at), key total (total), key document_at (document, at),
  constraint purchase_customer foreign key (customer) references customer (id),
  constraint purchase_document foreign key (document) references document (code) on update cascade) engine=innodb;
insert into purchase (customer, document, at, pieces, price)
  select 1 + n % 50000, concat('DOC-', sha1(n % 200000)), '2026-03-01' + interval n second, 1 + n % 9, n / 13 from numbers;
create table payment (
  purchase bigint unsigned not null, part int not null, paid datetime not null, amount decimal(14,2) not null,
  primary key (purchase, part), key paid (paid), constraint payment_purchase foreign key (purchase) references purchase (id) on delete cascade) engine=innodb;
insert into payment select id, 1, at + interval 1 day, total from purchase;
create table reading (sensor int not null, at datetime not null, value double not null, primary key (sensor, at), key value (value)) engine=innodb
  partition by hash (sensor) partitions 8;
insert into reading select n % 1000, '2026-04-01' + interval n second, n / 17 from numbers;
create view spent as select c.id, c.name, sum(p.total) as total from customer c join purchase p on p.customer = c.id group by c.id, c.name;
create view recent as select * from purchase where at > '2026-03-04';
create trigger purchase_pieces before insert on purchase for each row set new.pieces = greatest(new.pieces, 1);
create trigger customer_email before update on customer for each row set new.email = lower(new.email);
