-- A status may be limited to one area.
--
-- status.area: the only area in which it can be chosen; null: everywhere.

alter table status add column area {int} references area (id);
