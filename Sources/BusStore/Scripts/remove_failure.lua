-- Removes an entry of `failed`, and the list of an oversized event that it names.
--
-- KEYS    1 failed (list), 2 the list that the entry names, if it names one
-- ARGV    1 the entry as it was read
-- Returns 1, or 0 when nobody has such an entry any more; then the list stays too; NOPERM, with nothing done,
--         when it would be refused half way
-- Cost    O(entries), and O(bytes of the event)
-- Fence   the entry's own bytes, because indexes shift when others remove entries
local refused = refusal({}, {{'DEL', KEYS[2] or KEYS[1]}})
if refused then return refused end

if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
if KEYS[2] then redis.call('DEL', KEYS[2]) end
return 1
