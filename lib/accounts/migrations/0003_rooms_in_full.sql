-- Invite-only: private, but listed with name and topic for everybody.
ALTER TABLE rooms ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
-- Between two people.
ALTER TABLE rooms ADD COLUMN direct INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN archived_at INTEGER;
-- The row stays, so that nobody makes another room of that name.
ALTER TABLE rooms ADD COLUMN deleted_at INTEGER;

CREATE TABLE bans (
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  until INTEGER,
  reason TEXT,
  by_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (room_id, user_id)
);
CREATE INDEX bans_by_user ON bans (user_id);

-- Of the code only its SHA-256 is kept.
CREATE TABLE invites (
  id TEXT PRIMARY KEY,
  code_hash TEXT NOT NULL UNIQUE,
  room_id TEXT NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('reader', 'member', 'moderator')),
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  max_uses INTEGER NOT NULL,
  uses INTEGER NOT NULL DEFAULT 0,
  revoked_at INTEGER
);
CREATE INDEX invites_by_room ON invites (room_id);

-- Whom a person does not want to see.
CREATE TABLE hidden (
  user_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  hidden_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  since INTEGER NOT NULL,
  PRIMARY KEY (user_id, hidden_id)
);
CREATE INDEX hidden_by_hidden ON hidden (hidden_id);

-- What was done through the app to a room and its people; what is done inside it the room keeps.
CREATE TABLE room_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  room_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  by_id TEXT NOT NULL,
  by_name TEXT NOT NULL,
  user_id TEXT,
  user_name TEXT,
  detail TEXT,
  reason TEXT,
  until INTEGER
);
CREATE INDEX room_log_by_room ON room_log (room_id, id);

-- Rooms that have not confirmed yet that somebody whose account is gone is to be forgotten.
CREATE TABLE erasures (
  room_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('anonymise', 'erase')),
  since INTEGER NOT NULL,
  PRIMARY KEY (room_id, user_id)
);
