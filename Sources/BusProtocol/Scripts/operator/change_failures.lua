-- Retries and removes entries of a list of failures.
--
-- Needs   refusal
-- KEYS    1 failures (list), 2 queues (set), 3… queues to push to (lists), lists of oversized events
-- ARGV    1 text that stands for a removed entry meanwhile; then six for each entry: its place when it was read, the
--         entry as it was read, the entry as it shall be from now on ('' removes it), which of KEYS goes with it (0
--         none), the name of that queue ('' for the list of an oversized event, which is removed), the job to push
-- Returns for each entry 1, or 0 when nobody has such an entry any more; WRONGTYPE and NOPERM, with nothing done, when
--         it would be refused half way
-- Cost    O(entries of the list), and for each entry whose place has changed that again; O(bytes) of removed lists
-- Fence   the entry's own bytes, because places shift when others remove entries
local types, commands = {}, {{'LPOS', KEYS[1], ''}, {'LSET', KEYS[1], '0', ''}, {'LREM', KEYS[1], '1', ''}}
for n = 2, #ARGV, 6 do
  local key = KEYS[tonumber(ARGV[n + 3])]
  if key and ARGV[n + 4] == '' then
    table.insert(commands, {'DEL', key})
  elseif key then
    table.insert(types, {key, 'list'})
    table.insert(types, {KEYS[2], 'set'})
    table.insert(commands, {'RPUSH', key, ''})
    table.insert(commands, {'SADD', KEYS[2], ''})
  end
end
local refused = refusal(types, commands)
if refused then return refused end

local answers, removed = {}, 0
for n = 2, #ARGV, 6 do
  local place, entry, key = ARGV[n], ARGV[n + 1], KEYS[tonumber(ARGV[n + 3])]
  if redis.call('LINDEX', KEYS[1], place) ~= entry then place = redis.call('LPOS', KEYS[1], entry) end
  if place and key and ARGV[n + 4] ~= '' then
    redis.call('RPUSH', key, ARGV[n + 5]) -- may be refused when memory is full, so it comes before any entry changes
    redis.call('SADD', KEYS[2], ARGV[n + 4])
  elseif place and key then
    redis.call('DEL', key)
  end
  if place and ARGV[n + 2] == '' then
    redis.call('LSET', KEYS[1], place, ARGV[1])
    removed = removed + 1
  elseif place then
    redis.call('LSET', KEYS[1], place, ARGV[n + 2])
  end
  table.insert(answers, place and 1 or 0)
end
if removed > 0 then redis.call('LREM', KEYS[1], removed, ARGV[1]) end
return answers
