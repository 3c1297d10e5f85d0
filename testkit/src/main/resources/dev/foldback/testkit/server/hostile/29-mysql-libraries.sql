-- needs: mysql>=9.2
create database hostile_libraries;;
create library hostile_libraries.lib comment 'it''s \\ "c"' language javascript as 'export function f(n) { return n + "it''s"; }';;
create library hostile_libraries.`lib 2` language javascript as $$ export function g(n) { return n; } $$;;
create function hostile_libraries.uses(n int) returns int deterministic language javascript using (hostile_libraries.lib, hostile_libraries.`lib 2` as second) as $$ return lib.f(second.g(n)); $$;;
create procedure hostile_libraries.plain(in n int, out m int) language javascript as $$ m = n; $$;;
