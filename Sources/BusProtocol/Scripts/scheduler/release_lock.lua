-- Lets the next scheduler lead at once.
--
-- KEYS    1 scheduler's lock (string)
-- ARGV    1 value that names this scheduler
-- Returns 1, or 0 when it does not lead
-- Cost    O(1)
-- Fence   the value of the lock
-- Rights  are not asked first: it writes once
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
