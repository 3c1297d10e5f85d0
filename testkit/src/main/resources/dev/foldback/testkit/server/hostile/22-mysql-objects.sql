-- needs: mysql>=8.0
use hostile_objects;;
create table functional (id int primary key, a varchar(20), j json, key f ((upper(a))), key hidden (a) invisible, key multi ((cast(j->'$.n' as unsigned array))), fulltext ng (a) with parser ngram);;
insert into functional values (1,'abc','{"n": [1,2]}'),(2,'数据库','{"n": [3]}');;
create table hidden_columns (a int, b int invisible default 5, c int not null check (c > 0) not enforced);;
insert into hidden_columns (a, b, c) values (1, 2, -3), (1, 5, 1);;
set sql_generate_invisible_primary_key=1;;
create table gipk (a int);;
insert into gipk values (1),(1),(2);;
set sql_generate_invisible_primary_key=0;;
create table e_archive (a int) engine=ARCHIVE;;
insert into e_archive values (1),(2);;
create table e_blackhole (a int) engine=BLACKHOLE;;
analyze table indexes update histogram on c with 8 buckets;;
