-- Moves entries that wait for `failed` to it, if it is a list.
--
-- KEYS    1 waiting failures (list), 2 failed (list)
-- ARGV    1 most entries
-- Returns how many still wait: all of them while `failed` is something else
-- Cost    O(entries)
-- Fence   each entry moves in one step: whoever else moves them has moved the others
local found = redis.call('TYPE', KEYS[2]).ok
if found == 'list' or found == 'none' then
  for _ = 1, tonumber(ARGV[1]) do
    if not redis.call('LMOVE', KEYS[1], KEYS[2], 'LEFT', 'RIGHT') then break end
  end
end
return redis.call('LLEN', KEYS[1])
