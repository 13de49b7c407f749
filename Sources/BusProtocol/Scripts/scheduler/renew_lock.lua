-- Lets the leader lead on.
--
-- KEYS    1 scheduler's lock (string)
-- ARGV    1 value that names this scheduler, 2 seconds that the lock lasts from now on
-- Returns 1, or 0 when somebody else leads, or nobody: then the caller has not been the leader for an unknown time
-- Cost    O(1)
-- Fence   the value of the lock
-- Rights  are not asked first: it writes once
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('EXPIRE', KEYS[1], ARGV[2])
