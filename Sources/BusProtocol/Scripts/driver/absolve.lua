-- Clears the suspicion against the events of a batch: they were driven and the driver lives.
--
-- KEYS    1 in-flight list, 2 suspects (hash)
-- ARGV    none
-- Returns how many were suspects
-- Cost    O(events)
-- Fence   runs inside the commit's MULTI, before fin
-- Rights  are not asked first: where it is refused, suspicions stay and end by themselves
local cleared = 0
for _, event in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
  cleared = cleared + redis.call('HDEL', KEYS[2], redis.sha1hex(event))
end
return cleared
