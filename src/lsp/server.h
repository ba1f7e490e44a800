// The language server without its wires: messages in, messages out. LSP 3.17.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "lsp/host.h"

namespace oakum::lsp {

// Not thread-safe. Any bytes may come in; what cannot be understood is answered as JSON-RPC 2.0 asks.
class Server {
 public:
  // `send` takes the body of one message at a time.
  Server(Host host, std::function<void(const std::string& body)> send);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void receive(std::string_view body);
  // A message that could not be received at all.
  void refuse(const Error& error);
  // Nothing more waits to be received: documents that changed are checked, and their diagnostics published.
  void settle();

  // Set once the client said `exit`: 0 when it had asked for `shutdown` before.
  std::optional<int> exit_status() const;

 private:
  class Session;
  std::unique_ptr<Session> session_;
};

}  // namespace oakum::lsp
