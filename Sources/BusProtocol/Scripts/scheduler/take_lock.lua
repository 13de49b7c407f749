-- Makes this scheduler the leader if nobody is.
--
-- KEYS    1 scheduler's lock (string)
-- ARGV    1 value that names this scheduler, 2 seconds that the lock lasts
-- Returns {'LEADER'}, also when it was the leader already; else {'TAKEN', value of who leads}
-- Cost    O(1)
-- Fence   none
-- Rights  are not asked first: it writes once
local holder = redis.call('GET', KEYS[1])
if not holder then
  redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
  return {'LEADER'}
end
if holder ~= ARGV[1] then return {'TAKEN', holder} end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return {'LEADER'}
