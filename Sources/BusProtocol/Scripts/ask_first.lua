-- Stands before every script that writes more than once and is not called for each batch or event. Nothing undoes what
-- ran before a refusal, so what can be refused is asked before the first write.
--
-- KEYS    those of the script behind it
-- ARGV    likewise
-- Returns nothing: it defines refusal()
-- Cost    O(keys and commands that are asked about)
-- Fence   none

-- The refusal that a script would meet half way, as an error reply; nil when there is none. `types` are pairs of a key
-- and the type that it must have if it exists; `commands` are commands that are to be called, with their words (what the
-- user may do is known since Redis 7).
local function refusal(types, commands)
  for _, pair in ipairs(types) do
    local found = redis.call('TYPE', pair[1]).ok
    if found ~= 'none' and found ~= pair[2] then
      return redis.error_reply('WRONGTYPE ' .. pair[1] .. ' is a ' .. found .. ' and not a ' .. pair[2])
    end
  end
  if not redis.acl_check_cmd then return nil end
  for _, command in ipairs(commands) do
    if not redis.acl_check_cmd(unpack(command)) then
      return redis.error_reply('NOPERM this user has no permissions to run the ' .. command[1] .. ' command')
    end
  end
end

