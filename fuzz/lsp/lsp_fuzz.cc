// A stream of bytes as a language client's: cut into messages, and each answered.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "check/selection.h"
#include "lsp/framing.h"
#include "lsp/server.h"

namespace {

using namespace oakum;

// Few rules: what is looked for here is not in them.
lsp::Host host() {
  lsp::Host host;
  host.version = "1";
  host.prepare = [](const std::string&, const lsp::Settings&) -> Result<lsp::Setup> {
    lsp::Setup setup;
    OAKUM_TRY(setup.plan.selection,
              check::select_rules(check::Profile::recommended, {"privileged", "sudo", "add-instead-of-copy"}, {}));
    setup.plan.shellcheck = false;
    setup.plan.threads = 1;
    setup.read.context = false;
    return setup;
  };
  host.page = [](const rules::Rule& rule, bool) { return std::string(rule.info.title); };
  return host;
}

void check_message(const std::string& body) {
  const auto message = nlohmann::json::parse(body, nullptr, false);
  if (!message.is_object() || message.value("jsonrpc", "") != "2.0") std::abort();
  if (message.contains("method") == (message.contains("result") || message.contains("error"))) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  lsp::Server server(host(), check_message);
  lsp::Framer framer;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  // In pieces of different size, as a pipe hands them over.
  for (std::size_t piece = 1; !rest.empty(); piece = piece * 3 + 1) {
    framer.push(rest.substr(0, piece));
    rest.remove_prefix(std::min(piece, rest.size()));
    while (true) {
      auto message = framer.next();
      if (!message) {
        server.refuse(message.error());
        if (message.error().code != ErrorCode::limit) return 0;
      } else if (!*message) {
        break;
      } else {
        server.receive(**message);
      }
    }
  }
  server.settle();
  return 0;
}
