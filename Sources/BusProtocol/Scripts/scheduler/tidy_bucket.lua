-- Takes the time of a bucket that is empty out of the schedule: the last command in the MULTI of a promotion.
--
-- Needs   may
-- KEYS    1 bucket: delayed:<time> (list), 2 delayed_queue_schedule (zset)
-- ARGV    1 <time>, 2 how many items the promotion moves
-- Returns 1 when the time left the schedule; 0
-- Cost    O(log times)
-- Fence   the MULTI's WATCH on the lock and the bucket
if ARGV[2] ~= '0' and not may('LTRIM', KEYS[1], '0', '0') then
  redis.call('LPOP', KEYS[1], ARGV[2]) -- the right to LTRIM has gone since that was queued
end
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
return redis.call('ZREM', KEYS[2], ARGV[1])
