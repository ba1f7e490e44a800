#include "trial/client.h"

#include <algorithm>
#include <thread>

#include "base/text.h"

namespace oakum::trial {

namespace {

using net::Json;

constexpr std::size_t kAnswerLimit = 16U << 20;
constexpr std::size_t kLogLimit = 8U << 20;
constexpr std::size_t kOutputLimit = 64U << 10;
constexpr std::size_t kFrameHeader = 8;

std::string query_of(const Client::Query& query) {
  std::string text;
  for (const auto& [key, value] : query) text += (text.empty() ? "?" : "&") + key + "=" + percent_encoded(value);
  return text;
}

ErrorCode code_of(int status) {
  switch (status) {
    case 400:
      return ErrorCode::invalid;
    case 401:
    case 403:
      return ErrorCode::permission;
    case 404:
      return ErrorCode::not_found;
  }
  return ErrorCode::io;
}

std::unexpected<Error> refused(const std::string& host, const net::Response& response) {
  const auto document = net::parse_json(response.body, kAnswerLimit, "error");
  std::string message = document ? net::string_member(*document, "message") : std::string();
  if (message.empty() && document) message = net::string_member(*document, "cause");
  if (message.empty()) message = "the engine answered with status " + std::to_string(response.status);
  return fail(code_of(response.status), host, printable(message, 1000));
}

// The builder's and the puller's answers: one JSON document a line, until one has an error. The id comes as "aux".
struct StreamOutcome {
  std::string id, error, said;
};

void take_line(std::string_view line, StreamOutcome& outcome) {
  const auto document = net::parse_json(line, kAnswerLimit, "line");
  if (!document || !document->is_object()) return;
  if (std::string id = net::string_member(net::member(*document, "aux"), "ID"); !id.empty()) outcome.id = std::move(id);
  if (std::string error = net::string_member(*document, "error"); !error.empty()) outcome.error = std::move(error);
  outcome.said += net::string_member(*document, "stream");
  if (outcome.said.size() > kOutputLimit) outcome.said.erase(0, outcome.said.size() - kOutputLimit / 2);
}

StreamOutcome outcome_of(std::string_view body) {
  StreamOutcome outcome;
  while (const auto line = next_line(body)) {
    if (!trim(*line).empty()) take_line(*line, outcome);
  }
  return outcome;
}

std::string last_lines(std::string_view text, std::size_t count) {
  std::size_t at = text.size();
  for (std::size_t i = 0; i <= count && at != std::string_view::npos && at > 0; ++i) at = text.rfind('\n', at - 1);
  return std::string(trim(at == std::string_view::npos ? text : text.substr(at)));
}

}  // namespace

std::string unframed(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    if (bytes.size() < kFrameHeader || at(0) > 2 || at(1) != 0 || at(2) != 0 || at(3) != 0) {
      text += bytes;
      break;
    }
    const std::size_t length = std::size_t{at(4)} << 24 | std::size_t{at(5)} << 16 | std::size_t{at(6)} << 8 | at(7);
    text += bytes.substr(kFrameHeader, length);
    bytes.remove_prefix(std::min(bytes.size(), kFrameHeader + length));
  }
  return text;
}

Result<Client> Client::connect(const std::string& docker_host, const std::atomic<bool>* stop) {
  image::EngineEnvironment environment = image::EngineEnvironment::of_process();
  if (!docker_host.empty()) environment.docker_host = docker_host;
  OAKUM_TRY(image::EngineAddress address, image::docker_address(environment));
  Client client(std::move(address), stop);
  auto version = client.get("/version");
  if (!version) {
    Error error = std::move(version.error());
    error.todo = "start Docker, or name the engine with --docker-host or DOCKER_HOST";
    return std::unexpected(std::move(error));
  }
  const Json& components = net::member(*version, "Components");
  client.name_ = components.is_array() && !components.empty() ? net::string_member(components[0], "Name") : "Engine";
  if (client.name_ == "Engine") client.name_ = "Docker Engine";
  client.version_ = net::string_member(*version, "Version");
  client.kernel_ = net::string_member(*version, "KernelVersion");
  return client;
}

Client Client::unstoppable() const {
  Client client = *this;
  client.stop_ = nullptr;
  return client;
}

net::Request Client::request(std::string method, const std::string& path, const Query& query) const {
  net::Request request{.method = std::move(method),
                       .url = address_.base_url + path + query_of(query),
                       .unix_socket = address_.unix_socket};
  request.tls = address_.tls;
  request.max_body = kAnswerLimit;
  request.stop = stop_;
  return request;
}

Result<net::Response> Client::call(const net::Request& request) const {
  auto response = net::fetch(request);
  if (!response) {
    Error error = std::move(response.error());
    error.what = address_.host;
    return std::unexpected(std::move(error));
  }
  if (response->status >= 400) return refused(address_.host, *response);
  return response;
}

Result<Json> Client::get(const std::string& path, const Query& query) const {
  OAKUM_TRY(const net::Response response, call(request("GET", path, query)));
  return net::parse_json(response.body, kAnswerLimit, address_.host + path);
}

Result<Json> Client::post(const std::string& path, const Json& body, const Query& query) const {
  net::Request asked = request("POST", path, query);
  asked.headers.emplace_back("Content-Type", "application/json");
  // What a file holds need not be UTF-8; the engine would refuse it, this is nearer.
  asked.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  OAKUM_TRY(const net::Response response, call(asked));
  if (trim(response.body).empty()) return Json::object();
  return net::parse_json(response.body, kAnswerLimit, address_.host + path);
}

Status Client::post_empty(const std::string& path, const Query& query) const {
  OAKUM_CHECK(call(request("POST", path, query)));
  return {};
}

Status Client::remove(const std::string& path, const Query& query) const {
  auto response = call(request("DELETE", path, query));
  if (!response && response.error().code != ErrorCode::not_found) return std::unexpected(std::move(response.error()));
  return {};
}

Result<std::string> Client::build(const std::string& context_tar, const Query& query) const {
  net::Request asked = request("POST", "/build", query);
  asked.headers.emplace_back("Content-Type", "application/x-tar");
  asked.body = context_tar;
  asked.max_body = 64U << 20;
  asked.idle_timeout = std::chrono::minutes(30);
  OAKUM_TRY(const net::Response response, call(asked));
  StreamOutcome outcome = outcome_of(response.body);
  if (!outcome.error.empty() || outcome.id.empty()) {
    std::string why = outcome.error.empty() ? "the builder made no image" : outcome.error;
    const std::string said = last_lines(outcome.said, 5);
    return fail(ErrorCode::io, address_.host, printable(said.empty() ? why : said + ": " + why, 2000));
  }
  return std::move(outcome.id);
}

Status Client::pull(const std::string& image) const {
  net::Request asked = request("POST", "/images/create", {{"fromImage", image}});
  asked.max_body = 64U << 20;
  asked.idle_timeout = std::chrono::minutes(10);
  OAKUM_TRY(const net::Response response, call(asked));
  StreamOutcome outcome = outcome_of(response.body);
  if (!outcome.error.empty()) return fail(ErrorCode::network, image, printable(outcome.error, 1000));
  return {};
}

Result<std::string> Client::logs(const std::string& container, bool tty, std::size_t lines) const {
  net::Request asked = request("GET", "/containers/" + container + "/logs",
                               {{"stdout", "1"}, {"stderr", "1"}, {"tail", std::to_string(lines)}});
  asked.max_body = kLogLimit;
  OAKUM_TRY(const net::Response response, call(asked));
  return tty ? response.body : unframed(response.body);
}

Result<ExecResult> Client::exec(const std::string& container, const std::vector<std::string>& command,
                                std::chrono::milliseconds limit) const {
  OAKUM_TRY(const Json made, post("/containers/" + container + "/exec",
                                  {{"AttachStdout", true}, {"AttachStderr", true}, {"Cmd", command}}));
  const std::string id = net::string_member(made, "Id");
  net::Request asked = request("POST", "/exec/" + id + "/start", {});
  asked.headers.emplace_back("Content-Type", "application/json");
  asked.body = R"({"Detach":false,"Tty":false})";
  asked.max_body = kOutputLimit;
  asked.idle_timeout = limit;
  OAKUM_TRY(const net::Response response, call(asked));
  OAKUM_TRY(const Json state, get("/exec/" + id + "/json"));
  const Json& code = net::member(state, "ExitCode");
  if (!code.is_number_integer()) return fail(ErrorCode::limit, command.front(), "did not end in time");
  return ExecResult{code.get<int>(), unframed(response.body)};
}

Result<std::string> Client::archive_header(const std::string& container, const std::string& path) const {
  const net::Request asked = request("GET", "/containers/" + container + "/archive", {{"path", path}});
  OAKUM_TRY(net::StreamedResponse answer, net::fetch_stream(asked));
  if (!answer.body) return refused(address_.host, answer.response);
  std::string header(512, '\0');
  std::size_t have = 0;
  while (have < header.size()) {
    OAKUM_TRY(const std::size_t n, answer.body->read(std::span(header).subspan(have)));
    if (n == 0) return fail(ErrorCode::invalid, path, "the engine sent no archive");
    have += n;
  }
  return header;
}

}  // namespace oakum::trial
