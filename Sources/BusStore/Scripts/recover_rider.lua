-- Gives back, in order, what a dead rider had reserved.
--
-- KEYS    1 riders (zset), 2 lease (string), 3 record (hash), 4 record under recovery (hash), 5 suspects (hash),
--         6 queues (set), then for each of its batches, the last one first: reserved list, queue (list)
-- ARGV    1 rider id, 2 `claimed` and 3 `settled` as the caller read them, 4 'dead' (only if both halves of the lease ran
--         out) or 'now', 5 ms that suspicions are kept, 0 = do not suspect, 6… names of the queues
-- Returns {'DONE', jobs}; {'STUCK', jobs} (a queue is no list: its batch waits, and so does the record);
--         {'ALIVE'}; {'MOVED'} (the record has changed: read it again); {'GONE'}
-- Cost    O(jobs)
-- Fence   renaming the record: after it no claim, settlement or heartbeat of this id has an effect
if ARGV[4] == 'dead' then
  local time = redis.call('TIME')
  local lease = redis.call('ZSCORE', KEYS[1], ARGV[1])
  if lease and tonumber(lease) > time[1] * 1000 + math.floor(time[2] / 1000) then return {'ALIVE'} end
  if redis.call('EXISTS', KEYS[2]) == 1 then return {'ALIVE'} end
end
local alive = redis.call('EXISTS', KEYS[3]) == 1
local record = redis.call('HMGET', alive and KEYS[3] or KEYS[4], 'claimed', 'settled')
if record[1] and (record[1] ~= ARGV[2] or record[2] ~= ARGV[3]) then return {'MOVED'} end
redis.call('DEL', KEYS[2]) -- a write that is never refused comes first: the rest then works when memory is full
if alive then redis.call('RENAME', KEYS[3], KEYS[4]) end

-- Equal jobs count as one: it is not their number that proves them guilty.
local suspected = {}
local function suspect(job)
  local digest = redis.sha1hex(job)
  if not suspected[digest] then redis.pcall('HINCRBY', KEYS[5], digest, 1) end
  suspected[digest] = true
end

-- Last batch first, tail first: that puts the jobs back at the head of their queues in their old order.
local jobs, stuck = 0, false
for i = 7, #KEYS, 2 do
  local found = redis.call('TYPE', KEYS[i + 1]).ok
  if found ~= 'list' and found ~= 'none' then
    stuck = true
  else
    while true do
      local job = redis.call('LMOVE', KEYS[i], KEYS[i + 1], 'RIGHT', 'LEFT')
      if not job then break end
      jobs = jobs + 1
      if ARGV[5] ~= '0' then suspect(job) end
    end
    redis.pcall('SADD', KEYS[6], ARGV[6 + (i - 7) / 2]) -- the jobs are back whether or not the name can be noted
  end
end
if jobs > 0 and ARGV[5] ~= '0' then redis.call('PEXPIRE', KEYS[5], ARGV[5]) end
if stuck then return {'STUCK', jobs} end
redis.call('DEL', KEYS[4])
redis.call('ZREM', KEYS[1], ARGV[1])
if not record[1] and jobs == 0 then return {'GONE'} end
return {'DONE', jobs}
