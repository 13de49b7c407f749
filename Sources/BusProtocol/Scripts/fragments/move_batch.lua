-- Moves elements from the head of a list to the list of a batch, within the limits that both claims have in ARGV: 2
-- most elements, 3 'sort' or 'copy', 4 most bytes of a batch, 5 most bytes of an element, 6 '1' when nothing else is in
-- hand, so that a suspect may be.
--
-- Needs   recoveries_of
-- Defines move_batch(list, batch, suspects, least): how many it has moved, and the recoveries of that one if it is a
--         suspect; or 0 and the reason, with nothing moved: 'OVERSIZED' (the head is too large) or 'ALONE' (a suspect
--         is next, and it may not be). From `least` recoveries on an element is a suspect
local function move_batch(list, batch, suspects, least)
  -- What was in hand at a recovery is at the head of the list: nowhere else need suspects be looked for.
  local near = redis.pcall('HGET', suspects, list)
  near = type(near) == 'string' and string.match(near, '^%d+$') and tonumber(near) or 0
  local most, count = tonumber(ARGV[2]), 0
  if near > 0 then most = math.min(most, 64) end -- their digests are made here
  if ARGV[3] == 'sort' then
    count = redis.call('SORT', list, 'BY', 'nosort', 'LIMIT', 0, most, 'STORE', batch)
  else
    redis.call('DEL', batch)
    while count < most do
      local chunk = redis.call('LRANGE', list, count, math.min(count + 64, most) - 1)
      if #chunk == 0 then break end
      redis.call('RPUSH', batch, unpack(chunk))
      count = count + #chunk
    end
  end

  -- The list is not trimmed yet, so giving elements back is only forgetting the copies.
  local bytes = redis.call('MEMORY', 'USAGE', batch, 'SAMPLES', 0)
  while count > 1 and bytes > tonumber(ARGV[4]) do
    count = math.floor(count / 2)
    redis.call('LTRIM', batch, 0, count - 1)
    bytes = redis.call('MEMORY', 'USAGE', batch, 'SAMPLES', 0)
  end
  if bytes > tonumber(ARGV[5]) then
    redis.call('DEL', batch)
    return 0, 'OVERSIZED'
  end

  -- A suspect travels alone, so that only the culprit is ever counted again; those before it need not wait for that.
  local recoveries
  for place = 1, math.min(count, near) do
    recoveries = recoveries_of(redis.call('LINDEX', batch, place - 1), suspects, least)
    if recoveries then
      if place == 1 and ARGV[6] ~= '1' then
        redis.call('DEL', batch)
        return 0, 'ALONE'
      end
      if place > 1 then recoveries = nil end
      count = math.max(place - 1, 1)
      redis.call('LTRIM', batch, 0, count - 1)
      break
    end
  end

  redis.call('LTRIM', list, count, -1)
  if near > count then
    redis.pcall('HSET', suspects, list, near - count)
  elseif near > 0 then
    redis.pcall('HDEL', suspects, list)
  end
  return count, recoveries
end
