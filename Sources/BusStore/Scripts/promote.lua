-- Moves the first items of a bucket of delayed jobs to their queues, or to `failed` what names none.
--
-- KEYS    1 scheduler's lock (string), 2 delayed_queue_schedule (zset), 3 bucket: delayed:<time> (list), 4 queues (set),
--         5 failed (list), then the queues (lists) that are pushed to, each once, then timestamps:<item> (set) of each item
-- ARGV    1 value of the lock, 2 <time>, 3 what the keys timestamps:<item> begin with, 4 items, then the names of the queues;
--         then for each item two words: number of its queue (from 1) and how many bytes of the item stand before a closing
--           brace in what is pushed; or that number negated and what is pushed; or 0 and the entry of `failed`
-- Returns {'OK', what is left in the bucket} (with nothing left, its time has left the schedule);
--         with nothing done: {'NOTLEADER'}; {'CHANGED'} (the bucket does not begin with these items: read it again);
--         {'WRONGTYPE', number of each queue that is no list, 0 for `failed`…}; NOPERM, when it would be refused half way
-- Cost    O(items)
-- Fence   the lock: a leader that was paused moves nothing after another took over. The items: the second of two equal calls
--         does not find them
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'NOTLEADER'} end
local count = tonumber(ARGV[4])
local total = redis.call('LLEN', KEYS[3])
if total < count or (count == 0 and total > 0) then return {'CHANGED'} end
local items = count > 0 and redis.call('LRANGE', KEYS[3], 0, count - 1) or {}
local keys, words = KEYS, ARGV -- what is global costs a search for each use
local firstItem = #keys - count
local skip, find = #ARGV[3], string.find
for i = 1, count do
  local key, item = keys[firstItem + i], items[i]
  if #key ~= skip + #item or not find(key, item, skip + 1, true) then return {'CHANGED'} end
end

local queues = firstItem - 5
local pushes, splits, names = {}, {}, {}
for i = 0, queues do pushes[i] = {} end
for i = 1, queues do
  splits[tostring(i)] = pushes[i] -- looked up by the word itself, since a number would have to be made of it
  names[i] = words[4 + i]
end
local at, sub = 4 + queues, string.sub
for i = 1, count do
  local queue, element = words[at + 1], words[at + 2]
  at = at + 2
  local push = splits[queue]
  if push then
    push[#push + 1] = sub(items[i], 1, element) .. '}'
  else
    push = pushes[-tonumber(queue)]
    push[#push + 1] = element
  end
end

local unusable = {'WRONGTYPE'}
for i = 0, queues do
  if #pushes[i] > 0 then
    local found = redis.call('TYPE', KEYS[5 + i]).ok
    if found ~= 'none' and found ~= 'list' then unusable[#unusable + 1] = i end
  end
end
if #unusable > 1 then return unusable end

-- Nothing undoes what ran before a refusal, so the user's rights are asked first (since Redis 7).
if redis.acl_check_cmd then
  local commands = {{'SADD', KEYS[4], ''}, {'LTRIM', KEYS[3], '0', '0'}}
  for i = 0, queues do
    if #pushes[i] > 0 then commands[#commands + 1] = {'RPUSH', KEYS[5 + i], ''} end
  end
  if count > 0 then commands[#commands + 1] = {'SREM', KEYS[#KEYS], ''} end
  for _, command in ipairs(commands) do
    if not redis.acl_check_cmd(unpack(command)) then
      return redis.error_reply('NOPERM this user has no permissions to run the ' .. command[1] .. ' command')
    end
  end
end

-- A write that is never refused comes first: the rest then works when memory is full.
redis.call('ZREM', KEYS[2], '')
for i = 0, queues do
  if #pushes[i] > 0 then redis.call('RPUSH', KEYS[5 + i], unpack(pushes[i])) end
end
redis.call('LTRIM', KEYS[3], count, -1)
if total == count then redis.call('ZREM', KEYS[2], ARGV[2]) end
-- The items have moved whether or not this can be noted.
if queues > 0 then redis.pcall('SADD', KEYS[4], unpack(names)) end
local bucket = 'delayed:' .. ARGV[2]
local i, call = firstItem, redis.call
local function forget()
  while i < #keys do
    i = i + 1
    call('SREM', keys[i], bucket)
  end
end
while not pcall(forget) do end -- passes by what is no set
return {'OK', total - count}
