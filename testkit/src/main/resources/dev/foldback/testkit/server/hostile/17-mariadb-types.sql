-- needs: mariadb>=10.11
use hostile_types;;
create table addresses (id int primary key, u uuid, a4 inet4, a6 inet6, unique (u));;
insert into addresses values (1,'00000000-0000-0000-0000-000000000000','0.0.0.0','::'),
 (2,'ffffffff-ffff-1fff-bfff-ffffffffffff','255.255.255.255','::ffff:1.2.3.4'),(3,null,null,null);;
create table squeezed (id int primary key, v varchar(1000) compressed, b blob compressed);;
insert into squeezed values (1,repeat('a',900),repeat(X'00',5000)),(2,'',''),(3,null,null),(4,'short\\',X'00');;
create table refs (a int, b int as (a + 1) virtual, c int as (a * 2) stored, d int invisible default 7, e varchar(9) default (concat('x', 'y')));;
insert into refs (a, d) values (1, 8), (2, default), (null, null);;
