-- needs: any
use hostile_types;;
create table choices (id int primary key, e enum('a','','b,c','d''e','ü') , s set('x','y z','ß',''));;
insert into choices values (1,0,0),(2,'',''),(3,'a','x'),(4,'d''e','x,y z,ß'),(5,5,7),(6,null,null),(7,'b,c',15);;
create table latin_choices (id int primary key, e enum('ä','ö') character set latin1, s set('é','ñ') character set cp1251 collate cp1251_bin);;
insert into latin_choices values (1,'ä',0),(2,0,1),(3,2,2);;
create table padded (id int primary key, c char(10), cb char(10) collate utf8mb4_bin, b binary(8), vb varbinary(20), v varchar(20));;
insert into padded values (1,'a  ','a','a','a ','a  '),(2,'','','','',''),(3,' ',' ',0x0020,0x0000,' '),
 (4,'😀','ÿ',0xFFFE00000000,0x5C275C,'\\N'),(5,null,null,null,null,null),(6,'NULL','\\N','\\N','\\N','NULL');;
create table escapes (id int primary key, v varchar(200), b blob);;
insert into escapes values (1,'tab\tnewline\nreturn\rnul\0sub\Zquote\'double"back\\slash`tick','\0\Z\n\t\r\\\'"'),
 (2,'\\','\\'),(3,'\\\n','\\\n'),(4,'\n','\n'),(5,'a\\N','\\N'),(6,',;|',0x00),(7,'','');;
create table every_byte (b blob, v varbinary(1), primary key (v));;
insert into every_byte select char(n), char(n) from (
  select a.n * 16 + b.n as n from
  (select 0 n union select 1 union select 2 union select 3 union select 4 union select 5 union select 6 union select 7
   union select 8 union select 9 union select 10 union select 11 union select 12 union select 13 union select 14 union select 15) a,
  (select 0 n union select 1 union select 2 union select 3 union select 4 union select 5 union select 6 union select 7
   union select 8 union select 9 union select 10 union select 11 union select 12 union select 13 union select 14 union select 15) b) n;;
create table charsets (
  id int primary key, latin varchar(50) character set latin1, gbk varchar(50) character set gbk,
  sjis varchar(50) character set sjis, u16 varchar(50) character set utf16, u16l varchar(50) character set utf16le,
  u32 varchar(50) character set utf32, u2 varchar(50) character set ucs2, koi varchar(50) character set koi8r,
  big varchar(50) character set big5, euc varchar(50) character set ujis, u3 varchar(50) character set utf8,
  asc7 varchar(50) character set ascii, bin varchar(50) character set binary);;
insert into charsets values
 (1, _latin1 X'C3A4C3B6E282AC', _gbk X'815CD5E2', _sjis X'835C955C', _utf16 X'D83DDE000061', _utf16le X'3DD800DE6100',
  _utf32 X'0001F60000000061', _ucs2 X'00E4005C', _koi8r X'C1C2', _big5 X'A55CB35C', _ujis X'B4C1BBFA', 'äöü', 'plain', X'00FF5C'),
 (2, _latin1 X'81808D27', '', '', _utf16 X'0000', '', '', _ucs2 X'0027', '', '', '', '', '', ''),
 (3, null, null, null, null, null, null, null, null, null, null, null, null, null);;
create table json_values (id int primary key, j json);;
insert into json_values values (1,'{"a": [1, 2.50, "x\\n\\u00e4", null, true], "": {"k": "\\"\\\\"}}'),(2,'"scalar"'),(3,'null'),
 (4,'[]'),(5,null),(6,'{"😀": -0.0, "n": 1e100, "big": 18446744073709551615}');;
