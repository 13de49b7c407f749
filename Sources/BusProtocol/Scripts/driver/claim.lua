-- Moves the next batch from the incoming list to an in-flight list of this driver.
--
-- Needs   recorded, recoveries_of, forbidden_on_record, move_batch
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
local seq = tonumber(ARGV[1])
-- A number that is no one's would let this batch replace one that is in flight, or never be claimed. Two may be ahead.
local claimed, answer = recorded('claimed', seq + 2)
if not claimed then return answer end
if redis.call('EXISTS', KEYS[4]) == 1 then return {'BACK'} end
if seq <= claimed then
  if redis.call('LLEN', KEYS[3]) ~= 1 then return {'REPLAY'} end
  return {'REPLAY', recoveries_of(redis.call('LINDEX', KEYS[3], 0), KEYS[5], 0)}
end
if seq > claimed + 1 then return {'GAP'} end

-- The rights for the commit's script too; and without WATCH or MULTI the commit would not be fenced.
local refused = forbidden_on_record({'DEL', 'HSET', 'LINDEX', 'LTRIM', 'MEMORY', 'MULTI', 'RENAME', 'TYPE', 'WATCH'})
if refused then return refused end

local length = redis.call('LLEN', KEYS[2]) -- refuses what is no list; SORT would copy a set
if length == 0 then return {'EMPTY'} end
local events, found = move_batch(KEYS[2], KEYS[3], KEYS[5], 0) -- one that was counted at all is a suspect
if events == 0 then return {found} end
redis.call('HSET', KEYS[1], 'claimed', seq)
return {'OK', events, length - events, found}
