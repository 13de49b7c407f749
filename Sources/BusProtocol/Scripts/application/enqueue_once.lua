-- Pushes a job, unless the same job was pushed to the same queue by this script a short while ago.
--
-- Needs   refusal
-- KEYS    1 queues (set), 2 queue (list), 3 reminder of this job on this queue (string)
-- ARGV    1 queue name, 2 job, 3 how long to remember it, in ms
-- Returns 1, or 0 when the job is remembered and was not pushed; WRONGTYPE and NOPERM, with nothing done, when it
--         would be refused half way
-- Cost    O(bytes of the job)
-- Fence   the reminder: a key that is made with the push and ends by itself
if redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
local refused = refusal({{KEYS[1], 'set'}, {KEYS[2], 'list'}}, {
  {'RPUSH', KEYS[2], ''}, {'SADD', KEYS[1], ''}, {'SET', KEYS[3], ''},
})
if refused then return refused end

redis.call('RPUSH', KEYS[2], ARGV[2]) -- may be refused when memory is full, so it comes before anything else is written
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('SET', KEYS[3], '1', 'PX', ARGV[3])
return 1
