-- needs: mysql>=8.0
use hostile_types;;
create table placed (id int primary key, p point not null srid 4326, q geometry srid 0, spatial index (p));;
insert into placed values (1, ST_GeomFromText('POINT(52.5 13.4)', 4326), ST_GeomFromText('POINT(1 1)', 0));;
