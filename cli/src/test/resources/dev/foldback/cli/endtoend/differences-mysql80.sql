use differs;;
create table float_count (id double not null auto_increment primary key, v int);;
insert into float_count (v) values (1), (2);;
create table child_plain (id int primary key, a int, constraint to_plain foreign key (a) references parent_plain (a));;
insert into child_plain values (1, 2);;
