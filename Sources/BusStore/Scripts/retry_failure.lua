-- Pushes the job of an entry of `failed` to its queue again, and marks or removes the entry.
--
-- KEYS    1 failed (list), 2 queues (set), 3 queue (list)
-- ARGV    1 the entry as it was read, 2 the entry as it shall be from now on ('' removes it), 3 queue name, 4 job
-- Returns 1, or 0 when nobody has such an entry any more; WRONGTYPE and NOPERM, with nothing done, when it
--         would be refused half way
-- Cost    O(entries)
-- Fence   the entry's own bytes, because indexes shift when others remove entries
local at = redis.call('LPOS', KEYS[1], ARGV[1])
if not at then return 0 end
local refused = refusal({{KEYS[2], 'set'}, {KEYS[3], 'list'}}, {
  {'RPUSH', KEYS[3], ''}, {'SADD', KEYS[2], ''}, {'LREM', KEYS[1], '1', ''}, {'LSET', KEYS[1], '0', ''},
})
if refused then return refused end

redis.call('RPUSH', KEYS[3], ARGV[4]) -- may be refused when memory is full, so it comes before the entry changes
redis.call('SADD', KEYS[2], ARGV[3])
if ARGV[2] == '' then
  redis.call('LREM', KEYS[1], 1, ARGV[1])
else
  redis.call('LSET', KEYS[1], at, ARGV[2])
end
return 1
