#include "lsp/serve.h"

#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include <poll.h>
#include <unistd.h>

#include "base/fd.h"
#include "lsp/framing.h"
#include "lsp/server.h"

namespace oakum::lsp {

namespace {

bool has_more(int fd) {
  pollfd wanted{fd, POLLIN, 0};
  return ::poll(&wanted, 1, 0) > 0;
}

// False at the end of the stream.
bool read_some(int fd, Framer& framer) {
  std::array<char, 65536> bytes;
  ssize_t size = 0;
  do {
    size = ::read(fd, bytes.data(), bytes.size());
  } while (size < 0 && errno == EINTR);
  if (size <= 0) return false;
  framer.push({bytes.data(), static_cast<std::size_t>(size)});
  return true;
}

// Everything that has come. False: the stream cannot be understood any more.
bool take(Framer& framer, Server& server) {
  while (!server.exit_status()) {
    auto message = framer.next();
    if (!message) {
      server.refuse(message.error());
      if (message.error().code != ErrorCode::limit) return false;
    } else if (!*message) {
      return true;
    } else {
      server.receive(**message);
    }
  }
  return true;
}

}  // namespace

int serve(int in, int out, Host host) {
  bool writable = true;
  Server server(std::move(host), [&](const std::string& body) {
    if (writable) writable = write_all(out, framed(body), "the client").has_value();
  });
  Framer framer;
  while (writable && read_some(in, framer)) {
    if (!take(framer, server)) return 1;
    if (server.exit_status()) return *server.exit_status();
    if (!has_more(in)) server.settle();
  }
  return 1;
}

}  // namespace oakum::lsp
