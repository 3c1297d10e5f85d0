-- needs: any
create database hostile_types character set utf8mb4;;
use hostile_types;;
create table numbers (
  id int primary key, t tinyint, tu tinyint unsigned, s smallint, m mediumint unsigned, i int, b bigint,
  bu bigint unsigned zerofill, d decimal(65,30), f float, fu float unsigned, dbl double, f2 float(7,3),
  bits bit(64), bit1 bit(1), bo boolean);;
insert into numbers values
 (1,-128,255,-32768,16777215,-2147483648,-9223372036854775808,18446744073709551615,
  -99999999999999999999999999999999999.999999999999999999999999999999,
  -3.402823466e38,3.402823466e38,-1.7976931348623157e308,-9999.999,b'1111111111111111111111111111111111111111111111111111111111111111',b'1',true),
 (2,127,0,32767,0,2147483647,9223372036854775807,0,
  0.000000000000000000000000000001,1.4e-45,1.17549435e-38,5e-324,0.001,b'0',b'0',false),
 (3,0,0,0,0,0,0,1,0,-0e0,0,-0e0,-0e0,0x000A1A5C27220900,b'1',true),
 (4,null,null,null,null,null,null,null,null,null,null,null,null,null,null,null),
 (5,1,1,1,1,1,1,1,1,0.1,0.3333333,0.1,0.1,1,1,1),
 (6,1,1,1,1,1,1,1,1,16777217,8388609.5,9007199254740993,1234.567,1,1,1),
 (7,1,1,1,1,1,1,1,1,2.2250738585072014e-38,123456.789,2.2250738585072011e-308,0,1,1,1);;
insert into numbers (id, f, dbl) select 8, -1 * 0.0e0, -1 * 0.0e0;;
