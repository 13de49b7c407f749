-- Whether the lease of a driver or a rider runs.
--
-- Needs   milliseconds
-- Defines is_alive(id, registry, lease): whether one half of it runs, its entry in the registry (zset) or its key
local function is_alive(id, registry, lease)
  local now = milliseconds()
  local ends = tonumber(redis.call('ZSCORE', registry, id) or 0)
  -- An end that no lease has is no sign of life: the other half decides.
  if ends > now and ends <= now + 86400000 then return true end
  return redis.call('EXISTS', lease) == 1
end
