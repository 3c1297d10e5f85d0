-- needs: mariadb>=11.7
use hostile_types;;
create table vectors (id int primary key, v vector(3) not null, vector index (v) m=8 distance=cosine);;
insert into vectors values (1, vec_fromtext('[1.5,-0.0,3e-40]')), (2, vec_fromtext('[1,2,3]'));;
