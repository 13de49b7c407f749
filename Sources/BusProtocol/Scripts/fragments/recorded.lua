-- What the record of a driver or a rider says, if one of them wrote it.
--
-- Defines recorded(field, most): the number in a field of the record, KEYS[1]; or nil and the script's answer:
--         {'FENCED'} where there is none, {'UNBELIEVED', what the record says} where it is no number up to `most`
local function recorded(field, most)
  local text = redis.pcall('HGET', KEYS[1], field)
  if not text then return nil, {'FENCED'} end
  if type(text) ~= 'string' then
    return nil, string.find(text.err, 'WRONGTYPE') and {'UNBELIEVED'} or text
  end
  if not string.match(text, '^%d+$') or tonumber(text) > most then
    return nil, {'UNBELIEVED', string.sub(text, 1, 200)}
  end
  return tonumber(text)
end
