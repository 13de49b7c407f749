-- Renews both halves of a lease.
--
-- KEYS    1 record (hash), 2 registry (zset), 3 lease (string)
-- ARGV    1 id, 2 lease in ms
-- Returns 'OK', or 'FENCED' when the id was recovered
-- Cost    O(log registered)
-- Fence   the record: whoever was recovered renews nothing
local renewed = redis.call('PEXPIRE', KEYS[3], ARGV[2]) -- never refused, so the lease survives a full memory
if renewed == 0 then
  if redis.call('EXISTS', KEYS[1]) == 0 then return 'FENCED' end
  redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[2])
end
local time = redis.call('TIME')
redis.call('ZADD', KEYS[2], 'XX', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2], ARGV[1])
return 'OK'
