-- needs: mariadb>=11.5
create database hostile_late;;
use hostile_late;;
create table late_times (ts timestamp(6) not null default '2106-02-07 06:28:15.999999', z timestamp null default '2038-01-19 03:14:08', v int, primary key (ts, v), key (z));;
insert into late_times (v) values (1),(2);;
insert into late_times values ('2038-01-19 03:14:07.999999','2106-02-07 06:28:15',3),('2038-01-19 03:14:08','1970-01-01 00:00:01',4),('2106-02-07 06:28:15','0000-00-00 00:00:00',5),('1970-01-01 00:00:00.000001',null,6);;
