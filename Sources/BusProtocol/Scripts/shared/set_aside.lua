-- Moves an event or a job that is too large to be loaded from the head of its list to a list of its own.
--
-- Needs   refusal
-- KEYS    1 record (hash), 2 incoming list or queue (list), 3 the list of its own, 4 waiting failures (list),
--         5… counters
-- ARGV    1 sequence number of the batch that could not be claimed, 2 least bytes of what is moved, 3 'sort' or 'copy',
--         4 entry for `failed` that names the list
-- Returns 'OK'; 'REPLAY' (the number was used before); 'CHANGED' (the head is not that large); 'FENCED'; 'GAP'. Only OK
--         has an effect; WRONGTYPE and NOPERM, with nothing done, when it would be refused half way
-- Cost    O(bytes of what is moved)
-- Fence   the record, and its `claimed`: as a claim it uses up its number, so that it moves one element at most; and
--         whoever calls it, it only ever moves what is too large for everybody
local claimed = redis.call('HGET', KEYS[1], 'claimed')
if not claimed then return 'FENCED' end
local seq = tonumber(ARGV[1])
if seq <= tonumber(claimed) then return 'REPLAY' end
if seq > tonumber(claimed) + 1 then return 'GAP' end
local head = {'SORT', KEYS[2], 'BY', 'nosort', 'LIMIT', '0', '1', 'STORE', KEYS[3]}
local refused = refusal({{KEYS[2], 'list'}, {KEYS[4], 'list'}}, {
  ARGV[3] == 'sort' and head or {'LINDEX', KEYS[2], '0'}, {'DEL', KEYS[3]}, {'RPUSH', KEYS[3], ''},
  {'RPUSH', KEYS[4], ''}, {'MEMORY', 'USAGE', KEYS[3]}, {'LTRIM', KEYS[2], '1', '-1'}, {'HSET', KEYS[1], '', ''},
})
if refused then return refused end

if ARGV[3] == 'sort' then
  redis.call(unpack(head))
else
  local element = redis.call('LINDEX', KEYS[2], 0)
  if not element then return 'CHANGED' end
  redis.call('DEL', KEYS[3])
  redis.call('RPUSH', KEYS[3], element)
end
if (redis.call('MEMORY', 'USAGE', KEYS[3], 'SAMPLES', 0) or 0) < tonumber(ARGV[2]) then
  redis.call('DEL', KEYS[3])
  return 'CHANGED'
end
redis.call('RPUSH', KEYS[4], ARGV[4])
redis.call('LTRIM', KEYS[2], 1, -1)
redis.call('HSET', KEYS[1], 'claimed', seq)
for i = 5, #KEYS do redis.pcall('INCR', KEYS[i]) end -- it is moved whether or not it can be counted
return 'OK'
