-- needs: any
use mysql;;
insert into time_zone (use_leap_seconds) values ('N');;
set @id = last_insert_id();;
insert into time_zone_name (name, time_zone_id) values ('Europe/Berlin', @id);;
insert into time_zone_transition_type (time_zone_id, transition_type_id, `offset`, is_dst, abbreviation) values (@id,0,3600,0,'CET'),(@id,1,7200,1,'CEST');;
insert into time_zone_transition (time_zone_id, transition_time, transition_type_id) values (@id,1585443600,1),(@id,1603587600,0),(@id,1616893200,1),(@id,1635642000,0),(@id,1648342800,1),(@id,1667091600,0),(@id,1679792400,1),(@id,1698541200,0),(@id,1711846800,1),(@id,1729990800,0),(@id,1743296400,1),(@id,1761440400,0),(@id,1774746000,1),(@id,1792890000,0),(@id,1806195600,1),(@id,1824944400,0),(@id,1837645200,1),(@id,1856394000,0),(@id,1869094800,1),(@id,1887843600,0),(@id,1901149200,1),(@id,1919293200,0),(@id,1932598800,1),(@id,1950742800,0),(@id,1964048400,1),(@id,1982797200,0),(@id,1995498000,1),(@id,2014246800,0),(@id,2026947600,1),(@id,2045696400,0),(@id,2058397200,1),(@id,2077146000,0),(@id,2090451600,1),(@id,2108595600,0);;
