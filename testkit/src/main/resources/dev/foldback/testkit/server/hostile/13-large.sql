-- needs: any
use hostile_types;;
create table large (id int primary key, tb tinyblob, mb mediumblob, lt longtext, lb longblob, tt tinytext);;
insert into large values
 (1, repeat(X'00',255), repeat(X'5C0A091A',500000), repeat('äé\\\n',400000), repeat(X'FF00',1500000), repeat('x',255)),
 (2, '', '', '', '', ''), (3, null, null, null, null, null);;
