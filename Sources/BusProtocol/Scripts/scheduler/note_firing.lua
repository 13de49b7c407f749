-- Notes from which firing on a schedule counts, without firing it.
--
-- KEYS    1 lock of the schedulers (string), 2 firings (hash)
-- ARGV    1 what the lock holds for this scheduler, 2 name of the schedule, 3 what is noted now ('' for nothing; of
--         what no scheduler has noted, anything), 4 what to note
-- Returns 'OK'; 'CHANGED' when something else is noted; 'NOTLEADER'; WRONGTYPE and NOPERM, with nothing done
-- Cost    O(1)
-- Fence   the lock, and what is noted: an answer that was lost is repeated without harm
-- Rights  are not asked first: it writes once
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'NOTLEADER' end
local noted = redis.call('HGET', KEYS[2], ARGV[2]) or ''
local is_ours = noted == '' or string.match(noted, '^%d+ [ -~]+$')
if is_ours and noted ~= ARGV[3] and noted ~= ARGV[4] then return 'CHANGED' end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[4])
return 'OK'
