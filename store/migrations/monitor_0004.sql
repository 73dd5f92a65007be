-- Which target a tool means by an event.
ALTER TABLE monitor_event ADD COLUMN target TEXT NOT NULL DEFAULT '';
CREATE INDEX monitor_event_target_occurred ON monitor_event (target, occurred, id);
