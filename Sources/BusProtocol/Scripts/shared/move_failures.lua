-- Moves entries that wait to the lists of failures where Ruby's workers and resque-web look for them.
--
-- Needs   fits
-- KEYS    1 waiting failures (list), 2 failed (list), 3 failed_queues (set) of RedisMultiQueue
-- ARGV    1 most entries, 2 what all keys begin with, 3 backend: redis, multi-queue, or '' for the one that is in use
-- Returns how many still wait: those from the first on that has no list to go to
-- Cost    O(entries)
-- Fence   each entry moves in one step: whoever else moves them has moved the others
-- Rights  are not asked first: each entry moves in one step, and one that stays waits
local set = redis.call('TYPE', KEYS[3]).ok
local by_queue = set == 'set' and ARGV[3] ~= 'redis' or set == 'none' and ARGV[3] == 'multi-queue'

-- RedisMultiQueue's list for an entry, by the queue that its last member names. Queues with odd names have none.
local function list_of_queue(entry)
  local queue = entry and string.match(string.sub(entry, -1000), ',"queue":"([^"\\]+)"}$')
  if not queue or not fits(ARGV[2] .. queue .. '_failed', 'list') then return nil end
  redis.call('SADD', KEYS[3], queue .. '_failed')
  return ARGV[2] .. queue .. '_failed'
end

local has_failed = fits(KEYS[2], 'list')
for _ = 1, tonumber(ARGV[1]) do
  local list = by_queue and list_of_queue(redis.call('LINDEX', KEYS[1], 0)) or has_failed and KEYS[2]
  if not list or not redis.call('LMOVE', KEYS[1], list, 'LEFT', 'RIGHT') then break end
end
return redis.call('LLEN', KEYS[1])
