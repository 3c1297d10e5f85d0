-- needs: mysql>=8.0
use hostile_more;;
create table stored_key (a int, s int as (a * 3) stored not null primary key);;
insert into stored_key (a) values (5),(1),(-7);;
create table more_charsets (id int primary key, g18 varchar(50) character set gb18030, gbk varchar(50) character set gbk collate gbk_bin,
  big varchar(50) character set big5, euckr varchar(50) character set euckr, cp932 varchar(50) character set cp932, ucs varchar(50) character set ucs2, t longtext character set gb18030);;
insert into more_charsets values (1,_gb18030 X'815C82358F33',_gbk X'815C',_big5 X'A55C',_euckr X'B0A1',_cp932 X'835C8E5C',_ucs2 X'5C0A',_gb18030 X'FE5C0A5C'),(2,'','','','','','','');;
create table json_kinds (id int primary key, j json);;
insert into json_kinds values (1,json_object('d',cast('2020-01-01' as date),'t',cast('-10:00:00.5' as time(6)),'s',cast('2020-01-01 01:02:03' as datetime),'b',cast(X'005C0A' as binary)));;
insert into json_kinds values (2,json_array(18446744073709551615,-9223372036854775808,1.7976931348623157e308,5e-324,-0.0,0.1,true,false,null)),
 (3,'"\\u0000\\u001f\\\\\\"\\n\\t/"'),(4,concat('[',repeat('[',90),repeat(']',90),']')),(5,concat('{"',repeat('k',65000),'": 1}')),(6,concat('"',repeat('ü',200000),'"'));;
create table json_numbers (j json);;
insert into json_numbers values ('[1, 2.5]'),(json_object('n',12.3400,'a "b" \\\\ 😀',json_array(-0.10,json_object('',1.00)))),(null),('{"n": 12.34}'),(cast(5.00 as json)),('[1, 2.5]'),(json_object('n',12.3400,'a "b" \\\\ 😀',json_array(-0.10,json_object('',1.00)))),
 (json_array(18446744073709551616,12345678901234567890123456789012345.123456789012345678901234567890,99999999999999999999999999999999999999999999999999999999999999999,0.09978378472258509e0,1.2792919917801585e210)),('[]');;
create table defaults (id int primary key, u varchar(36) default (uuid()), d date default (curdate() + interval 1 day), j json default (json_object('a', 'it''s')),
  b blob default (X'005C'), g point default (point(1, 2)), r double default (rand() * 0), t text default ('x\ny'));;
insert into defaults (id) values (1);;
insert into defaults values (2,'u','2020-01-01','[]',X'00',null,1,'t');;
create table functional_keys (id int primary key, a varchar(30), b int, j json, unique key u ((concat(a, b))), key s ((substr(a, 2)) desc, b), key n ((cast(j->>'$.n' as char(10) array))), key x ((abs(b)), (b + 1)));;
insert into functional_keys values (1,'abc',1,'{"n": ["x","y"]}'),(2,null,null,null),(3,'d',-5,'{"n": []}');;
create table invisible_key (my_row_id int not null auto_increment invisible primary key, a int, b int as (a + 1) virtual invisible);;
insert into invisible_key (a) values (7),(8);;
create table not_enforced (a int, constraint c1 check (a > 0) not enforced, constraint c2 check (a < 100));;
insert into not_enforced values (-1),(5);;
create table ngrams (id int primary key, t text, fulltext key f (t) with parser ngram);;
insert into ngrams values (1,'日本語テキスト'),(2,'');;
create table key_parts (a int, b int, primary key (a, b)) partition by key algorithm=2 (b) partitions 3;;
insert into key_parts values (1,1),(2,2);;
create table generated_json (id int primary key, j json, n int as (j->'$.n') stored, s varchar(20) as (j->>'$.s') virtual, key (s), key (n));;
insert into generated_json (id, j) values (1,'{"n": 5, "s": "ü"}'),(2,null);;
create table autoextend (id int primary key) autoextend_size=4m;;
create table with_srid (id int primary key, g geometry not null srid 3857, m multipolygon srid 4326, spatial key (g));;
insert into with_srid values (1,ST_GeomFromText('POINT(1 2)',3857),ST_GeomFromText('MULTIPOLYGON(((0 0,0 1,1 1,1 0,0 0)))',4326));;
