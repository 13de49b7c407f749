-- Pushes a job, unless the same job was pushed to the same queue by this script a short while ago.
--
-- KEYS    1 queues (set), 2 queue (list)
-- ARGV    1 what the name of the reminder begins with, 2 queue name, 3 job, 4 how long to remember it, in ms
-- Returns 1, or 0 when the job is remembered and was not pushed
-- Cost    O(bytes of the job)
-- Fence   the reminder: a key that is made with the push and ends by itself
local reminder = ARGV[1] .. redis.sha1hex(ARGV[2] .. '\n' .. ARGV[3])
if redis.call('EXISTS', reminder) == 1 then return 0 end
redis.call('RPUSH', KEYS[2], ARGV[3]) -- may be refused, so it comes before anything else is written
redis.call('SADD', KEYS[1], ARGV[2])
redis.call('SET', reminder, '1', 'PX', ARGV[4])
return 1
