-- Ends a batch: the last command of its MULTI.
--
-- KEYS    1 in-flight list, 2 the list that keeps it for the janitor, 3 fixes (hash), 4… destinations
-- ARGV    none
-- Returns 1, or the destinations that are not lists; then the batch is kept for the janitor, which
--         moves their copies to `failed`
-- Cost    O(destinations)
-- Fence   the MULTI's WATCH on the in-flight list
local bad = {}
for i = 4, #KEYS do
  if redis.call('TYPE', KEYS[i]).ok ~= 'list' then bad[#bad + 1] = KEYS[i] end
end
if #bad == 0 then
  local ended = redis.pcall('DEL', KEYS[1])
  if type(ended) == 'number' then return ended end
  -- The right to DEL has gone since the claim asked for it. The copies are pushed, so the batch must not stay.
  redis.call('LTRIM', KEYS[1], 1, 0)
  return 1
end
redis.call('RENAME', KEYS[1], KEYS[2])
redis.call('HSET', KEYS[3], KEYS[2], cjson.encode(bad))
return bad
