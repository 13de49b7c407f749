-- Notes in the record of a driver or a rider whether a signal has paused it.
--
-- KEYS    1 record (hash)
-- ARGV    1 '1' when it is paused, else '0'
-- Returns 'OK', or 'FENCED' when the id was recovered
-- Cost    O(1)
-- Fence   the record: nobody's is made anew
-- Rights  are not asked first: it writes once
if redis.call('EXISTS', KEYS[1]) == 0 then return 'FENCED' end
redis.call('HSET', KEYS[1], 'paused', ARGV[1])
return 'OK'
