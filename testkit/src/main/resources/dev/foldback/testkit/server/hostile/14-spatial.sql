-- needs: any
use hostile_types;;
create table shapes (id int primary key, g geometry, p point not null, l linestring, po polygon, mp multipoint, gc geometrycollection, spatial index (p));;
insert into shapes values
 (1, ST_GeomFromText('POINT(1 2)'), ST_GeomFromText('POINT(-0.1 1e300)'), ST_GeomFromText('LINESTRING(0 0,1 1,2 2)'),
  ST_GeomFromText('POLYGON((0 0,10 0,10 10,0 10,0 0),(5 5,7 5,7 7,5 7,5 5))'), ST_GeomFromText('MULTIPOINT(1 1,2 2)'),
  ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))')),
 (2, ST_GeomFromText('POINT(1 2)', 4326), ST_GeomFromText('POINT(0 0)'), null, null, null, null);;
