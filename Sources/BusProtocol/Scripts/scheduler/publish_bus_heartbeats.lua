-- Publishes minutes of the bus heartbeat, and notes the last of them, in one step.
--
-- Needs   refusal
-- KEYS    1 lock of the schedulers (string), 2 bus:heartbeat:lock (string), 3 bus:heartbeat:timestamp (string),
--         4 queues (set), 5 queue (list)
-- ARGV    1 what the lock holds for this scheduler, 2 what key 2 held when this was decided, 3 what key 3 held, both
--         empty for nothing, 4 what key 3 is to hold, 5 name of the queue, 6… events in order, perhaps none
-- Returns 'OK'; 'NOTLEADER'; 'CHANGED' when key 2 or 3 holds something else by now; WRONGTYPE and NOPERM, with nothing
--         done, when it would be refused half way
-- Cost    O(bytes of the events), of which the caller sends 60 at most
-- Fence   the lock of the schedulers; and the two keys, which Ruby's heartbeat job takes and moves: no minute twice
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'NOTLEADER' end
if (redis.call('GET', KEYS[2]) or '') ~= ARGV[2] or (redis.call('GET', KEYS[3]) or '') ~= ARGV[3] then
  return 'CHANGED'
end

local refused = refusal({{KEYS[4], 'set'}, {KEYS[5], 'list'}}, {
  {'RPUSH', KEYS[5], ''}, {'SADD', KEYS[4], ''}, {'SET', KEYS[3], ''},
})
if refused then return refused end

if ARGV[6] then
  -- may be refused when memory is full, so it comes before anything else is written
  redis.call('RPUSH', KEYS[5], unpack(ARGV, 6))
  redis.call('SADD', KEYS[4], ARGV[5])
end
redis.call('SET', KEYS[3], ARGV[4])
return 'OK'
