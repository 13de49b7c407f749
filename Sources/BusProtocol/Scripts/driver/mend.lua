-- Hands over what a kept batch owes, and ends it.
--
-- Needs   refusal
-- KEYS    1 the list that keeps it, 2 fixes (hash), 3 queues (set), 4 stat:failed, 5 stat:failed of this worker,
--         6… destinations
-- ARGV    1 how many copies and events failed, then for each destination: its queue name ('' for entries of `failed`),
--         its number of jobs, the jobs
-- Returns 'OK'; 'GONE' (somebody has mended it); WRONGTYPE and NOPERM, with nothing done, when it would be refused half
--         way
-- Cost    O(jobs)
-- Fence   the kept list, which nobody changes and which goes
-- Rights  are asked before its first write but that of GONE, which is its only one
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('HDEL', KEYS[2], KEYS[1])
  return 'GONE'
end
local types = {{KEYS[1], 'list'}, {KEYS[2], 'hash'}}
local commands = {{'DEL', KEYS[1]}, {'HDEL', KEYS[2], ''}}
for i = 6, #KEYS do
  types[#types + 1] = {KEYS[i], 'list'}
  commands[#commands + 1] = {'RPUSH', KEYS[i], ''}
end
local refused = refusal(types, commands)
if refused then return refused end

local at = 2
for i = 6, #KEYS do
  local queue, last = ARGV[at], at + 1 + ARGV[at + 1]
  for first = at + 2, last, 1000 do
    redis.call('RPUSH', KEYS[i], unpack(ARGV, first, math.min(first + 999, last)))
  end
  if queue ~= '' then redis.pcall('SADD', KEYS[3], queue) end -- they are there whether or not the name can be noted
  at = last + 1
end
redis.call('DEL', KEYS[1])
redis.call('HDEL', KEYS[2], KEYS[1])
if ARGV[1] ~= '0' then
  for i = 4, 5 do redis.pcall('INCRBY', KEYS[i], ARGV[1]) end -- they have failed whether or not they can be counted
end
return 'OK'
