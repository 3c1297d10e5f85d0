-- A shop: the common types, keys, programs and accounts of a real database. Statements end at a line of two slashes.
create database shop character set utf8mb4 collate utf8mb4_unicode_ci
//
use shop
//
create table customer (
  id int unsigned not null auto_increment primary key,
  email varchar(120) not null,
  name varchar(80) not null,
  country char(2) character set ascii not null,
  born date,
  loyalty enum('none','silver','gold') not null default 'none',
  flags set('news','beta','b2b') not null default '',
  credit decimal(12,2) not null default 0.00,
  registered timestamp(3) not null default current_timestamp(3),
  settings json,
  unique key email (email),
  key country_name (country, name),
  check (credit >= -1000)
) engine=innodb
//
create table product (
  sku varchar(16) character set latin1 collate latin1_bin not null primary key,
  title varchar(200) not null,
  description text,
  price decimal(10,2) not null,
  weight float,
  rating double,
  picture blob,
  dimensions varchar(30) as (concat(weight, ' kg')) virtual,
  fulltext key words (title, description)
) engine=innodb
//
create table warehouse (
  id tinyint not null primary key,
  city varchar(60) not null,
  place point not null,
  opens time not null,
  spatial key place (place)
) engine=innodb
//
create table orders (
  id bigint unsigned not null auto_increment,
  customer_id int unsigned not null,
  placed datetime(6) not null,
  status enum('new','paid','sent','returned') not null,
  total decimal(12,2) not null,
  token binary(16) not null,
  note mediumtext,
  primary key (id),
  key customer_placed (customer_id, placed),
  key status (status),
  constraint orders_customer foreign key (customer_id) references customer (id)
) engine=innodb
//
create table order_item (
  order_id bigint unsigned not null,
  line smallint unsigned not null,
  sku varchar(16) character set latin1 collate latin1_bin not null,
  quantity int not null,
  price decimal(10,2) not null,
  discount float not null default 0,
  primary key (order_id, line),
  key sku (sku),
  constraint item_order foreign key (order_id) references orders (id) on delete cascade,
  constraint item_product foreign key (sku) references product (sku)
) engine=innodb
//
create table page_view (
  at datetime(3) not null,
  session char(32) character set ascii not null,
  path varchar(120) not null,
  ms int unsigned not null
) engine=innodb partition by range columns (at) (
  partition y2025 values less than ('2026-01-01'),
  partition y2026 values less than ('2027-01-01'),
  partition later values less than (maxvalue))
//
create sequence invoice_number start with 100000 increment by 1 cache 100
//
create table price_history (
  sku varchar(16) character set latin1 collate latin1_bin not null primary key,
  price decimal(10,2) not null
) engine=innodb with system versioning
//
insert into customer (email, name, country, born, loyalty, flags, credit, registered, settings)
select concat('user', seq, '@example.com'),
  concat(elt(1 + seq % 8, 'Zoë', 'José', 'Łukasz', 'Søren', 'Ana', '小林', 'Олена', 'Amélie'), ' ',
         elt(1 + seq % 7, 'Nguyễn', 'O''Hara', 'Müller', 'García', 'Öztürk', 'Ivanova', 'Smith 🦊')),
  elt(1 + seq % 6, 'DE', 'FR', 'PL', 'JP', 'UA', 'VN'),
  if(seq % 11 = 0, null, date '1950-01-01' + interval crc32(seq) % 18000 day),
  1 + seq % 3, seq % 8, (crc32(concat('c', seq)) % 1000000) / 100,
  timestamp '2024-01-01 00:00:00' + interval crc32(concat('r', seq)) % 50000000 second,
  if(seq % 5 = 0, null, json_object('theme', elt(1 + seq % 2, 'dark', 'light'), 'n', seq))
from seq_1_to_60000
//
insert into product (sku, title, description, price, weight, rating, picture)
select concat('SKU-', lpad(seq, 7, '0')),
  concat(elt(1 + seq % 5, 'Folding', 'Copper', 'Quiet', 'Alpine', 'Tiny'), ' ', elt(1 + seq % 6, 'kettle', 'lamp', 'chair', 'tent', 'radio', 'desk'), ' no. ', seq),
  repeat(concat('Made with care,\tline ', seq, '.\n'), 1 + seq % 12),
  1 + (crc32(seq) % 90000) / 100, (crc32(concat('w', seq)) % 100000) / 7.0, crc32(concat('q', seq)) / 858993459.2,
  unhex(repeat(sha2(seq, 256), 1 + seq % 6))
from seq_1_to_8000
//
insert into warehouse values
  (1, 'Hamburg', st_geomfromtext('POINT(9.99 53.55)'), '06:30:00'),
  (2, 'Łódź', st_geomfromtext('POINT(19.46 51.76)'), '-01:00:00'),
  (3, '大阪', st_geomfromtext('POINT(135.5 34.69)'), '838:59:59')
//
insert into orders (customer_id, placed, status, total, token, note)
select 1 + crc32(seq) % 60000, timestamp '2025-01-01 00:00:00' + interval seq * 211 second + interval crc32(seq) % 1000000 microsecond,
  1 + seq % 4, (crc32(concat('t', seq)) % 5000000) / 100, unhex(md5(seq)),
  if(seq % 9 = 0, concat('Leave at the back door; ring "twice" \\ ', seq), null)
from seq_1_to_200000
//
insert into order_item
select o.id, l.seq, concat('SKU-', lpad(1 + crc32(concat(o.id, '-', l.seq)) % 8000, 7, '0')),
  1 + (o.id + l.seq) % 5, (crc32(concat('p', o.id, l.seq)) % 90000) / 100, (o.id % 30) / 100
from orders o join seq_1_to_2 l
//
insert into page_view
select timestamp '2025-11-01 00:00:00' + interval seq * 37 second, md5(seq % 5000), concat('/p/SKU-', lpad(1 + seq % 8000, 7, '0')), crc32(seq) % 3000
from seq_1_to_150000
//
insert into price_history select sku, price from product limit 500
//
update price_history set price = price * 1.07 where sku < 'SKU-0000200'
//
select nextval(invoice_number)
//
create view revenue as
  select date_format(o.placed, '%Y-%m') as month, c.country, count(*) as orders, sum(o.total) as total
  from orders o join customer c on c.id = o.customer_id group by 1, 2
//
create function order_total(wanted bigint unsigned) returns decimal(14,2) reads sql data
  return (select coalesce(sum(quantity * price * (1 - discount)), 0) from order_item where order_id = wanted)
//
create procedure close_month(in month char(7)) modifies sql data
begin
  update orders set status = 'sent' where status = 'paid' and date_format(placed, '%Y-%m') = month;
end
//
create trigger order_item_positive before insert on order_item for each row
begin
  if new.quantity <= 0 then
    signal sqlstate '45000' set message_text = 'quantity must be positive';
  end if;
end
//
create event forget_page_views on schedule every 1 day do
  delete from page_view where at < now() - interval 2 year
//
create role shop_reader
//
grant select on shop.* to shop_reader
//
create user 'shop_app'@'%' identified by 'only-for-the-demo'
//
grant select, insert, update, delete, execute on shop.* to 'shop_app'@'%'
//
grant shop_reader to 'shop_app'@'%'
