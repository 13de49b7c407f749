-- Gives back, in order, what a dead driver held.
--
-- Needs   is_alive, fits, refusal, give_back
-- KEYS    1 drivers (zset), 2 lease (string), 3 record (hash), 4 record under recovery (hash), 5 incoming (list),
--         6 in-flight list of batch `claimed`, 7 of batch `claimed` - 1, 8 suspects (hash, see claim.lua)
-- ARGV    1 driver id, 2 `claimed` as the caller read it ('' for nothing), 3 'dead' (only if both halves of the lease
--         ran out) or 'now', 4 ms that suspicions are kept, 0 = do not suspect
-- Returns {'DONE', events}; {'ALIVE'}; {'MOVED'} (claimed has changed: read it again); {'GONE'};
--         {'STUCK', key} (it is no list: nothing was done); WRONGTYPE and NOPERM, with nothing done, when it would be
--         refused half way
-- Cost    O(events in two batches)
-- Fence   renaming the record: after it no claim, commit, compare-and-set or renewal of this id has an effect
if ARGV[3] == 'dead' and is_alive(ARGV[1], KEYS[1], KEYS[2]) then return {'ALIVE'} end
-- A record that is no hash says nothing, and goes the way of the others.
local function claimed_by(record)
  local claimed = redis.pcall('HGET', record, 'claimed')
  return type(claimed) == 'string' and claimed
end
local claimed = claimed_by(KEYS[3]) or claimed_by(KEYS[4])
if claimed and claimed ~= ARGV[2] then return {'MOVED'} end
for i = 6, 7 do
  local is_fit, held = fits(KEYS[i], 'list')
  local may_go = fits(KEYS[5], 'list')
  if not is_fit then return {'STUCK', KEYS[i]} end
  if held == 'list' and not may_go then return {'STUCK', KEYS[5]} end
end
local refused = refusal({{KEYS[1], 'zset'}}, {
  {'DEL', KEYS[2]}, {'RENAME', KEYS[3], KEYS[4]}, {'LMOVE', KEYS[6], KEYS[5], 'RIGHT', 'LEFT'}, {'ZREM', KEYS[1], ''},
})
if refused then return refused end

local alive = redis.call('EXISTS', KEYS[3]) == 1
redis.call('DEL', KEYS[2]) -- a write that is never refused comes first: the rest then works when memory is full
if alive then redis.call('RENAME', KEYS[3], KEYS[4]) end

-- Last batch first. Whole batches, in one step.
local events, is_suspecting = 0, ARGV[4] ~= '0'
for i = 6, 7 do events = events + give_back(KEYS[i], KEYS[5], is_suspecting and KEYS[8]) end
if note_put_back(KEYS[8], KEYS[5], events) and is_suspecting then keep_suspicions(KEYS[8], ARGV[4]) end
redis.call('DEL', KEYS[4])
redis.call('ZREM', KEYS[1], ARGV[1])
if not claimed and events == 0 then return {'GONE'} end
return {'DONE', events}
