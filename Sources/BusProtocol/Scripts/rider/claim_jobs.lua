-- Moves the next jobs of the first queue that has some to a reserved list of this rider.
--
-- Needs   recorded, recoveries_of, forbidden_on_record, move_batch
-- KEYS    1 record (hash), 2 reserved list of this batch, 3 pause-all-workers (string), 4 suspects (hash): digests of
--         jobs, each with its recoveries; and queues that may have such jobs at their head, each with the number of
--         jobs from there on that recoveries have put back, 5… queues (lists) in the order in which they are served
-- ARGV    1 sequence number of the batch, 2 most jobs, 3 'sort' or 'copy', 4 most bytes of a batch, 5 most bytes of a
--         job, 6 '1' when nothing else is in hand, so that a suspect may run, 7… names of the queues
-- Returns {'OK', queue, jobs left in it} or, for a suspect that must run alone, {'OK', queue, left, recoveries};
--         {'EMPTY', queues that are no lists…}; {'PAUSED'}; {'ALONE'} (a suspect is next: finish first what is in
--         hand); {'OVERSIZED', queue} (its head is too large to be loaded: nothing moved); {'REPLAY', queue} or
--         {'REPLAY', queue, recoveries} (claimed before: what is left of it is in the list); {'FENCED'} (recovered);
--         {'GAP'} (history was rolled back); {'UNBELIEVED', what the record says} (no rider wrote it); NOPERM, with
--         nothing done, when this script would be refused half way
-- Cost    O(jobs + queues)
-- Fence   the record, and its `claimed`: a claim that arrives late moves nothing
local seq = tonumber(ARGV[1])
-- A number that is no one's would let this batch replace one that is reserved, or never be claimed.
local claimed, answer = recorded('claimed', seq)
if not claimed then return answer end
-- A job that was in hand at two crashes runs alone.
local least = 2
if seq <= claimed then
  local recoveries
  if redis.call('LLEN', KEYS[2]) == 1 then
    recoveries = recoveries_of(redis.call('LINDEX', KEYS[2], 0), KEYS[4], least)
  end
  return {'REPLAY', redis.call('HGET', KEYS[1], ARGV[1]), recoveries}
end
if seq > claimed + 1 then return {'GAP'} end
local pause = redis.pcall('GET', KEYS[3])
if type(pause) == 'string' and string.lower(string.match(pause, '^[%s%z]*(.-)[%s%z]*$')) == 'true' then
  return {'PAUSED'}
end

local refused = forbidden_on_record({'DEL', 'HSET', 'LINDEX', 'LLEN', 'LTRIM', 'MEMORY'})
if refused then return refused end

local unusable = {'EMPTY'}
for i = 5, #KEYS do
  local queue, name = KEYS[i], ARGV[i + 2]
  local length = redis.pcall('LLEN', queue)
  if type(length) ~= 'number' then
    unusable[#unusable + 1] = name
  elseif length > 0 then
    local jobs, found = move_batch(queue, KEYS[2], KEYS[4], least)
    if jobs == 0 then return {found, found == 'OVERSIZED' and name or nil} end
    redis.call('HSET', KEYS[1], 'claimed', seq, ARGV[1], name)
    return {'OK', name, length - jobs, found}
  end
end
return unusable
