-- Gives a driver or a rider its record and its lease.
--
-- Needs   milliseconds, refusal
-- KEYS    1 record (hash), 2 registry (zset), 3 lease (string)
-- ARGV    1 id, 2 lease in ms, then fields of the record and their values
-- Returns 'OK', or 'EXISTS' when the id is taken (ids are never used again); WRONGTYPE and NOPERM, with nothing done,
--         when it would be refused half way
-- Cost    O(log registered)
-- Fence   creates the record that every other script of this id asks for
if redis.call('EXISTS', KEYS[1]) == 1 then return 'EXISTS' end
local now, seconds = milliseconds()
local refused = refusal({{KEYS[2], 'zset'}}, {
  {'DEL', KEYS[3]}, {'HSET', KEYS[1], '', ''}, {'ZADD', KEYS[2], '0', ''}, {'SET', KEYS[3], ''},
})
if refused then return refused end

redis.call('DEL', KEYS[3]) -- a write that is never refused comes first: the rest then works when memory is full
redis.call('HSET', KEYS[1], 'claimed', 0, 'started', seconds, unpack(ARGV, 3))
redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1])
redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[2])
return 'OK'
