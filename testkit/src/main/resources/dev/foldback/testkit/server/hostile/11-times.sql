-- needs: any
use hostile_types;;
create table times (
  id int primary key, d date, dt datetime(6), t time(6), t0 time, ts timestamp(6) null default null, y year);;
insert into times values
 (1,'0000-00-00','0000-00-00 00:00:00','-838:59:59','-838:59:59','1970-01-01 00:00:01','0000'),
 (2,'2024-00-00','2024-02-00 00:00:00.000001','838:59:59','838:59:59','2038-01-19 03:14:07.999999',1901),
 (3,'2023-02-31','2023-02-31 23:59:59.999999','-00:00:00.000001','00:00:00','2024-03-31 01:30:00.5',2155),
 (4,'9999-12-31','9999-12-31 23:59:59.999999','0:0:0.5','-0:0:1','2024-10-27 00:30:00',2000),
 (5,'1000-01-01','0001-01-01 00:00:00','100:00:00.1','1:1:1','2024-10-27 01:30:00',70),
 (6,null,null,null,null,null,null);;
create table stamps (id int primary key, a timestamp not null default current_timestamp on update current_timestamp,
  z timestamp not null default '0000-00-00 00:00:00');;
insert into stamps values (1,'2024-03-31 00:59:59','0000-00-00 00:00:00'),(2,'2024-03-31 01:00:00','2024-10-27 01:00:00');;
