-- Moves the next batch from the incoming list to an in-flight list of this driver.
--
-- KEYS    1 record (hash), 2 incoming (list), 3 in-flight list of this batch,
--         4 in-flight list of the last batch believed committed,
--         5 suspects (hash): digests of events, each with its recoveries; and incoming lists that may have such events
--         at their head, each with the number of events from there on that recoveries have put back
-- ARGV    1 sequence number of the batch, 2 most events, 3 'sort' or 'copy', 4 most bytes of a batch,
--         5 most bytes of an event, 6 '1' when no other batch is in hand, so that a suspect may be
-- Returns {'OK', events, events left} or, for a suspect, {'OK', 1, events left, recoveries of that event};
--         {'EMPTY'}; {'ALONE'} (a suspect is next: finish first what is in hand);
--         {'OVERSIZED'} (the head is too large to be loaded: nothing moved);
--         {'REPLAY'} or, for a suspect, {'REPLAY', recoveries} (claimed before: what is left of it is in the list);
--         {'FENCED'} (recovered); {'BACK'} (that commit never happened); {'GAP'} (history was rolled back);
--         {'UNBELIEVED', what the record says} (no driver wrote it);
--         NOPERM, with nothing done, when this script or the commit's would be refused half way
-- Cost    O(events)
-- Fence   the record, and its `claimed`: a claim that arrives late moves nothing
local claimed = redis.pcall('HGET', KEYS[1], 'claimed')
if not claimed then return {'FENCED'} end
-- A number that is no one's would let this batch replace one that is in flight, or never be claimed. At most two are ahead.
if type(claimed) ~= 'string' then
  return string.find(claimed.err, 'WRONGTYPE') and {'UNBELIEVED'} or claimed
end
if not string.match(claimed, '^%d+$') or tonumber(claimed) > ARGV[1] + 2 then
  return {'UNBELIEVED', string.sub(claimed, 1, 200)}
end
claimed = tonumber(claimed)
local seq, most = tonumber(ARGV[1]), tonumber(ARGV[2])
if redis.call('EXISTS', KEYS[4]) == 1 then return {'BACK'} end

-- What is no hash accuses nobody.
local function recoveriesOf(event)
  local recoveries = redis.pcall('HGET', KEYS[5], redis.sha1hex(event))
  return type(recoveries) == 'string' and string.match(recoveries, '^%d%d?%d?$') and tonumber(recoveries) or nil
end
if seq <= claimed then
  if redis.call('LLEN', KEYS[3]) ~= 1 then return {'REPLAY'} end
  return {'REPLAY', recoveriesOf(redis.call('LINDEX', KEYS[3], 0))}
end
if seq > claimed + 1 then return {'GAP'} end

-- Nothing undoes what ran before a refusal, neither here nor in fin, so the user's rights are asked first (since Redis 7);
-- and without WATCH or MULTI the commit would not be fenced.
if redis.acl_check_cmd then
  for _, command in ipairs({'DEL', 'HSET', 'LINDEX', 'LTRIM', 'MEMORY', 'MULTI', 'RENAME', 'TYPE', 'WATCH'}) do
    if not redis.acl_check_cmd(command, command == 'MEMORY' and 'USAGE' or KEYS[1], KEYS[1]) then
      return redis.error_reply('NOPERM this user has no permissions to run the ' .. command .. ' command')
    end
  end
end

-- Events that were in flight at a recovery are at the head of the list: nowhere else need suspects be looked for.
local near = redis.pcall('HGET', KEYS[5], KEYS[2])
near = type(near) == 'string' and string.match(near, '^%d+$') and tonumber(near) or 0
if near > 0 then most = math.min(most, 64) else near = 0 end -- their digests are made here

local length = redis.call('LLEN', KEYS[2]) -- refuses what is no list; SORT would copy a set
if length == 0 then return {'EMPTY'} end
local events = 0
if ARGV[3] == 'sort' then
  events = redis.call('SORT', KEYS[2], 'BY', 'nosort', 'LIMIT', 0, most, 'STORE', KEYS[3])
else
  redis.call('DEL', KEYS[3])
  while events < most do
    local chunk = redis.call('LRANGE', KEYS[2], events, math.min(events + 64, most) - 1)
    if #chunk == 0 then break end
    redis.call('RPUSH', KEYS[3], unpack(chunk))
    events = events + #chunk
  end
end

-- The incoming list is not trimmed yet, so giving events back is only forgetting the copies.
local bytes = redis.call('MEMORY', 'USAGE', KEYS[3], 'SAMPLES', 0)
while events > 1 and bytes > tonumber(ARGV[4]) do
  events = math.floor(events / 2)
  redis.call('LTRIM', KEYS[3], 0, events - 1)
  bytes = redis.call('MEMORY', 'USAGE', KEYS[3], 'SAMPLES', 0)
end
if bytes > tonumber(ARGV[5]) then
  redis.call('DEL', KEYS[3])
  return {'OVERSIZED'}
end

-- A suspect travels alone, so that only the culprit is ever counted again; those before it need not wait for that.
local recoveries
for i = 1, math.min(events, near) do
  recoveries = recoveriesOf(redis.call('LINDEX', KEYS[3], i - 1))
  if recoveries then
    if i == 1 and ARGV[6] ~= '1' then
      redis.call('DEL', KEYS[3])
      return {'ALONE'}
    end
    if i > 1 then recoveries = nil end
    events = math.max(i - 1, 1)
    redis.call('LTRIM', KEYS[3], 0, events - 1)
    break
  end
end

redis.call('LTRIM', KEYS[2], events, -1)
redis.call('HSET', KEYS[1], 'claimed', seq)
if near > events then
  redis.pcall('HSET', KEYS[5], KEYS[2], near - events)
elseif near > 0 then
  redis.pcall('HDEL', KEYS[5], KEYS[2])
end
return {'OK', events, length - events, recoveries}
