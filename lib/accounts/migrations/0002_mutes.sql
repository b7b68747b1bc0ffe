-- Rooms that a person does not want to be called to; with the person, over their devices.
CREATE TABLE mutes (
  user_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  since INTEGER NOT NULL,
  PRIMARY KEY (user_id, room_id)
);
