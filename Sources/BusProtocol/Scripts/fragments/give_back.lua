-- Gives back what a dead driver or rider had in hand, and suspects it of the crash. Elements go back whether or not
-- anybody can be suspected.
--
-- Defines give_back(from, into, suspects): moves all elements of a list to the head of another, in their old order, and
--         says how many they were. Each becomes a suspect where a key for suspects is given
-- Defines note_put_back(suspects, list, count): notes that so many elements at the head of a list may be suspects; false
--         when there are no suspects
-- Defines keep_suspicions(suspects, ms): lets the suspicions end after so long
local suspected, is_repeated = {}, false

-- Equal elements count as one: it is not their number that proves them guilty.
local function suspect(element, suspects)
  local digest = redis.sha1hex(element)
  if suspected[digest] then return end
  suspected[digest] = true
  local recoveries = redis.pcall('HINCRBY', suspects, digest, 1)
  is_repeated = is_repeated or recoveries ~= 1
end

local function give_back(from, into, suspects)
  local count = 0
  while true do
    local element = redis.call('LMOVE', from, into, 'RIGHT', 'LEFT')
    if not element then return count end
    count = count + 1
    if suspects then suspect(element, suspects) end
  end
end

local function note_put_back(suspects, list, count)
  if count == 0 or redis.pcall('EXISTS', suspects) ~= 1 then return false end
  redis.pcall('HINCRBY', suspects, list, count)
  return true
end

-- What others are suspected of ends in its time, unless this is one loop of crashes.
local function keep_suspicions(suspects, ms)
  if is_repeated or redis.pcall('PTTL', suspects) == -1 then redis.pcall('PEXPIRE', suspects, ms) end
end
