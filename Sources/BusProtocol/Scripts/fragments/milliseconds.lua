-- What time it is, by the clock that all processes share.
--
-- Defines milliseconds(): Redis' time in ms; and its whole seconds
local function milliseconds()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000), time[1]
end
