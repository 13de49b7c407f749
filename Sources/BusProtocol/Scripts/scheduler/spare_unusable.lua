-- Keeps what the pushes behind it in the MULTI of a promotion would lose: items whose destination is no list, or was
-- forbidden since the push was queued, go to the end of their bucket once more.
--
-- Needs   may
-- KEYS    1 bucket: delayed:<time> (list)
-- ARGV    1 where the items at the head of the bucket go, as runs "<number of the destination, from 1>:<items> …", 2
--         delayed:<time>, 3 what the keys timestamps:<item> begin with, 4… the destinations (lists): no KEYS, because a
--         right to one of them that is gone would then keep this from being called
-- Returns the numbers of the destinations that are no lists
-- Cost    O(destinations), and O(items) where one is no list
-- Fence   the MULTI's WATCH on the lock and the bucket
local numbers, spared, spares_any = {}, {}, false
for i = 4, #ARGV do
  local kind = redis.pcall('TYPE', ARGV[i]).ok
  local is_usable = not kind or kind == 'list' or kind == 'none'
  if not is_usable then numbers[#numbers + 1] = i - 3 end
  if not is_usable or not may('RPUSH', ARGV[i], '') then
    spared[tostring(i - 3)] = true
    spares_any = true
  end
end
if not spares_any then return numbers end
-- What nobody may trim stays anyhow.
if not may('LTRIM', KEYS[1], '0', '0') and not may('LPOP', KEYS[1], '1') then return numbers end

local push = may('RPUSH', KEYS[1], '') and 'RPUSH' or 'RPUSHX'
local place = 0
for destination, count in string.gmatch(ARGV[1], '(%d+):(%d+)') do
  if spared[destination] then
    for _, item in ipairs(redis.call('LRANGE', KEYS[1], place, place + count - 1)) do
      redis.call(push, KEYS[1], item)
      redis.pcall('SADD', ARGV[3] .. item, ARGV[2]) -- was removed with those that do move
    end
  end
  place = place + count
end
return numbers
