-- Keeps what the pushes behind it in the MULTI of a promotion would lose: items whose destination is no list go to the end of
-- their bucket once more.
--
-- KEYS    1 bucket: delayed:<time> (list), then the destinations (lists)
-- ARGV    1 where the items at the head of the bucket go, as runs "<number of the destination, from 1>:<items> …",
--         2 delayed:<time>, 3 what the keys timestamps:<item> begin with
-- Returns the numbers of the destinations that are no lists
-- Cost    O(destinations), and O(items) where one is no list
-- Fence   the MULTI's WATCH on the lock and the bucket
local numbers, unusable = {}, {}
for i = 2, #KEYS do
  local found = redis.call('TYPE', KEYS[i]).ok
  if found ~= 'list' and found ~= 'none' then
    numbers[#numbers + 1] = i - 1
    unusable[tostring(i - 1)] = true
  end
end
if #numbers == 0 then return numbers end

local place = 0
for destination, count in string.gmatch(ARGV[1], '(%d+):(%d+)') do
  if unusable[destination] then
    for _, item in ipairs(redis.call('LRANGE', KEYS[1], place, place + count - 1)) do
      redis.call('RPUSH', KEYS[1], item)
      redis.pcall('SADD', ARGV[3] .. item, ARGV[2]) -- was removed with those that do move
    end
  end
  place = place + count
end
return numbers
