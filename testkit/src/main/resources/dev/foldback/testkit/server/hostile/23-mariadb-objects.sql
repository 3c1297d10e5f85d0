-- needs: mariadb>=10.11
use hostile_objects;;
create table e_aria (a int primary key, v varchar(10)) engine=Aria transactional=1 page_checksum=1;;
insert into e_aria values (1,'x');;
create table hidden_columns (a int, b int invisible default 5, key k (a) ignored);;
insert into hidden_columns (a, b) values (1, 2);;
create sequence seq start with 10 minvalue -5 maxvalue 1000 increment by 3 cache 7 cycle;;
do nextval(seq);;
do nextval(seq);;
create table uses_seq (id int not null default nextval(seq), a int);;
insert into uses_seq (a) values (1),(2);;
set sql_mode='ORACLE';;
create or replace package pkg as procedure p(a int); function f return int; end;;
create or replace package body pkg as
  procedure p(a int) as begin select a; end;
  function f return int as begin return 1; end;
end;;
create or replace function ora(a in varchar2) return varchar2 deterministic as b varchar2(10) := 'x'; begin return a || b; end;;
set sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES';;
set timestamp=1600000000.25;;
create table versioned (id int primary key, v varchar(10)) with system versioning;;
insert into versioned values (1,'a'),(2,'b'),(3,'c');;
set timestamp=1600000100.5;;
update versioned set v='a2' where id=1;;
delete from versioned where id=2;;
set timestamp=1600000200;;
update versioned set v='a3' where id=1;;
create table versioned_cols (id int, plain int without system versioning, kept int,
  s timestamp(6) generated always as row start invisible, e timestamp(6) generated always as row end invisible, period for system_time (s, e)) with system versioning
  partition by system_time (partition old history, partition now current);;
insert into versioned_cols (id, plain, kept) values (1,1,1);;
set timestamp=1600000300;;
update versioned_cols set kept=2;;
set timestamp=default;;
create table periods (id int, f date, t date, period for valid (f, t), unique (id, valid without overlaps));;
insert into periods values (1,'2020-01-01','2021-01-01'),(1,'2021-01-01','2022-01-01');;
