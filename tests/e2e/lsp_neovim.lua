-- Drives `oakum lsp` with Neovim's own client, as a person would: opens, waits, hovers, fixes, writes. What was seen
-- goes to the file $RESULT as JSON; the test that started it judges.
local seen = { steps = {} }

local function wait_for(what, condition)
  if not vim.wait(20000, condition, 20) then error("waited in vain for " .. what) end
end

local function codes(buffer)
  local names = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(names, diagnostic.user_data.lsp.code or diagnostic.code or "?")
  end
  table.sort(names)
  return names
end

local function has(buffer, code) return vim.tbl_contains(codes(buffer), code) end

local function start(buffer)
  local id = vim.lsp.start_client({ name = "oakum", cmd = { os.getenv("OAKUM"), "lsp" }, root_dir = vim.fn.getcwd() })
  vim.lsp.buf_attach_client(buffer, id)
  wait_for("the server", function()
    local client = vim.lsp.get_client_by_id(id)
    return client and client.initialized
  end)
  return vim.lsp.get_client_by_id(id)
end

local function open(path, filetype, client)
  vim.cmd("edit " .. vim.fn.fnameescape(path))
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo[buffer].filetype = filetype
  if client then vim.lsp.buf_attach_client(buffer, client.id) end
  return buffer
end

local function place_of(buffer, code)
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    if diagnostic.user_data.lsp.code == code then return diagnostic end
  end
  error("no diagnostic " .. code)
end

local function actions_at(buffer, client, code, only)
  local params = { textDocument = vim.lsp.util.make_text_document_params(buffer), context = { diagnostics = {}, only = only } }
  if code then
    local diagnostic = place_of(buffer, code)
    params.context.diagnostics = { diagnostic.user_data.lsp }
    local place = { line = diagnostic.lnum, character = diagnostic.col }
    params.range = { start = place, ["end"] = place }
  else
    params.range = { start = { line = 0, character = 0 }, ["end"] = { line = 0, character = 0 } }
  end
  local answer = client.request_sync("textDocument/codeAction", params, 20000, buffer)
  return answer.result
end

local function apply(action, client, buffer)
  if not action.edit then
    action = client.request_sync("codeAction/resolve", action, 20000, buffer).result
  end
  vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
end

local function choose(actions, pattern, code)
  for _, action in ipairs(actions) do
    local about = action.diagnostics and action.diagnostics[1].code
    if action.title:find(pattern) and (not code or about == code) then return action end
  end
  error("no action like " .. pattern .. " among " .. vim.inspect(actions))
end

local function main()
  local docker = open("Dockerfile", "dockerfile")
  local client = start(docker)
  wait_for("diagnostics of the Dockerfile", function() return has(docker, "add-instead-of-copy") end)
  seen.dockerfile = codes(docker)
  seen.add = place_of(docker, "add-instead-of-copy")

  local position = { line = seen.add.lnum, character = seen.add.col }
  local params = { textDocument = vim.lsp.util.make_text_document_params(docker), position = position }
  seen.hover = client.request_sync("textDocument/hover", params, 20000, docker).result

  apply(choose(actions_at(docker, client, "add-instead-of-copy"), "^oakum: ", "add-instead-of-copy"), client, docker)
  wait_for("ADD to be gone", function() return not has(docker, "add-instead-of-copy") end)
  seen.after_fix = vim.api.nvim_buf_get_lines(docker, 0, -1, false)

  local all = actions_at(docker, client, nil, { "source.fixAll" })
  seen.fix_all_titles = vim.tbl_map(function(action) return action.title end, all)
  apply(choose(all, "fix all"), client, docker)
  wait_for("apt lists to be removed", function() return not has(docker, "cache-clean") end)
  vim.cmd("write")

  local compose = open("compose.yaml", "yaml", client)
  wait_for("diagnostics of the Compose file", function() return has(compose, "privileged") end)
  seen.compose = codes(compose)
  seen.privileged = place_of(compose, "privileged")
  local offered = actions_at(compose, client, "privileged")
  seen.offered = vim.tbl_map(function(action) return action.title end, offered)
  apply(choose(offered, "ignore privileged here"), client, compose)
  wait_for("privileged to be ignored", function() return not has(compose, "privileged") end)
  vim.cmd("write")
  seen.compose_after = codes(compose)

  vim.lsp.stop_client(client.id)
  wait_for("the end", function() return client.is_stopped() end)
end

local ok, problem = xpcall(main, debug.traceback)
seen.ok = ok
seen.problem = not ok and tostring(problem) or nil
local function plain(value)
  if type(value) ~= "table" then return type(value) == "userdata" and nil or value end
  local copy = {}
  for key, item in pairs(value) do copy[key] = plain(item) end
  return copy
end
local file = io.open(os.getenv("RESULT"), "w")
file:write(vim.fn.json_encode(plain(seen)))
file:close()
vim.cmd("qall!")
