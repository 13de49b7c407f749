-- Moves a delayed job that is too large to be loaded from the head of its bucket to a list of its own.
--
-- Needs   fits, refusal
-- KEYS    1 leader's lock (string), 2 bucket: delayed:<time> (list), 3 the list of its own, 4 waiting failures (list)
-- ARGV    1 what the lock holds for this scheduler, 2 least bytes of such a job, 3 entry for `failed` that names the
--         list, 4 delayed:<time>, 5 what the keys timestamps:<item> begin with
-- Returns 'OK'; with nothing done: 'FITS' (the head is not that large); 'NOTLEADER'; 'NOFAILED' (KEYS[4] is no list);
--         WRONGTYPE and NOPERM, when it would be refused half way
-- Cost    O(nodes of the bucket); O(bytes of the job) where it is moved
-- Fence   the lock; and whoever calls it, it only ever moves what is too large for everybody
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'NOTLEADER' end
local least = tonumber(ARGV[2])
-- Measured as a whole, so that nothing large comes into Lua in peace.
if (redis.call('MEMORY', 'USAGE', KEYS[2], 'SAMPLES', 0) or 0) < least then return 'FITS' end
local head = redis.call('LINDEX', KEYS[2], 0)
if not head or #head < least then return 'FITS' end
if not fits(KEYS[4], 'list') then return 'NOFAILED' end

local refused = refusal({{KEYS[3], 'list'}}, {
  {'RPUSH', KEYS[3], ''}, {'RPUSH', KEYS[4], ''}, {'LTRIM', KEYS[2], '1', '-1'},
})
if refused then return refused end

redis.call('RPUSH', KEYS[4], ARGV[3]) -- may be refused, so it comes before anything else is written
redis.call('RPUSH', KEYS[3], head)
redis.call('LTRIM', KEYS[2], 1, -1)
redis.pcall('SREM', ARGV[5] .. head, ARGV[4])
return 'OK'
