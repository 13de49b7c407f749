-- Pushes the job of one firing of a schedule, once, and notes the firing.
--
-- Needs   refusal
-- KEYS    1 lock of the schedulers (string), 2 firings (hash), 3 queues (set), 4 queue (list),
--         5 delayed:last_enqueued_at (hash)
-- ARGV    1 what the lock holds for this scheduler, 2 name of the schedule, 3 time of the firing in ms,
--         4 what is noted behind that time, 5 name of the queue, 6 job, 7 time of the push as Ruby writes it,
--         8 what is noted now ('' for nothing)
-- Returns 'OK'; 'DUP' when this firing or a later one was noted before; 'CHANGED' when something else is noted;
--         'NOTLEADER'; WRONGTYPE and NOPERM, with nothing done, when it would be refused half way
-- Cost    O(bytes of the job)
-- Fence   the lock: who was paused while another took over fires nothing; and the noted firing: none is repeated, nor
--         takes effect before the one ahead of it in a pipeline, which may have been refused
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'NOTLEADER' end
local noted = redis.call('HGET', KEYS[2], ARGV[2]) or ''
local last = tonumber(string.match(noted, '^%d+'))
if last and tonumber(ARGV[3]) <= last then return 'DUP' end
if noted ~= ARGV[8] then return 'CHANGED' end

local refused = refusal({{KEYS[3], 'set'}, {KEYS[4], 'list'}, {KEYS[5], 'hash'}}, {
  {'RPUSH', KEYS[4], ''}, {'SADD', KEYS[3], ''}, {'HSET', KEYS[2], '', ''}, {'HSET', KEYS[5], '', ''},
})
if refused then return refused end

redis.call('RPUSH', KEYS[4], ARGV[6]) -- may be refused when memory is full, so it comes before anything else is written
redis.call('SADD', KEYS[3], ARGV[5])
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3] .. ' ' .. ARGV[4])
redis.call('HSET', KEYS[5], ARGV[2], ARGV[7])
return 'OK'
