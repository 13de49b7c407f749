-- Gives a driver its record and its lease.
--
-- KEYS    1 record (hash), 2 drivers (zset), 3 lease (string)
-- ARGV    1 driver id, 2 lease in ms, 3 worker id as resque-web shows it, 4 queue it drives
-- Returns 'OK', or 'EXISTS' when the id is taken (ids are never used again)
-- Cost    O(log drivers)
-- Fence   creates the record that every other script of this driver asks for
redis.call('DEL', KEYS[3]) -- a write that is never refused comes first: the rest then works when memory is full
if redis.call('EXISTS', KEYS[1]) == 1 then return 'EXISTS' end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], 'claimed', 0, 'worker', ARGV[3], 'queue', ARGV[4], 'started', time[1])
redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1])
redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[2])
return 'OK'
