-- Renews both halves of a lease.
--
-- Needs   milliseconds, refusal
-- KEYS    1 record (hash), 2 registry (zset), 3 lease (string)
-- ARGV    1 id, 2 lease in ms
-- Returns 'OK', or 'FENCED' when the id was recovered; WRONGTYPE and NOPERM, with nothing done, when it would be
--         refused half way
-- Cost    O(log registered)
-- Fence   the record: whoever was recovered renews nothing
local now = milliseconds()
local refused = refusal({{KEYS[2], 'zset'}}, {
  {'PEXPIRE', KEYS[3], '1'}, {'EXISTS', KEYS[1]}, {'SET', KEYS[3], ''}, {'ZADD', KEYS[2], '0', ''},
})
if refused then return refused end

local renewed = redis.call('PEXPIRE', KEYS[3], ARGV[2]) -- never refused, so the lease survives a full memory
if renewed == 0 then
  if redis.call('EXISTS', KEYS[1]) == 0 then return 'FENCED' end
  redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[2])
end
-- Not XX: whoever removes the registry, or its entry, does not remove who lives.
redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1])
return 'OK'
