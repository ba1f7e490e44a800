#include "lsp/server.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/fd.h"
#include "lsp/actions.h"
#include "lsp/client.h"
#include "lsp/diagnostics.h"
#include "lsp/hover.h"
#include "lsp/json.h"
#include "lsp/watch.h"
#include "lsp/workspace.h"

namespace oakum::lsp {

namespace {

// JSON-RPC 2.0 section 5.1, LSP 3.17 "Response Message".
enum ResponseCode : int {
  kParseError = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kInvalidParams = -32602,
  kNotInitialized = -32002,
};

struct Refused {
  ResponseCode code;
  std::string why;
};
using Answer = std::expected<Json, Refused>;

std::unexpected<Refused> refused(ResponseCode code, std::string why) {
  return std::unexpected<Refused>({code, std::move(why)});
}

bool is_id(const Json* id) { return id != nullptr && (id->is_string() || id->is_number_integer() || id->is_null()); }

}  // namespace

class Server::Session {
 public:
  Session(Host host, std::function<void(const std::string&)> send)
      : host_(std::move(host)), send_(std::move(send)), workspace_(host_) {}

  void receive(std::string_view body) {
    if (!is_shallow(body)) return refuse({}, {kInvalidRequest, "nested too deeply"});
    const Json message = Json::parse(body, nullptr, false);
    if (message.is_discarded()) return refuse({}, {kParseError, "not JSON"});
    if (!message.is_object()) return refuse({}, {kInvalidRequest, "not an object"});
    const Json* id = find(message, {"id"});
    const std::string* method = text_at(message, {"method"});
    if (id != nullptr && !is_id(id)) return refuse({}, {kInvalidRequest, "an id is a string or a whole number"});
    if (method == nullptr) {
      // An answer to one of our requests; anything else is no message.
      if (id != nullptr && (message.contains("result") || message.contains("error"))) return take_answer(*id, message);
      return refuse(id == nullptr ? Json() : *id, {kInvalidRequest, "no method"});
    }
    static const Json kNothing = Json::object();
    const Json* given = find(message, {"params"});
    const Json& params = given == nullptr || given->is_null() ? kNothing : *given;
    if (id == nullptr) return notice(*method, params);
    Answer answer = request(*method, params);
    if (!answer) return refuse(*id, answer.error());
    send({{"jsonrpc", "2.0"}, {"id", *id}, {"result", std::move(*answer)}});
  }

  void refuse(const Json& id, const Refused& why) {
    send({{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", static_cast<int>(why.code)}, {"message", why.why}}}});
  }

  void settle() {
    if (state_ != State::running) return;
    const auto settled = workspace_.settle();
    if (settled.empty() && !closed_) return;
    closed_ = false;
    for (const std::string& uri : settled) tell_complaints(workspace_.analysis(uri).complaints);
    for (const auto& [uri, document] : workspace_.documents.all()) publish(document);
  }

  std::optional<int> exit_status() const { return exit_status_; }

 private:
  enum class State : std::uint8_t { fresh, running, shut_down };
  using Request = Answer (Session::*)(const Json& params);
  using Notice = void (Session::*)(const Json& params);

  Answer request(std::string_view method, const Json& params) {
    struct Row {
      std::string_view method;
      Request run;
    };
    static constexpr auto kRequests = std::to_array<Row>({
        {"textDocument/hover", &Session::hover},
        {"textDocument/codeAction", &Session::code_action},
        {"codeAction/resolve", &Session::resolve},
        {"shutdown", &Session::shut_down},
    });
    if (state_ == State::shut_down) return refused(kInvalidRequest, "the server was shut down");
    if (method == "initialize") return initialize(params);
    if (state_ == State::fresh) return refused(kNotInitialized, "initialize comes first");
    const auto* found = std::ranges::find(kRequests, method, &Row::method);
    if (found == kRequests.end()) return refused(kMethodNotFound, "no such method");
    return (this->*found->run)(params);
  }

  void notice(std::string_view method, const Json& params) {
    struct Row {
      std::string_view method;
      Notice run;
    };
    static constexpr auto kNotices = std::to_array<Row>({
        {"initialized", &Session::initialized},
        {"textDocument/didOpen", &Session::did_open},
        {"textDocument/didChange", &Session::did_change},
        {"textDocument/didSave", &Session::did_save},
        {"textDocument/didClose", &Session::did_close},
        {"workspace/didChangeConfiguration", &Session::did_change_configuration},
        {"workspace/didChangeWatchedFiles", &Session::did_save},
    });
    if (method == "exit") {
      exit_status_ = state_ == State::shut_down ? 0 : 1;
      return;
    }
    if (state_ != State::running) return;
    const auto* found = std::ranges::find(kNotices, method, &Row::method);
    // What is not known is dropped, $/cancelRequest too: answers are given in the order of the questions.
    if (found != kNotices.end()) (this->*found->run)(params);
  }

  Answer initialize(const Json& params) {
    if (state_ != State::fresh) return refused(kInvalidRequest, "initialized already");
    if (!params.is_object()) return refused(kInvalidParams, "parameters are an object");
    client_ = client_of(params);
    workspace_.roots = client_.roots;
    if (const Json* options = find(params, {"initializationOptions"})) workspace_.settings = settings_of(*options);
    state_ = State::running;
    return initialize_result(client_, host_.version);
  }

  Answer shut_down(const Json&) {
    state_ = State::shut_down;
    return nullptr;
  }

  void initialized(const Json&) {
    if (client_.watches) ask("client/registerCapability", watch_registration());
    ask_for_settings();
  }

  void did_open(const Json& params) {
    if (const Document* document = workspace_.documents.open(params)) {
      workspace_.touch(document->name, Workspace::Change::whole);
      // Others may have looked for it in vain.
      if (document->is_file && !path_exists(document->name)) workspace_.touch_all();
    } else {
      log("a document could not be opened: it is malformed, too large, or one too many");
    }
  }

  void did_change(const Json& params) {
    const std::string* uri = text_at(params, {"textDocument", "uri"});
    const Document* before = uri == nullptr ? nullptr : workspace_.documents.find(*uri);
    if (before == nullptr) return log("a change of a document that is not open");
    const Document kept = {before->uri, before->language, before->name, before->is_file, before->version, {}};
    if (const Document* document = workspace_.documents.change(params, client_.encoding)) {
      workspace_.touch(document->name, Workspace::Change::edited);
    } else {
      log("a change that cannot be made: the document is taken for closed");
      drop(kept);
    }
  }

  // Anything may have been saved: files that are read beside, configuration, an image that was built.
  void did_save(const Json&) {
    if (host_.forget) host_.forget();
    workspace_.touch_all();
  }

  void did_close(const Json& params) {
    if (const auto document = workspace_.documents.close(params)) drop(*document);
  }

  void drop(const Document& document) {
    workspace_.drop(document);
    published_.erase(document.uri);
    send_diagnostics(document.uri, std::nullopt, Json::array());
    closed_ = true;
  }

  void did_change_configuration(const Json& params) {
    const Json* settings = find(params, {"settings"});
    if (settings != nullptr && settings->is_object() && (!client_.configuration || settings->contains("oakum")))
      return set(settings_of(*settings));
    ask_for_settings();
  }

  void set(const Settings& settings) {
    if (settings == workspace_.settings) return;
    workspace_.settings = settings;
    workspace_.touch_all();
  }

  void ask_for_settings() {
    if (!client_.configuration) return;
    settings_request_ = ask("workspace/configuration", {{"items", Json::array({{{"section", "oakum"}}})}});
  }

  void take_answer(const Json& id, const Json& message) {
    if (settings_request_.empty() || id != settings_request_) return;
    settings_request_.clear();
    const Json* result = find(message, {"result"});
    if (result != nullptr && result->is_array() && !result->empty() && result->front().is_object())
      set(settings_of(result->front()));
  }

  // The open document that a request is about, checked.
  std::expected<const Document*, Refused> document_of(const Json& params) {
    const std::string* uri = text_at(params, {"textDocument", "uri"});
    if (uri == nullptr) return refused(kInvalidParams, "textDocument.uri is missing");
    const Document* document = workspace_.documents.find(*uri);
    if (document != nullptr) settle();
    return document;
  }

  Answer hover(const Json& params) {
    const auto document = document_of(params);
    if (!document) return std::unexpected(document.error());
    const auto position = position_of(find(params, {"position"}));
    if (!position) return refused(kInvalidParams, "position is missing");
    return *document == nullptr ? Json() : lsp::hover(**document, *position, workspace_, client_, host_);
  }

  Answer code_action(const Json& params) {
    const auto document = document_of(params);
    if (!document) return std::unexpected(document.error());
    const auto range = range_of(find(params, {"range"}));
    const Json* context = find(params, {"context"});
    if (!range || context == nullptr) return refused(kInvalidParams, "range or context is missing");
    return *document == nullptr ? Json::array() : code_actions(**document, *range, *context, workspace_, client_);
  }

  Answer resolve(const Json& params) {
    if (!params.is_object()) return refused(kInvalidParams, "a code action is an object");
    settle();
    return resolved(params, workspace_, client_);
  }

  void publish(const Document& document) {
    const TextLines lines(document.text, client_.encoding);
    Json diagnostics = Json::array();
    for (const Shown& shown : workspace_.shown(document))
      diagnostics.push_back(diagnostic_of(shown, lines, workspace_.documents, client_));
    add_others(document, workspace_.analysis(document.uri), lines, workspace_.settings.not_evaluated, diagnostics);
    std::string text = std::to_string(document.version) + dumped(diagnostics);
    std::string& before = published_[document.uri];
    if (before == text) return;
    before = std::move(text);
    send_diagnostics(document.uri, document.version, std::move(diagnostics));
  }

  void send_diagnostics(const std::string& uri, std::optional<std::int64_t> version, Json diagnostics) {
    Json params = {{"uri", uri}, {"diagnostics", std::move(diagnostics)}};
    if (version) params["version"] = *version;
    send({{"jsonrpc", "2.0"}, {"method", "textDocument/publishDiagnostics"}, {"params", std::move(params)}});
  }

  void tell_complaints(const std::vector<Error>& complaints) {
    constexpr int kWarning = 2;
    constexpr std::size_t kMaxTold = 1000;
    for (const Error& error : complaints) {
      if (told_.size() < kMaxTold && told_.insert(error.message()).second)
        tell("window/showMessage", kWarning, "oakum: " + error.message());
    }
  }

  void log(const std::string& text) {
    constexpr int kWarning = 2;
    tell("window/logMessage", kWarning, text);
  }

  void tell(const char* method, int type, const std::string& text) {
    send({{"jsonrpc", "2.0"}, {"method", method}, {"params", {{"type", type}, {"message", text}}}});
  }

  std::string ask(const char* method, Json params) {
    std::string id = "oakum-" + std::to_string(++asked_);
    send({{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}});
    return id;
  }

  void send(const Json& message) { send_(dumped(message)); }

  Host host_;
  std::function<void(const std::string&)> send_;
  State state_ = State::fresh;
  Client client_;
  Workspace workspace_;
  std::map<std::string, std::string> published_;  // by uri: the last diagnostics and their version
  std::set<std::string> told_;
  bool closed_ = false;  // a document was closed since the last settle()
  std::string settings_request_;
  std::size_t asked_ = 0;
  std::optional<int> exit_status_;
};

Server::Server(Host host, std::function<void(const std::string& body)> send)
    : session_(std::make_unique<Session>(std::move(host), std::move(send))) {}
Server::~Server() = default;

void Server::receive(std::string_view body) { session_->receive(body); }
void Server::refuse(const Error& error) {
  session_->refuse({}, {error.code == ErrorCode::limit ? kInvalidRequest : kParseError, error.message()});
}
void Server::settle() { session_->settle(); }
std::optional<int> Server::exit_status() const { return session_->exit_status(); }

}  // namespace oakum::lsp
