-- Whether the user may call a command.
--
-- Defines may(command, word…): nobody knows before Redis 7, and then he may
local function may(...) return not redis.acl_check_cmd or redis.acl_check_cmd(...) end
