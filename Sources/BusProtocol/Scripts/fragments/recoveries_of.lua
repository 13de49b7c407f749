-- How often an event or a job was in hand at a crash.
--
-- Defines recoveries_of(element, suspects, least): how many recoveries have suspected it; nil when they were fewer than
--         `least`. What is no hash accuses nobody
local function recoveries_of(element, suspects, least)
  local noted = redis.pcall('HGET', suspects, redis.sha1hex(element))
  local recoveries = type(noted) == 'string' and string.match(noted, '^%d%d?%d?$') and tonumber(noted)
  return recoveries and recoveries >= least and recoveries or nil
end
