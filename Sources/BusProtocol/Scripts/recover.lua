-- Gives back, in order, what a dead driver held.
--
-- KEYS    1 drivers (zset), 2 lease (string), 3 record (hash), 4 record under recovery (hash), 5 incoming (list),
--         6 in-flight list of batch `claimed`, 7 of batch `claimed` - 1, 8 suspects (hash, see claim.lua)
-- ARGV    1 driver id, 2 `claimed` as the caller read it ('' for nothing), 3 'dead' (only if both halves of the lease ran
--         out) or 'now', 4 ms that suspicions are kept, 0 = do not suspect
-- Returns {'DONE', events}; {'ALIVE'}; {'MOVED'} (claimed has changed: read it again); {'GONE'};
--         {'STUCK', key} (it is no list: nothing was done); WRONGTYPE and NOPERM, with nothing done, when it would be
--         refused half way
-- Cost    O(events in two batches)
-- Fence   renaming the record: after it no claim, commit, compare-and-set or heartbeat of this id has an effect
if ARGV[3] == 'dead' then
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local lease = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0)
  -- An end that no lease has is no sign of life: the other half decides.
  if lease > now and lease <= now + 86400000 then return {'ALIVE'} end
  if redis.call('EXISTS', KEYS[2]) == 1 then return {'ALIVE'} end
end
-- A record that is no hash says nothing, and goes the way of the others.
local function claimedBy(record)
  local claimed = redis.pcall('HGET', record, 'claimed')
  return type(claimed) == 'string' and claimed
end
local claimed = claimedBy(KEYS[3]) or claimedBy(KEYS[4])
if claimed and claimed ~= ARGV[2] then return {'MOVED'} end
for i = 6, 7 do
  local held, into = redis.call('TYPE', KEYS[i]).ok, redis.call('TYPE', KEYS[5]).ok
  if held ~= 'list' and held ~= 'none' then return {'STUCK', KEYS[i]} end
  if held == 'list' and into ~= 'list' and into ~= 'none' then return {'STUCK', KEYS[5]} end
end
local refused = refusal({{KEYS[1], 'zset'}}, {
  {'DEL', KEYS[2]}, {'RENAME', KEYS[3], KEYS[4]}, {'LMOVE', KEYS[6], KEYS[5], 'RIGHT', 'LEFT'}, {'ZREM', KEYS[1], ''},
})
if refused then return refused end

local alive = redis.call('EXISTS', KEYS[3]) == 1
redis.call('DEL', KEYS[2]) -- a write that is never refused comes first: the rest then works when memory is full
if alive then redis.call('RENAME', KEYS[3], KEYS[4]) end

-- Equal events count as one: it is not their number that proves them guilty. Events go back whether or not anybody can be
-- suspected.
local suspected, isRepeated = {}, false
local function suspect(event)
  local digest = redis.sha1hex(event)
  if suspected[digest] then return end
  suspected[digest] = true
  local recoveries = redis.pcall('HINCRBY', KEYS[8], digest, 1)
  isRepeated = isRepeated or recoveries ~= 1
end

-- Last batch first, tail first: that puts them back at the head in their old order. Whole batches, in one step.
local events = 0
for i = 6, 7 do
  while true do
    local event = redis.call('LMOVE', KEYS[i], KEYS[5], 'RIGHT', 'LEFT')
    if not event then break end
    events = events + 1
    if ARGV[4] ~= '0' then suspect(event) end
  end
end
if events > 0 and redis.pcall('EXISTS', KEYS[8]) == 1 then
  redis.pcall('HINCRBY', KEYS[8], KEYS[5], events)
  -- What others are suspected of ends in its time, unless this is one loop of crashes.
  if ARGV[4] ~= '0' and (isRepeated or redis.pcall('PTTL', KEYS[8]) == -1) then
    redis.pcall('PEXPIRE', KEYS[8], ARGV[4])
  end
end
redis.call('DEL', KEYS[4])
redis.call('ZREM', KEYS[1], ARGV[1])
if not claimed and events == 0 then return {'GONE'} end
return {'DONE', events}
