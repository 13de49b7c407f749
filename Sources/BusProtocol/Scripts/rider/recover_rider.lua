-- Gives back, in order, what a dead rider had reserved.
--
-- Needs   is_alive, fits, refusal, give_back
-- KEYS    1 riders (zset), 2 lease (string), 3 record (hash), 4 record under recovery (hash),
--         5 suspects (hash, see claim_jobs.lua), 6 queues (set), then for each of its batches, the last one first:
--         reserved list, queue (list)
-- ARGV    1 rider id, 2 `claimed` and 3 `settled` as the caller read them ('' for nothing), 4 'dead' (only if both
--         halves of the lease ran out) or 'now', 5 ms that suspicions are kept, 0 = do not suspect, 6… names of the
--         queues
-- Returns {'DONE', jobs}; {'STUCK', jobs} (a queue or a reserved list is none: its batch waits, and so does the
--         record); {'ALIVE'}; {'MOVED'} (the record has changed: read it again); {'GONE'}; WRONGTYPE and NOPERM, with
--         nothing done, when it would be refused half way
-- Cost    O(jobs)
-- Fence   renaming the record: after it no claim, settlement or renewal of this id has an effect
if ARGV[4] == 'dead' and is_alive(ARGV[1], KEYS[1], KEYS[2]) then return {'ALIVE'} end
local alive = redis.call('EXISTS', KEYS[3]) == 1
-- A record that is no hash says nothing, and goes the way of the others.
local record = redis.pcall('HMGET', alive and KEYS[3] or KEYS[4], 'claimed', 'settled')
if record[1] and (record[1] ~= ARGV[2] or (record[2] or '') ~= ARGV[3]) then return {'MOVED'} end
local refused = refusal({{KEYS[1], 'zset'}}, {
  {'DEL', KEYS[2]}, {'RENAME', KEYS[3], KEYS[4]}, {'LMOVE', KEYS[7] or KEYS[4], KEYS[8] or KEYS[4], 'RIGHT', 'LEFT'},
  {'ZREM', KEYS[1], ''},
})
if refused then return refused end

redis.call('DEL', KEYS[2]) -- a write that is never refused comes first: the rest then works when memory is full
if alive then redis.call('RENAME', KEYS[3], KEYS[4]) end

-- Last batch first: that puts the jobs back at the head of their queues in their old order.
local jobs, is_stuck, is_suspecting = 0, false, ARGV[5] ~= '0'
for i = 7, #KEYS, 2 do
  local reserved, queue = KEYS[i], KEYS[i + 1]
  if not fits(reserved, 'list') or not fits(queue, 'list') then
    is_stuck = true
  else
    local count = give_back(reserved, queue, is_suspecting and KEYS[5])
    redis.pcall('SADD', KEYS[6], ARGV[6 + (i - 7) / 2]) -- the jobs are back whether or not the name can be noted
    note_put_back(KEYS[5], queue, count)
    jobs = jobs + count
  end
end
if jobs > 0 and is_suspecting then keep_suspicions(KEYS[5], ARGV[5]) end
if is_stuck then return {'STUCK', jobs} end
redis.call('DEL', KEYS[4])
redis.call('ZREM', KEYS[1], ARGV[1])
if not record[1] and jobs == 0 then return {'GONE'} end
return {'DONE', jobs}
