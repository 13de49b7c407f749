-- Adds or replaces one subscription of an application, and leaves its others alone.
--
-- Needs   refusal
-- KEYS    1 the application's subscriptions (hash), 2 bus_apps (set)
-- ARGV    1 the application's key, 2 field, 3 record, then field and record of each other field that holds the same
--         subscription key: two such fields make Ruby's driver fail (contract §3)
-- Returns 1 when the field is new, 0 when it was replaced; WRONGTYPE and NOPERM, with nothing done, when it would
--         be refused half way
-- Cost    O(arguments)
-- Fence   a field that somebody has changed since it was read stays
local refused = refusal({{KEYS[1], 'hash'}, {KEYS[2], 'set'}}, {
  {'HGET', KEYS[1], ''}, {'HDEL', KEYS[1], ''}, {'HSET', KEYS[1], '', ''}, {'SADD', KEYS[2], ''},
})
if refused then return refused end

for i = 4, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then redis.call('HDEL', KEYS[1], ARGV[i]) end
end
local added = redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
redis.call('SADD', KEYS[2], ARGV[1])
return added
