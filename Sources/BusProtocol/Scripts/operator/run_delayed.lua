-- Moves items of one text from a bucket of delayed jobs to their queue before they fall due. As when resque-scheduler
-- removes a job, an emptied bucket stays in the schedule until its time.
--
-- Needs   refusal
-- KEYS    1 bucket: delayed:<time> (list), 2 queues (set), 3 queue (list), 4 timestamps:<item> (set)
-- ARGV    1 <time>, 2 item, 3 how many as LREM takes it (0 = all, -1 = the last), 4 name of the queue, 5 what is pushed
--         for each
-- Returns how many were moved; with nothing done WRONGTYPE, or NOPERM when it would be refused half way
-- Cost    O(items of the bucket)
-- Fence   the item's own bytes: what somebody else moved or removed is not there any more
local refused = refusal({{KEYS[3], 'list'}}, {
  {'RPUSH', KEYS[3], ''}, {'SADD', KEYS[2], ''}, {'SREM', KEYS[4], ''},
})
if refused then return refused end

-- LREM is never refused for lack of memory, and then neither is the rest.
local count = redis.call('LREM', KEYS[1], ARGV[3], ARGV[2])
for _ = 1, count do redis.call('RPUSH', KEYS[3], ARGV[5]) end
redis.pcall('SREM', KEYS[4], 'delayed:' .. ARGV[1])
if count > 0 then redis.pcall('SADD', KEYS[2], ARGV[4]) end
return count
