-- Whether a key can be written to.
--
-- Defines fits(key, kind): whether a key is of a type or not there at all; and the type that it has
local function fits(key, kind)
  local found = redis.call('TYPE', key).ok
  return found == kind or found == 'none', found
end
