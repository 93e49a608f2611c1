-- How close together everything stands on an agent's screen.
--
-- agent.density: 'compact' or 'comfortable'; null until one was chosen, which means compact.

alter table agent add column density {text};
