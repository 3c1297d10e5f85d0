-- needs: mysql>=9.0
use hostile_types;;
create table vectors (id int primary key, v vector(3), w vector);;
insert into vectors values (1, X'0000C03F0000008001000000', to_vector('[1]')), (2, null, null);;
