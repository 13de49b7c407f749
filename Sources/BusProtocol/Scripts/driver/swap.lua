-- Compare-and-set for one event: replaces the head of the incoming list by its copies.
--
-- Needs   fits, may
-- KEYS    1 record (hash), 2 incoming (list), 3 in-flight list of the last batch believed committed, 4 queues (set),
--         5 stat:processed, 6 stat:processed of this worker, 7… destinations
-- ARGV    1 sequence number of the next batch, 2 the event as it was peeked, then for each destination:
--         its queue name, its number of jobs, the jobs
-- Returns {'OK', events left}; {'CHANGED'} (another head); {'WRONGTYPE'} (a destination is no list);
--         {'STALE'}, {'BACK'} and {'FENCED'} as a claim would find it; {'NOPERM'} (it would be refused half way).
--         Only OK has an effect
-- Cost    O(jobs)
-- Fence   the record, its `claimed`, and the head itself
local claimed = redis.call('HGET', KEYS[1], 'claimed')
if not claimed then return {'FENCED'} end
if tonumber(claimed) ~= tonumber(ARGV[1]) - 1 then return {'STALE'} end
if redis.call('EXISTS', KEYS[3]) == 1 then return {'BACK'} end
if redis.call('LINDEX', KEYS[2], 0) ~= ARGV[2] then return {'CHANGED'} end
if not fits(KEYS[4], 'set') then return {'WRONGTYPE'} end
for i = 7, #KEYS do
  if not fits(KEYS[i], 'list') then return {'WRONGTYPE'} end
end
if not (may('LPOP', KEYS[2]) and may('SADD', KEYS[4])) then return {'NOPERM'} end
local left = redis.call('LLEN', KEYS[2]) - 1
local at = 3
for i = 7, #KEYS do
  local jobs = tonumber(ARGV[at + 1])
  redis.call('RPUSH', KEYS[i], unpack(ARGV, at + 2, at + 1 + jobs))
  redis.call('SADD', KEYS[4], ARGV[at])
  at = at + 2 + jobs
end
redis.call('LPOP', KEYS[2])
redis.pcall('INCR', KEYS[5]) -- the event is handed over whether or not it can be counted
redis.pcall('INCR', KEYS[6])
return {'OK', left}
