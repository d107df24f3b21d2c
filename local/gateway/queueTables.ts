/** The tables of the local queues. Times are milliseconds since 1970. */
export const queueSchema = `
  CREATE TABLE IF NOT EXISTS queues (
    name TEXT PRIMARY KEY,
    settings TEXT NOT NULL
  ) STRICT;

  -- AUTOINCREMENT: a sequence is never used again, so the receipt handles made from it name one message ever.
  CREATE TABLE IF NOT EXISTS messages (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    message_group TEXT,
    deduplication_id TEXT,
    sent_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    receive_count INTEGER NOT NULL DEFAULT 0,
    first_received_at INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS messages_by_visibility ON messages (queue, visible_at);
  CREATE INDEX IF NOT EXISTS messages_in_order ON messages (queue, sequence) WHERE message_group IS NOT NULL;
  CREATE INDEX IF NOT EXISTS messages_by_group ON messages (queue, message_group, visible_at)
    WHERE message_group IS NOT NULL;

  -- Outlives the message: a duplicate is dropped also after the first was received and deleted.
  CREATE TABLE IF NOT EXISTS deduplications (
    queue TEXT NOT NULL,
    deduplication_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (queue, deduplication_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS deduplications_by_expiry ON deduplications (expires_at);
`;

/** A queue's visible messages, those that became visible first before the others. */
export const visibleMessages = `
  SELECT * FROM messages WHERE queue = ?1 AND visible_at <= ?2 ORDER BY visible_at, sequence LIMIT ?3`;

/**
 * A FIFO queue's visible messages in their order. A group waits while one of its messages is in flight, and a
 * message waits for an earlier one that is still delayed. The plus keeps SQLite off the index by visibility:
 * read in order, the first few rows are the answer.
 */
export const visibleMessagesInOrder = `
  SELECT * FROM messages AS message
  WHERE queue = ?1 AND message_group IS NOT NULL AND +visible_at <= ?2
    AND NOT EXISTS (
      SELECT 1 FROM messages AS other
      WHERE other.queue = ?1 AND other.message_group = message.message_group AND other.visible_at > ?2
        AND (other.receive_count > 0 OR other.sequence < message.sequence))
  ORDER BY sequence LIMIT ?3`;
