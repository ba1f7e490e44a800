// The Docker Engine API (https://docs.docker.com/reference/api/engine/, version 1.41: Docker 20.10 and Podman 4 speak
// it) as far as a trial needs it. All calls block; those that may take long end within a second of an interrupt.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "net/http.h"
#include "net/json.h"
#include "read/image/engine_address.h"

namespace oakum::trial {

struct ExecResult {
  int exit_code = 0;
  std::string output;  // both streams, at most 64 KiB
};

class Client {
 public:
  using Query = std::vector<std::pair<std::string, std::string>>;

  // Asks for the version. `stop`: nullptr, or ends calls when it is true.
  static Result<Client> connect(const std::string& docker_host, const std::atomic<bool>* stop);
  // The same engine for cleaning up: not to be stopped.
  Client unstoppable() const;

  const std::string& host() const { return address_.host; }
  const std::string& name() const { return name_; }
  const std::string& version() const { return version_; }
  const std::string& kernel() const { return kernel_; }
  const std::string& socket() const { return address_.unix_socket; }
  bool is_local() const { return !address_.unix_socket.empty(); }

  Result<net::Json> get(const std::string& path, const Query& query = {}) const;
  Result<net::Json> post(const std::string& path, const net::Json& body, const Query& query = {}) const;
  Status post_empty(const std::string& path, const Query& query = {}) const;
  // One that is not there any more is no error.
  Status remove(const std::string& path, const Query& query = {}) const;

  // The image's id. The error's `why` is the end of what the builder said.
  Result<std::string> build(const std::string& context_tar, const Query& query) const;
  // From the registry that the name says, without credentials.
  Status pull(const std::string& image) const;
  // The last `lines` lines, both streams in the order in which they came; at most 8 MiB.
  Result<std::string> logs(const std::string& container, bool tty, std::size_t lines) const;
  Result<ExecResult> exec(const std::string& container, const std::vector<std::string>& command,
                          std::chrono::milliseconds limit) const;
  // The first 512 bytes of the archive of a path inside a container: its tar header.
  Result<std::string> archive_header(const std::string& container, const std::string& path) const;

 private:
  explicit Client(image::EngineAddress address, const std::atomic<bool>* stop)
      : address_(std::move(address)), stop_(stop) {}
  net::Request request(std::string method, const std::string& path, const Query& query) const;
  Result<net::Response> call(const net::Request& request) const;

  image::EngineAddress address_;
  const std::atomic<bool>* stop_;
  std::string name_, version_, kernel_;
};

// Docker's framing of two streams in one (attach): 1 byte stream, 3 zero bytes, 4 bytes length, big-endian. Text that
// does not follow it is given back as it is.
std::string unframed(std::string_view bytes);

}  // namespace oakum::trial
