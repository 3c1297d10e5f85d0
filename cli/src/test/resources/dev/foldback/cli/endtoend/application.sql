create database app;;
use app;;
create table customer (
  id bigint unsigned not null auto_increment, mail varchar(190) not null, name varchar(80) not null default 'n''one',
  country char(2) character set ascii not null default 'DE', born date, score float, factor double, balance decimal(20,6) not null default 0,
  state enum('new','active','göne') not null default 'new', flags set('a','b','c'), settings json, photo blob, secret varbinary(64),
  bits bit(12), since timestamp(3) not null default current_timestamp(3) on update current_timestamp(3), seen datetime(6), at_time time(2), joined year,
  mail_key varchar(190) generated always as (lower(mail)) stored, double_balance decimal(21,6) generated always as (balance * 2) virtual,
  note text character set latin1 collate latin1_german1_ci, tiny tinyint(1), place point,
  primary key (id), unique key mail (mail), key name_country (name(20), country), fulltext key words (name),
  constraint balance_ok check (balance > -1000000)
) auto_increment=4711 comment='all who ''buy''';;
insert into customer (id, mail, name, born, score, factor, balance, state, flags, settings, photo, secret, bits, since, seen, at_time, joined, note, tiny, place) values
 (1, 'Zoë@Example.com', 'Zoë 😀', '1980-02-29', 1.1, 0.1, 12.345678, 'göne', 'a,c', '{"a": [1, 2.5, null], "ü": "é"}', x'00ff0a0d275c', x'0001', b'101010101010', '2024-03-31 01:30:00.123', '2024-12-31 23:59:59.999999', '-838:59:59', 1901, 'größe', 1, point(1.5, -2)),
 (2, 'b@example.com', '', null, -0.0, 1e300, -0.000001, 'new', '', null, '', '', 0, '1970-01-01 00:00:01.000', null, null, null, null, 0, null),
 (3, 'c@example.com', 'tab\t nl\n bs\\ quote''', '9999-12-31', 3.4e38, 5e-324, 99999999999999.999999, 'active', 'b', '[]', null, null, null, '2038-01-19 03:14:07.999', '1000-01-01 00:00:00', '12:00:00.5', 2155, 'x', null, point(0, 0));;
create table orders (
  id int unsigned not null auto_increment primary key, customer bigint unsigned not null, placed datetime not null default current_timestamp,
  total decimal(10,2) not null, code varchar(30) default (concat('o', '-', '1')),
  key placed (placed desc), key customer (customer), constraint order_customer foreign key (customer) references customer (id) on delete restrict on update cascade,
  check (total >= 0)
);;
insert into orders (customer, placed, total) values (1, '2026-01-01', 10.5), (1, '2026-01-02', 0), (3, '2026-01-03 12:34:56', 99.99);;
create table line (
  order_id int unsigned not null, line smallint not null, article varchar(40) collate utf8mb4_bin not null, qty int not null,
  check (qty > 0), primary key (order_id, line), constraint line_order foreign key (order_id) references orders (id) on delete cascade
);;
insert into line values (1, 1, 'a', 2), (1, 2, 'A', 1), (3, 1, 'ß', 7);;
create table category (id int not null primary key, parent int, name varchar(50) character set utf8mb4 collate utf8mb4_unicode_ci, unique key name (name), constraint up foreign key (parent) references category (id) on delete set null);;
insert into category values (1, null, 'all'), (2, 1, 'Äpfel'), (3, 2, 'Boskop');;
create table visit (at datetime not null, path varchar(200)) ;;
insert into visit values ('2026-01-01', '/'), ('2026-01-01', '/'), ('2026-01-02', '/a');;
create table log (id int not null, day date not null, text text, primary key (id, day))
 partition by range (to_days(day)) (partition p25 values less than (to_days('2026-01-01')), partition p26 values less than maxvalue);;
insert into log values (1, '2025-05-05', 'old'), (2, '2026-05-05', 'new');;
create table counted (id int not null auto_increment primary key, n int not null default 0);;
insert into counted (n) values (0);;
create function tax(p decimal(10,2)) returns decimal(12,4) deterministic return p * 1.19;;
create procedure pay(in who bigint unsigned, in much decimal(20,6), out now_at decimal(20,6))
begin
  declare continue handler for not found set now_at = null;
  update customer set balance = balance + much where id = who;
  select balance into now_at from customer where id = who;
end;;
create view open_order as select o.id, c.name, tax(o.total) as gross from orders o join customer c on c.id = o.customer where o.total > 0;;
create view per_customer as select name, count(*) as n, sum(gross) as gross from open_order group by name;;
create trigger order_counted after insert on orders for each row update counted set n = n + 1 where id = 1;;
create trigger order_checked before insert on orders for each row begin if new.code is null then set new.code = concat('ö', new.customer); end if; end;;
create trigger order_marked before insert on orders for each row follows order_checked set new.code = concat(new.code, '!');;
create event nightly on schedule every 1 day starts '2036-01-01 03:00:00' on completion preserve comment 'clean''s' do delete from visit where at < now() - interval 1 year;;
create event off_now on schedule every 1 hour starts '2036-01-01 00:00:00' disable do begin delete from visit where path = 'ü'; end;;
