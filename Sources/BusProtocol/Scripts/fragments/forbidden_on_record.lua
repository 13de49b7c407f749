-- Asks for the user's rights as forbidden() does, but makes no table for each command: claims are called that often.
--
-- Defines forbidden_on_record(names): the refusal of the first command that the user may not call on the record,
--         KEYS[1], as an error reply; nil when he may call all of them. MEMORY is MEMORY USAGE
local function forbidden_on_record(names)
  local may = redis.acl_check_cmd
  if not may then return nil end
  local record = KEYS[1]
  for _, name in ipairs(names) do
    if not may(name, name == 'MEMORY' and 'USAGE' or record, record) then
      return redis.error_reply('NOPERM this user has no permissions to run the ' .. name .. ' command')
    end
  end
end
