-- Moves the next jobs of the first queue that has some to a reserved list of this rider.
--
-- KEYS    1 record (hash), 2 reserved list of this batch, 3 pause-all-workers (string),
--         4 suspects (hash): digests of jobs, each with its recoveries; and queues that may have such jobs at their head,
--         each with the number of jobs from there on that recoveries have put back,
--         5… queues (lists) in the order in which they are served
-- ARGV    1 sequence number of the batch, 2 most jobs, 3 'sort' or 'copy', 4 most bytes of a batch, 5 most bytes of a job,
--         6 '1' when nothing else is in hand, so that a suspect may run, 7… names of the queues
-- Returns {'OK', queue, jobs left in it} or, for a suspect that must run alone, {'OK', queue, left, recoveries};
--         {'EMPTY', queues that are no lists…}; {'PAUSED'}; {'ALONE'} (a suspect is next: finish first what is in hand);
--         {'OVERSIZED', queue} (its head is too large to be loaded: nothing moved);
--         {'REPLAY', queue} or {'REPLAY', queue, recoveries} (claimed before: what is left of it is in the list);
--         {'FENCED'} (recovered);
--         {'GAP'} (history was rolled back); {'UNBELIEVED', what the record says} (no rider wrote it);
--         NOPERM, with nothing done, when this script would be refused half way
-- Cost    O(jobs + queues)
-- Fence   the record, and its `claimed`: a claim that arrives late moves nothing
local claimed = redis.pcall('HGET', KEYS[1], 'claimed')
if not claimed then return {'FENCED'} end
-- A number that is no one's would let this batch replace one that is reserved, or never be claimed.
if type(claimed) ~= 'string' then
  return string.find(claimed.err, 'WRONGTYPE') and {'UNBELIEVED'} or claimed
end
if not string.match(claimed, '^%d+$') or tonumber(claimed) > tonumber(ARGV[1]) then
  return {'UNBELIEVED', string.sub(claimed, 1, 200)}
end
claimed = tonumber(claimed)
local seq, most = tonumber(ARGV[1]), tonumber(ARGV[2])
-- How often a job that must run alone was in hand at a crash; nil for others. What is no hash accuses nobody.
local function recoveriesOf(job)
  local recoveries = redis.pcall('HGET', KEYS[4], redis.sha1hex(job))
  recoveries = type(recoveries) == 'string' and string.match(recoveries, '^%d%d?%d?$') and tonumber(recoveries) or 0
  return recoveries >= 2 and recoveries or nil
end
if seq <= claimed then
  local recoveries
  if redis.call('LLEN', KEYS[2]) == 1 then recoveries = recoveriesOf(redis.call('LINDEX', KEYS[2], 0)) end
  return {'REPLAY', redis.call('HGET', KEYS[1], ARGV[1]), recoveries}
end
if seq > claimed + 1 then return {'GAP'} end
local pause = redis.pcall('GET', KEYS[3])
if type(pause) == 'string' and string.lower(string.match(pause, '^[%s%z]*(.-)[%s%z]*$')) == 'true' then
  return {'PAUSED'}
end

-- Nothing undoes what ran before a refusal, so the user's rights are asked first (since Redis 7).
if redis.acl_check_cmd then
  for _, command in ipairs({'DEL', 'HSET', 'LINDEX', 'LLEN', 'LTRIM', 'MEMORY'}) do
    if not redis.acl_check_cmd(command, command == 'MEMORY' and 'USAGE' or KEYS[1], KEYS[1]) then
      return redis.error_reply('NOPERM this user has no permissions to run the ' .. command .. ' command')
    end
  end
end

local function copy(queue, count)
  if ARGV[3] == 'sort' then
    return redis.call('SORT', queue, 'BY', 'nosort', 'LIMIT', 0, count, 'STORE', KEYS[2])
  end
  redis.call('DEL', KEYS[2])
  local copied = 0
  while copied < count do
    local chunk = redis.call('LRANGE', queue, copied, math.min(copied + 64, count) - 1)
    if #chunk == 0 then break end
    redis.call('RPUSH', KEYS[2], unpack(chunk))
    copied = copied + #chunk
  end
  return copied
end

local answer = {'EMPTY'}
for i = 5, #KEYS do
  local length = redis.pcall('LLEN', KEYS[i])
  if type(length) ~= 'number' then
    answer[#answer + 1] = ARGV[i + 2]
  elseif length > 0 then
    -- Jobs that were in hand at a recovery are at the head of their queue: nowhere else need suspects be looked for.
    local near = redis.pcall('HGET', KEYS[4], KEYS[i])
    near = type(near) == 'string' and string.match(near, '^%d+$') and tonumber(near) or 0
    local jobs = copy(KEYS[i], near > 0 and math.min(most, 64) or most) -- those whose digests are made here
    -- The queue is not trimmed yet, so giving jobs back is only forgetting the copies.
    local bytes = redis.call('MEMORY', 'USAGE', KEYS[2], 'SAMPLES', 0)
    while jobs > 1 and bytes > tonumber(ARGV[4]) do
      jobs = math.floor(jobs / 2)
      redis.call('LTRIM', KEYS[2], 0, jobs - 1)
      bytes = redis.call('MEMORY', 'USAGE', KEYS[2], 'SAMPLES', 0)
    end
    if bytes > tonumber(ARGV[5]) then
      redis.call('DEL', KEYS[2])
      return {'OVERSIZED', ARGV[i + 2]}
    end

    -- Of jobs that were in hand at two crashes one runs alone; those before it need not wait for that.
    local recoveries
    for place = 1, math.min(jobs, near) do
      recoveries = recoveriesOf(redis.call('LINDEX', KEYS[2], place - 1))
      if recoveries then
        if place == 1 and ARGV[6] ~= '1' then
          redis.call('DEL', KEYS[2])
          return {'ALONE'}
        end
        if place > 1 then recoveries = nil end
        jobs = math.max(place - 1, 1)
        redis.call('LTRIM', KEYS[2], 0, jobs - 1)
        break
      end
    end

    redis.call('LTRIM', KEYS[i], jobs, -1)
    redis.call('HSET', KEYS[1], 'claimed', seq, ARGV[1], ARGV[i + 2])
    if near > jobs then
      redis.pcall('HSET', KEYS[4], KEYS[i], near - jobs)
    elseif near > 0 then
      redis.pcall('HDEL', KEYS[4], KEYS[i])
    end
    return {'OK', ARGV[i + 2], length - jobs, recoveries}
  end
end
return answer
