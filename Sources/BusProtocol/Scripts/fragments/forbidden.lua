-- Nothing undoes what ran before a refusal, so a script that writes more than once asks for the user's rights first.
--
-- Defines forbidden(commands): the refusal of the first command that the user may not call, as an error reply; nil when
--         he may call all of them. Each is a table of its words. Nobody knows before Redis 7
local function forbidden(commands)
  if not redis.acl_check_cmd then return nil end
  for _, command in ipairs(commands) do
    if not redis.acl_check_cmd(unpack(command)) then
      return redis.error_reply('NOPERM this user has no permissions to run the ' .. command[1] .. ' command')
    end
  end
end
