-- needs: any
create database hostile_more character set utf8mb4;;
use hostile_more;;
create table k_bit (k bit(64) primary key, v int);;
insert into k_bit values (0,1),(b'1',2),(0xFFFFFFFFFFFFFFFF,3),(0x5C0A09005C0A0900,4),(0x275C,5);;
create table k_enum (k enum('b','a','') , v int, primary key (k));;
insert into k_enum values ('b',1),('a',2),('',3),(0,4);;
create table k_set (k set('x','y','z') primary key, v int);;
insert into k_set values ('',1),('z',2),('x,y,z',3);;
create table k_date (d date, t time(6), dt datetime(3), y year, v int, primary key (d, t, dt, y));;
insert into k_date values ('0000-00-00','-838:59:59','0000-00-00','0000',1),('2023-02-31','-00:00:00.000001','2023-02-31 01:00:00.999',2155,2),
 ('9999-12-31','838:59:59','9999-12-31 23:59:59.999',1901,3);;
create table k_stamp (k timestamp(6) primary key, v int);;
insert into k_stamp values ('1970-01-01 00:00:01',1),('2024-10-27 00:59:59.999999',2),('2024-10-27 01:00:00',3),('2038-01-19 03:14:07.999999',4);;
create table k_decimal (k decimal(65,30) primary key, v int);;
insert into k_decimal values (-99999999999999999999999999999999999.999999999999999999999999999999,1),(0.000000000000000000000000000001,2),(0,3);;
create table k_float (k float primary key, v int);;
insert into k_float values (-3.4028234e38,1),(1.4e-45,2),(0.1,3),(16777217,4);;
create table k_tiny (k tinyint primary key, v int);;
insert into k_tiny values (-128,1),(0,2),(127,3);;
create table k_many (a int, b int, c int, d int, e int, f int, g int, h int, i int, j int, k int, l int, m int, n int, o int, p int,
  primary key (p, o, n, m, l, k, j, i, h, g, f, e, d, c, b, a));;
insert into k_many values (1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16),(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,15);;
create table k_collated (k varchar(40) character set utf8mb4 collate utf8mb4_unicode_520_ci primary key, v int);;
insert into k_collated values ('ﬀ',1),('İ',2),('\\',3),('%_',4),('a\tb',5),('',6),('\n',7);;
create table k_ucs (k varchar(40) character set ucs2 primary key, v int);;
insert into k_ucs values (_ucs2 X'005C',1),(_ucs2 X'000A',2),(_ucs2 X'4E00',3);;
create table k_sjis (k varchar(40) character set sjis primary key, v int);;
insert into k_sjis values (_sjis X'835C',1),(_sjis X'8140',2),('\\',3);;
create table k_blob (k blob not null, v int, primary key (k(20)), unique key u (v));;
insert into k_blob values (X'00',1),(X'5C5C',2),(repeat(X'FF',40),3);;
create table unique_null (a int, b int, unique key (a, b));;
insert into unique_null values (null,null),(null,null),(1,null),(1,null),(1,1);;
create table fsp (id int primary key, a datetime(1), b datetime(2), c time(1), d time(5), e timestamp(1) null, f timestamp(5) null);;
insert into fsp values (1,'0000-00-00','9999-12-31 23:59:59.99','-838:59:59.0','838:59:59.00000','1970-01-01 00:00:01.9','2038-01-19 03:14:07.99999'),
 (2,'0001-00-00 00:00:00.1','2000-00-31 00:00:00.01','-00:00:00.1','-99:59:59.99999',null,null);;
create table decimals (id int primary key, a decimal(65,0), b decimal(30,30), c decimal(1,0) unsigned, d decimal(10,2) unsigned zerofill, e decimal(38,30));;
insert into decimals values (1,99999999999999999999999999999999999999999999999999999999999999999,0.999999999999999999999999999999,9,0.01,-0.00000000000000000000000000000000000001),
 (2,-99999999999999999999999999999999999999999999999999999999999999999,-0.000000000000000000000000000001,0,99999999.99,0);;
create table doubles (id int primary key, a double, b double(255,30), c double unsigned zerofill, d float(23), e float(24), f float(25), g real);;
insert into doubles values (1,4.9406564584124654e-324,1e100,1.5,1.17549421e-38,3.4028233e38,1.7976931348623157e308,-0e0),
 (2,2.2250738585072009e-308,-123456789.123456789012345678901234567890,1e300,-1.4e-45,0.1,0.1,9007199254740993),
 (3,0.1e0+0.2e0,0,0,16777215,33554433,1e23,5e-324);;
create table bits (id int primary key, b1 bit, b7 bit(7), b8 bit(8), b9 bit(9), b63 bit(63), b64 bit(64));;
insert into bits values (1,1,b'1011100',b'01011100',b'100001010',0x7FFFFFFFFFFFFFFF,0x8000000000000000),(2,0,9,10,9,0x0A,0x090A5C00),(3,null,null,null,null,null,null);;
create table on_update (id int primary key, a datetime(6) default current_timestamp(6) on update current_timestamp(6), b timestamp null default current_timestamp, v int);;
insert into on_update values (1,'2001-01-01 01:01:01.000001',null,1),(2,null,'2001-01-01 00:00:00',2);;
create table wide_rows (id int primary key, a varchar(8000), b varchar(8000), c text, d text, e blob) row_format=dynamic;;
insert into wide_rows values (1,repeat('ä',8000),repeat('\\',8000),repeat('\n',65535),repeat('😀',16000),repeat(X'00',65535)),(2,'','','','','');;
create table redundant (id int primary key, v char(255)) row_format=redundant;;
insert into redundant values (1,'  lead'),(2,'');;
create table many_indexes (a int, b varchar(50), c text, d date, key (a), key (b), key (b, a), key (c(5)), key (d desc, a asc), unique (a, b, d),
  key `PRIMARY 2` (a, d) comment 'x, y) (z`', key `,` (d), fulltext (b), fulltext `two` (b, c), fulltext `three` (c));;
insert into many_indexes values (1,'one word','two words','2020-01-01'),(null,null,null,null);;
create table p_stamp (t timestamp not null default '2001-01-01 00:00:00', v int) partition by range (unix_timestamp(t))
  (partition p0 values less than (1000000000), partition p1 values less than maxvalue);;
insert into p_stamp values ('1999-01-01',1),('2020-01-01',2);;
create table p_sub_key (a int, b int, primary key (a, b)) partition by list (a) subpartition by linear key (b)
  (partition x values in (1, 2) (subpartition s0 comment 'p, (', subpartition s1), partition y values in (3) (subpartition s2, subpartition s3));;
insert into p_sub_key values (1,1),(2,2),(3,3),(1,9);;
create table p_dates (d date, t datetime(3), v int) partition by range columns (d, t) (partition p0 values less than ('2000-01-01', '2000-01-01 00:00:00'),
  partition p1 values less than (maxvalue, maxvalue));;
insert into p_dates values ('1990-01-01',null,1),('2010-01-01','2010-01-01 00:00:00.001',2),(null,null,3);;
create table p_texts (a varchar(10) character set latin1, b int) partition by list columns (a, b) (partition `p '1` values in (('ä', 1), ('it''s', 2)), partition p2 values in (('\\', 3)));;
insert into p_texts values ('ä',1),('it''s',2),('\\',3);;
create table `from` (`select` int, `where` int, `order` int, `group by` int, `*` int, `a``b` int, key `using` (`select`), constraint `check` check (`where` > `order`));;
insert into `from` values (1,2,1,4,5,6);;
create table `fk parent` (`a``b` int, `c d` int, primary key (`a``b`), unique key (`c d`));;
create table `fk child` (x int, y int, constraint `fk it's` foreign key (x) references `fk parent` (`c d`) on update cascade on delete restrict);;
insert into `fk parent` values (1,1);;
insert into `fk child` values (1,1),(null,2);;
create view `view of "odd"` as select `a``b` as `x y`, '`quoted`' as `'`, "it's" as `"` from `fk parent` where `c d` in (select x from `fk child`);;
create view unions as (select 1 as a union all select 2) order by a desc limit 1;;
create view nested as select n.a, m.b from (select 1 as a) n left join (select 1 as a, 'x' as b) m on n.a = m.a;;
create view with_cte as with recursive r as (select 1 as n union all select n + 1 from r where n < 5) select n, row_number() over (partition by n % 2 order by n) as o from r;;
create table gone (a int, b varchar(3));;
create view v_gone as select g.a, concat(g.b, 'x') as c from gone g where g.a > 1;;
create view v_of_v_gone as select c from v_gone;;
create table lost_column (a int, b int);;
create view v_lost_column as select a, b from lost_column;;
alter table lost_column drop column b;;
insert into lost_column values (1);;
drop table gone;;
create function lost_function() returns int deterministic return 1;;
create view v_lost_function as select lost_function() as f;;
drop function lost_function;;
