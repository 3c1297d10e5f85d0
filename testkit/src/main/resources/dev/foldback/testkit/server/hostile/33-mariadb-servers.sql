-- needs: mariadb>=11.6
create server `hostile 3` foreign data wrapper mysql options (host 'x', remote_table 't''s', tbl_timeout '5');;
