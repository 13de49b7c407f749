-- Judges what became of a batch's copies: the last command but one of its MULTI. The last deletes the in-flight list,
-- which is gone by then if copies are owed.
--
-- Needs   may
-- KEYS    1 in-flight list, 2 the list that keeps it for the janitor, 3 fixes (hash)
-- ARGV    destinations: no KEYS, because a right to one of them that is gone would then keep this from being called
-- Returns 1, or the destinations that got nothing; then the batch is kept for the janitor, which hands over what it
--         owes
-- Cost    O(destinations)
-- Fence   the MULTI's WATCH on the in-flight list

-- A right may have gone since the commands were queued. None goes within EXEC: what is forbidden now was refused.
local owed = {}
for _, list in ipairs(ARGV) do
  local kind = redis.pcall('TYPE', list).ok
  if (kind and kind ~= 'list') or not may('RPUSH', list, '') then owed[#owed + 1] = list end
end
if #owed == 0 then
  if not may('DEL', KEYS[1]) then redis.call('LTRIM', KEYS[1], 1, 0) end
  return 1
end
redis.call('RENAME', KEYS[1], KEYS[2])
redis.call('HSET', KEYS[3], KEYS[2], cjson.encode(owed))
return owed
