-- Renews both halves of a driver's lease.
--
-- KEYS    1 record (hash), 2 drivers (zset), 3 lease (string)
-- ARGV    1 driver id, 2 lease in ms
-- Returns 'OK', or 'FENCED' when the driver was recovered
-- Cost    O(log drivers)
-- Fence   the record: a recovered driver renews nothing
local renewed = redis.call('PEXPIRE', KEYS[3], ARGV[2]) -- never refused, so the lease survives a full memory
if renewed == 0 then
  if redis.call('EXISTS', KEYS[1]) == 0 then return 'FENCED' end
  redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[2])
end
local time = redis.call('TIME')
redis.call('ZADD', KEYS[2], 'XX', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2], ARGV[1])
return 'OK'
