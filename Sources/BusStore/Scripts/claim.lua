-- Moves the next batch from the incoming list to an in-flight list of this driver.
--
-- KEYS    1 record (hash), 2 incoming (list), 3 in-flight list of this batch,
--         4 in-flight list of the last batch believed committed, 5 suspects (hash)
-- ARGV    1 sequence number of the batch, 2 most events, 3 'sort' or 'copy', 4 most bytes of a batch,
--         5 most bytes of an event
-- Returns {'OK', events, events left} or, while there are suspects, {'OK', 1, events left, recoveries of that event};
--         {'EMPTY'}; {'OVERSIZED'} (the head is too large to be loaded: nothing moved);
--         {'REPLAY'} (claimed before: what is left of it is in the list); {'FENCED'} (recovered);
--         {'BACK'} (that commit never happened); {'GAP'} (history was rolled back);
--         NOPERM, with nothing done, when this script or the commit's would be refused half way
-- Cost    O(events)
-- Fence   the record, and its `claimed`: a claim that arrives late moves nothing
local claimed = redis.call('HGET', KEYS[1], 'claimed')
if not claimed then return {'FENCED'} end
claimed = tonumber(claimed)
local seq, most = tonumber(ARGV[1]), tonumber(ARGV[2])
if redis.call('EXISTS', KEYS[4]) == 1 then return {'BACK'} end
if seq <= claimed then return {'REPLAY'} end
if seq > claimed + 1 then return {'GAP'} end

-- Nothing undoes what ran before a refusal, neither here nor in fin, so the user's rights are asked first (since Redis 7).
if redis.acl_check_cmd then
  for _, command in ipairs({'DEL', 'HSET', 'LTRIM', 'MEMORY', 'RENAME', 'TYPE'}) do
    if not redis.acl_check_cmd(command, command == 'MEMORY' and 'USAGE' or KEYS[1], KEYS[1]) then
      return redis.error_reply('NOPERM this user has no permissions to run the ' .. command .. ' command')
    end
  end
end

-- While an event is suspected of killing drivers, each one travels alone: only the culprit is ever counted again.
local suspects = redis.call('EXISTS', KEYS[5]) == 1
if suspects then most = 1 end

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
if events == 0 then return {'EMPTY'} end

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
redis.call('LTRIM', KEYS[2], events, -1)
redis.call('HSET', KEYS[1], 'claimed', seq)
local left = redis.call('LLEN', KEYS[2])
if not suspects then return {'OK', events, left} end
local recoveries = redis.call('HGET', KEYS[5], redis.sha1hex(redis.call('LINDEX', KEYS[3], 0)))
return {'OK', events, left, tonumber(recoveries or 0)}
