// An HTTP/1.1 server on loopback for tests: one exchange per connection, answers as a function of the request.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/text.h"

namespace oakum::net::testing {

struct ServedRequest {
  std::string method;
  std::string target;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

struct ServedResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::size_t break_after = std::string::npos;  // bytes of the body; then the connection is closed
};

class HttpServer {
 public:
  using Handler = std::function<ServedResponse(const ServedRequest&)>;

  explicit HttpServer(Handler handler) : handler_(std::move(handler)) {
    listener_ = Fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    ::bind(listener_.get(), generic, size);
    ::listen(listener_.get(), 64);
    ::getsockname(listener_.get(), generic, &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }

  ~HttpServer() {
    stopping_ = true;
    ::shutdown(listener_.get(), SHUT_RDWR);
    thread_.join();
  }

  std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }
  std::string url(const std::string& path) const { return "http://" + authority() + path; }

  std::vector<ServedRequest> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void serve() {
    while (!stopping_) {
      Fd connection(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (connection) exchange(connection);
    }
  }

  static bool receive(const Fd& fd, std::string& into) {
    char buffer[16384];
    const ssize_t n = ::recv(fd.get(), buffer, sizeof buffer, 0);
    if (n > 0) into.append(buffer, static_cast<std::size_t>(n));
    return n > 0;
  }

  static void send_all(const Fd& fd, std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::send(fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }

  void exchange(const Fd& fd) {
    std::string text;
    while (text.find("\r\n\r\n") == std::string::npos) {
      if (!receive(fd, text) || text[0] < 'A' || text[0] > 'Z') return;  // the end, or a TLS handshake
    }
    ServedRequest request;
    const std::size_t end = text.find("\r\n\r\n");
    std::string_view head = std::string_view(text).substr(0, end);
    std::string_view first = *next_line(head);
    request.method = next_field(first, ' ');
    request.target = next_field(first, ' ');
    while (const auto line = next_line(head)) {
      std::string_view rest = *line;
      const std::string name = to_lower(next_field(rest, ':'));
      request.headers[name] = trim(rest);
    }
    request.body = text.substr(end + 4);
    const auto length = parse_number<std::size_t>(request.headers["content-length"]).value_or(0);
    while (request.body.size() < length && receive(fd, request.body)) {
    }
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    const ServedResponse response = handler_(request);
    std::string out = "HTTP/1.1 " + std::to_string(response.status) +
                      " x\r\nConnection: close\r\nContent-Length: " + std::to_string(response.body.size()) + "\r\n";
    for (const auto& [name, value] : response.headers) out += name + ": " + value + "\r\n";
    out += "\r\n";
    if (request.method != "HEAD") out += response.body.substr(0, response.break_after);
    send_all(fd, out);
    ::shutdown(fd.get(), SHUT_WR);
  }

  Handler handler_;
  Fd listener_;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::vector<ServedRequest> requests_;
  std::thread thread_;
};

}  // namespace oakum::net::testing
