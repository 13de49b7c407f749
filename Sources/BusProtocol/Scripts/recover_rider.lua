-- Gives back, in order, what a dead rider had reserved.
--
-- KEYS    1 riders (zset), 2 lease (string), 3 record (hash), 4 record under recovery (hash),
--         5 suspects (hash, see claim_jobs.lua), 6 queues (set), then for each of its batches, the last one first: reserved list, queue (list)
-- ARGV    1 rider id, 2 `claimed` and 3 `settled` as the caller read them ('' for nothing), 4 'dead' (only if both halves
--         of the lease ran out) or 'now', 5 ms that suspicions are kept, 0 = do not suspect, 6… names of the queues
-- Returns {'DONE', jobs}; {'STUCK', jobs} (a queue or a reserved list is none: its batch waits, and so does the
--         record); {'ALIVE'}; {'MOVED'} (the record has changed: read it again); {'GONE'}; WRONGTYPE and NOPERM, with
--         nothing done, when it would be refused half way
-- Cost    O(jobs)
-- Fence   renaming the record: after it no claim, settlement or heartbeat of this id has an effect
if ARGV[4] == 'dead' then
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local lease = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0)
  -- An end that no lease has is no sign of life: the other half decides.
  if lease > now and lease <= now + 86400000 then return {'ALIVE'} end
  if redis.call('EXISTS', KEYS[2]) == 1 then return {'ALIVE'} end
end
local alive = redis.call('EXISTS', KEYS[3]) == 1
-- A record that is no hash says nothing, and goes the way of the others.
local record = redis.pcall('HMGET', alive and KEYS[3] or KEYS[4], 'claimed', 'settled')
if record[1] and (record[1] ~= ARGV[2] or (record[2] or '') ~= ARGV[3]) then return {'MOVED'} end
local refused = refusal({{KEYS[1], 'zset'}}, {
  {'DEL', KEYS[2]}, {'RENAME', KEYS[3], KEYS[4]}, {'LMOVE', KEYS[7] or KEYS[4], KEYS[8] or KEYS[4], 'RIGHT', 'LEFT'},
  {'ZREM', KEYS[1], ''},
})
if refused then return refused end

redis.call('DEL', KEYS[2]) -- a write that is never refused comes first: the rest then works when memory is full
if alive then redis.call('RENAME', KEYS[3], KEYS[4]) end

-- Equal jobs count as one: it is not their number that proves them guilty. Jobs go back whether or not anybody can be
-- suspected.
local suspected, isRepeated = {}, false
local function suspect(job)
  local digest = redis.sha1hex(job)
  if suspected[digest] then return end
  suspected[digest] = true
  local recoveries = redis.pcall('HINCRBY', KEYS[5], digest, 1)
  isRepeated = isRepeated or recoveries ~= 1
end

-- Last batch first, tail first: that puts the jobs back at the head of their queues in their old order.
local function isList(key)
  local found = redis.call('TYPE', key).ok
  return found == 'list' or found == 'none'
end
local jobs, stuck = 0, false
for i = 7, #KEYS, 2 do
  if not isList(KEYS[i]) or not isList(KEYS[i + 1]) then
    stuck = true
  else
    local before = jobs
    while true do
      local job = redis.call('LMOVE', KEYS[i], KEYS[i + 1], 'RIGHT', 'LEFT')
      if not job then break end
      jobs = jobs + 1
      if ARGV[5] ~= '0' then suspect(job) end
    end
    redis.pcall('SADD', KEYS[6], ARGV[6 + (i - 7) / 2]) -- the jobs are back whether or not the name can be noted
    if jobs > before and redis.pcall('EXISTS', KEYS[5]) == 1 then
      redis.pcall('HINCRBY', KEYS[5], KEYS[i + 1], jobs - before)
    end
  end
end
-- What others are suspected of ends in its time, unless this is one loop of crashes.
if jobs > 0 and ARGV[5] ~= '0' and (isRepeated or redis.pcall('PTTL', KEYS[5]) == -1) then
  redis.pcall('PEXPIRE', KEYS[5], ARGV[5])
end
if stuck then return {'STUCK', jobs} end
redis.call('DEL', KEYS[4])
redis.call('ZREM', KEYS[1], ARGV[1])
if not record[1] and jobs == 0 then return {'GONE'} end
return {'DONE', jobs}
