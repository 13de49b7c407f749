-- Moves an event that is too large to be loaded from the head of the incoming list to a list of its own.
--
-- KEYS    1 record (hash), 2 incoming (list), 3 the list of its own, 4 failed (list), 5… counters
-- ARGV    1 least bytes of such an event, 2 'sort' or 'copy', 3 entry for `failed` that names the list
-- Returns 'OK'; 'CHANGED' (the head is not that large); 'FENCED'. Only OK has an effect
-- Cost    O(bytes of the event)
-- Fence   the record; and whoever calls it, it only ever moves what is too large for everybody
if redis.call('EXISTS', KEYS[1]) == 0 then return 'FENCED' end
if ARGV[2] == 'sort' then
  redis.call('SORT', KEYS[2], 'BY', 'nosort', 'LIMIT', 0, 1, 'STORE', KEYS[3])
else
  redis.call('DEL', KEYS[3])
  local head = redis.call('LINDEX', KEYS[2], 0)
  if head then redis.call('RPUSH', KEYS[3], head) end
end
if (redis.call('MEMORY', 'USAGE', KEYS[3], 'SAMPLES', 0) or 0) < tonumber(ARGV[1]) then
  redis.call('DEL', KEYS[3])
  return 'CHANGED'
end
redis.call('RPUSH', KEYS[4], ARGV[3])
redis.call('LTRIM', KEYS[2], 1, -1)
for i = 5, #KEYS do redis.call('INCR', KEYS[i]) end
return 'OK'
