-- Draws the consequences of jobs that have ended: counts, retries, entries of `failed`; and takes the jobs out of their
-- reserved lists, or puts them back at the head of their queues.
--
-- Needs   recorded, fits, forbidden
-- KEYS    1 record (hash), 2 suspects (hash), 3 stat:processed, 4 stat:failed, 5 queues (set),
--         then the reserved list and the queue of each batch, then the counters of attempts that end,
--         then what the consequences of failures write to
-- ARGV    1 number of this settlement, 2 jobs processed, 3 runs failed, 4 name that marks an element as gone,
--         5 batches, 6 counters that end, 7 failures; then
--         for each batch, the last one first: sequence number, name of its queue, elements of its list,
--           number of places that are done and the places, or 'all',
--           number of places to give back and the places, ascending;
--         for each failure: batch (from 1), place, number of checks and for each a key (index) and its type,
--           number of commands and for each the number of its words and the words
-- Returns {'DONE', what stays reserved because a key has another type…}: failures (from 1), and batches (from -1 down)
--         whose jobs cannot go back. The same answer, without effect, when this settlement was made before; {'FENCED'}
--         (recovered); {'GAP'} (history was rolled back); {'UNBELIEVED', what the record says} (no rider wrote it);
--         NOPERM, with nothing done, when it would be refused half way
-- Cost    O(jobs)
-- Fence   the record, and its `settled`: nothing is settled twice, nor after a recovery
local number = tonumber(ARGV[1])
-- By a number that is no one's this settlement would count as made.
local settled, unsettled = recorded('settled', number)
if not settled then return unsettled end
if number <= settled then
  local answer = {'DONE'}
  local stayed = redis.call('HGET', KEYS[1], 'stayed') or ''
  for place in string.gmatch(stayed, '%S+') do answer[#answer + 1] = tonumber(place) end
  return answer
end
if number > settled + 1 then return {'GAP'} end

local at = 7
local function word()
  at = at + 1
  return ARGV[at]
end
local function words(count)
  local list = {}
  for i = 1, count do list[i] = word() end
  return list
end

local batches = {}
for i = 1, tonumber(ARGV[5]) do
  local batch = {list = KEYS[4 + 2 * i], queue = KEYS[5 + 2 * i], seq = word(), name = word(), count = tonumber(word())}
  local done = word()
  if done == 'all' then batch.all = true else batch.done = words(tonumber(done)) end
  batch.back = words(tonumber(word()))
  batch.gone = {}
  if redis.call('LLEN', batch.list) ~= batch.count then return {'GAP'} end
  batch.stays = #batch.back > 0 and not fits(batch.queue, 'list')
  batches[i] = batch
end

local failures = {}
for i = 1, tonumber(ARGV[7]) do
  local failure = {batch = batches[tonumber(word())], place = word(), commands = {}}
  for _ = 1, tonumber(word()) do
    local key, wanted = KEYS[tonumber(word())], word()
    if not fits(key, wanted) then failure.stays = true end
  end
  for j = 1, tonumber(word()) do failure.commands[j] = words(tonumber(word())) end
  failures[i] = failure
end

local commands = {
  {'HDEL', KEYS[1], ''}, {'HSET', KEYS[1], '', ''}, {'DEL', KEYS[1]}, {'LSET', KEYS[1], '0', ''},
  {'LREM', KEYS[1], '0', ''}, {'INCRBY', KEYS[3], '1'}, {'LPUSH', KEYS[1], ''}, {'SADD', KEYS[5], ''},
  {'TYPE', KEYS[2]}, {'LRANGE', KEYS[1], '0', '0'}, {'LINDEX', KEYS[1], '0'},
}
for _, failure in ipairs(failures) do
  for _, command in ipairs(failure.commands) do commands[#commands + 1] = command end
end
local refused = forbidden(commands)
if refused then return refused end

redis.call('HDEL', KEYS[1], '') -- a write that is never refused comes first: the rest then works when memory is full
local answer = {'DONE'}
local processed, failed = tonumber(ARGV[2]), tonumber(ARGV[3])
for i, failure in ipairs(failures) do
  if failure.stays then
    answer[#answer + 1] = i
    processed, failed = processed - 1, failed - 1
  else
    for _, command in ipairs(failure.commands) do redis.call(unpack(command)) end
    table.insert(failure.batch.gone, failure.place)
  end
end
local counters = tonumber(ARGV[6])
local first = 6 + 2 * #batches
if counters > 0 then redis.call('DEL', unpack(KEYS, first, first + counters - 1)) end
-- A job is done whether or not it can be counted.
if processed > 0 then redis.pcall('INCRBY', KEYS[3], processed) end
if failed > 0 then redis.pcall('INCRBY', KEYS[4], failed) end

-- They were in hand at a crash, but it was not they who killed the rider.
local suspects = redis.call('TYPE', KEYS[2]).ok == 'hash'
local function absolve(job)
  redis.pcall('HDEL', KEYS[2], redis.sha1hex(job)) -- a key that is no hash accuses nobody
end

for i, batch in ipairs(batches) do
  local gone = batch.gone
  if batch.all then
    if suspects then
      for _, job in ipairs(redis.call('LRANGE', batch.list, 0, -1)) do absolve(job) end
    end
  else
    for _, place in ipairs(batch.done) do gone[#gone + 1] = place end
    if suspects then
      for _, place in ipairs(gone) do absolve(redis.call('LINDEX', batch.list, place)) end
    end
    if batch.stays then
      answer[#answer + 1] = -i
    elseif #batch.back > 0 then
      for j = #batch.back, 1, -1 do
        redis.call('LPUSH', batch.queue, redis.call('LINDEX', batch.list, batch.back[j]))
        gone[#gone + 1] = batch.back[j]
      end
      redis.pcall('SADD', KEYS[5], batch.name) -- they are back whether or not the name can be noted
      -- What recoveries have put back is further from the head now.
      if suspects and redis.pcall('HEXISTS', KEYS[2], batch.queue) == 1 then
        redis.pcall('HINCRBY', KEYS[2], batch.queue, #batch.back)
      end
    end
  end
  if batch.all or #gone == batch.count then
    redis.call('DEL', batch.list)
    redis.call('HDEL', KEYS[1], batch.seq)
  else
    for _, place in ipairs(gone) do redis.call('LSET', batch.list, place, ARGV[4]) end
    redis.call('LREM', batch.list, 0, ARGV[4])
  end
end
redis.call('HSET', KEYS[1], 'settled', number, 'stayed', table.concat(answer, ' ', 2))
return answer
