-- Nothing undoes what ran before a refusal, so a script that writes more than once first asks what could be refused.
--
-- Needs   fits, forbidden
-- Defines refusal(types, commands): the refusal that a script would meet half way, as an error reply; nil when there is
--         none. `types` are pairs of a key and the type that it must have if it exists; `commands` are those that are
--         to be called, each a table of its words
local function refusal(types, commands)
  for _, pair in ipairs(types) do
    local key, wanted = unpack(pair)
    local is_fit, found = fits(key, wanted)
    if not is_fit then
      return redis.error_reply('WRONGTYPE ' .. key .. ' is a ' .. found .. ' and not a ' .. wanted)
    end
  end
  return forbidden(commands)
end
