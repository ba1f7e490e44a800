#include "lsp/server.h"

#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "check/selection.h"

namespace oakum::lsp {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;

// A server with all rules of the recommended profile and nothing from around it.
class ServerTest : public ::testing::Test {
 protected:
  ServerTest() : server_(host(), [this](const std::string& body) { sent_.push_back(Json::parse(body)); }) {}

  static Host host() {
    Host host;
    host.version = "1";
    host.prepare = [](const std::string&, const Settings& settings) -> Result<lsp::Setup> {
      const auto profile =
          settings.profile.empty() ? check::Profile::recommended : check::parse_profile(settings.profile);
      if (!profile) return fail(ErrorCode::usage, settings.profile, "is no profile");
      lsp::Setup setup;
      OAKUM_TRY(setup.plan.selection, check::select_rules(*profile, {}, {}));
      setup.plan.shellcheck = false;
      setup.plan.threads = 1;
      setup.read.context = false;
      return setup;
    };
    host.page = [](const rules::Rule& rule, bool) { return "page of " + std::string(rule.info.id); };
    return host;
  }

  void start(const Json& capabilities = Json::object()) {
    ask("initialize", {{"processId", nullptr}, {"rootUri", nullptr}, {"capabilities", capabilities}});
    tell("initialized", Json::object());
  }
  Json ask(const std::string& method, const Json& params) {
    const int id = ++id_;
    server_.receive(Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}}.dump());
    for (const Json& message : sent_) {
      if (message.contains("id") && message["id"] == id && !message.contains("method")) return message;
    }
    ADD_FAILURE() << "no answer to " << method;
    return {};
  }
  void tell(const std::string& method, const Json& params) {
    server_.receive(Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}}.dump());
  }
  void open(const std::string& uri, const std::string& language, const std::string& text) {
    tell("textDocument/didOpen",
         {{"textDocument", {{"uri", uri}, {"languageId", language}, {"version", 1}, {"text", text}}}});
    server_.settle();
  }
  // The last that was published for the document.
  Json diagnostics(const std::string& uri) {
    for (auto message = sent_.rbegin(); message != sent_.rend(); ++message) {
      if (message->value("method", "") == "textDocument/publishDiagnostics" && (*message)["params"]["uri"] == uri)
        return (*message)["params"];
    }
    return nullptr;
  }
  Json of_rule(const std::string& uri, const std::string& rule) {
    const Json all = diagnostics(uri);
    for (const Json& diagnostic : all["diagnostics"]) {
      if (diagnostic.value("code", "") == rule) return diagnostic;
    }
    return nullptr;
  }
  int error_of(const std::string& body) {
    sent_.clear();
    server_.receive(body);
    return sent_.empty() ? 0 : sent_.back().value("/error/code"_json_pointer, 0);
  }

  std::vector<Json> sent_;
  Server server_;
  int id_ = 0;
};

TEST_F(ServerTest, AnswersWhatCannotBeUnderstood) {
  EXPECT_EQ(error_of("{"), -32700);
  EXPECT_EQ(error_of("\xFF"), -32700);
  EXPECT_EQ(error_of("[]"), -32600);
  EXPECT_EQ(error_of("7"), -32600);
  EXPECT_EQ(error_of(R"({"id":1})"), -32600);
  EXPECT_EQ(error_of(R"({"id":[],"method":"x"})"), -32600);
  EXPECT_EQ(error_of(std::string(100'000, '[')), -32600);
  EXPECT_EQ(error_of(R"({"id":1,"method":"textDocument/hover"})"), -32002);
  EXPECT_EQ(error_of(R"({"method":"textDocument/didOpen","params":7})"), 0);
  start();
  EXPECT_EQ(error_of(R"({"id":2,"method":"initialize","params":{}})"), -32600);
  EXPECT_EQ(error_of(R"({"id":"x","method":"$/unknown"})"), -32601);
  EXPECT_EQ(error_of(R"({"id":3,"method":"textDocument/hover","params":[]})"), -32602);
  EXPECT_EQ(error_of(R"({"id":4,"method":"textDocument/codeAction","params":{"textDocument":{"uri":"file:///x"}}})"),
            -32602);
  EXPECT_EQ(error_of(R"({"method":"$/cancelRequest","params":{"id":3}})"), 0);
  EXPECT_EQ(error_of(R"({"id":99,"result":null})"), 0) << "an answer that nobody waits for";
}

TEST_F(ServerTest, EndsAsTheProtocolSays) {
  start();
  EXPECT_FALSE(server_.exit_status());
  EXPECT_TRUE(ask("shutdown", nullptr)["result"].is_null());
  EXPECT_EQ(ask("textDocument/hover", Json::object())["error"]["code"], -32600);
  tell("exit", nullptr);
  EXPECT_EQ(server_.exit_status(), 0);
}

TEST_F(ServerTest, ExitWithoutShutdownIsAFailure) {
  tell("exit", nullptr);
  EXPECT_EQ(server_.exit_status(), 1);
}

TEST_F(ServerTest, PlacesCountUnitsOfUtf16) {
  start();
  const std::string uri = "untitled:Untitled-1";
  open(uri, "yaml",
       "services:\n  web:\n    image: nginx:1.27\n    labels: {a: \"\xF0\x9F\x98\x80\xF0\x9F\x98\x80\"}\n    "
       "\"privileged\": true # x\n");
  EXPECT_EQ(of_rule(uri, "privileged")["range"],
            (Json{{"start", {{"line", 4}, {"character", 18}}}, {"end", {{"line", 4}, {"character", 22}}}}));
  tell("textDocument/didChange",
       {{"textDocument", {{"uri", uri}, {"version", 2}}},
        {"contentChanges",
         {{{"range", {{"start", {{"line", 3}, {"character", 20}}}, {"end", {{"line", 5}, {"character", 0}}}}},
           {"text", "\xF0\x9F\x98\x80\"}\n    privileged: true\n"}}}}});
  server_.settle();
  EXPECT_EQ(diagnostics(uri)["version"], 2);
  EXPECT_EQ(of_rule(uri, "privileged")["range"]["start"], (Json{{"line", 4}, {"character", 16}}));
}

TEST_F(ServerTest, AnEmojiBeforeThePlaceCountsTwo) {
  const std::string text = "services: {\"\xF0\x9F\x98\x80\": {image: \"nginx:1.27\", privileged: true}}\n";
  start();
  open("untitled:a", "yaml", text);
  EXPECT_EQ(of_rule("untitled:a", "privileged")["range"]["start"]["character"], 51);
}

TEST_F(ServerTest, BytesWhereTheClientAsksForThem) {
  start({{"general", {{"positionEncodings", {"utf-8", "utf-16"}}}}});
  EXPECT_EQ(sent_.front()["result"]["capabilities"]["positionEncoding"], "utf-8");
  open("untitled:a", "yaml", "services: {\"\xF0\x9F\x98\x80\": {image: \"nginx:1.27\", privileged: true}}\n");
  EXPECT_EQ(of_rule("untitled:a", "privileged")["range"]["start"]["character"], 53);
}

TEST_F(ServerTest, ClosingClears) {
  start();
  open("untitled:a", "dockerfile", "FROM debian\n");
  EXPECT_FALSE(diagnostics("untitled:a")["diagnostics"].empty());
  tell("textDocument/didClose", {{"textDocument", {{"uri", "untitled:a"}}}});
  EXPECT_TRUE(diagnostics("untitled:a")["diagnostics"].empty());
}

TEST_F(ServerTest, LeavesOtherLanguagesAlone) {
  start();
  open("untitled:a", "python", "from x import y\n");
  EXPECT_TRUE(diagnostics("untitled:a")["diagnostics"].empty());
}

TEST_F(ServerTest, AChangeThatCannotBeMadeClosesTheDocument) {
  start();
  open("untitled:a", "dockerfile", "FROM debian\n");
  tell("textDocument/didChange", {{"textDocument", {{"uri", "untitled:a"}, {"version", 2}}},
                                  {"contentChanges", {{{"range", 1}, {"text", "x"}}}}});
  server_.settle();
  EXPECT_TRUE(diagnostics("untitled:a")["diagnostics"].empty());
  EXPECT_TRUE(ask("textDocument/hover",
                  {{"textDocument", {{"uri", "untitled:a"}}}, {"position", {{"line", 0}, {"character", 0}}}})["result"]
                  .is_null());
}

TEST_F(ServerTest, HoverShowsThePageOfTheRule) {
  start({{"textDocument", {{"hover", {{"contentFormat", {"markdown"}}}}}}});
  open("untitled:a", "yaml", "services:\n  web:\n    image: nginx:1.27\n    privileged: true\n");
  const Json hover = ask("textDocument/hover", {{"textDocument", {{"uri", "untitled:a"}}},
                                                {"position", {{"line", 3}, {"character", 17}}}})["result"];
  EXPECT_EQ(hover["contents"]["kind"], "markdown");
  EXPECT_THAT(hover["contents"]["value"].get<std::string>(), HasSubstr("page of privileged"));
}

TEST_F(ServerTest, SettingsChangeTheProfile) {
  start();
  open("untitled:a", "dockerfile", "FROM debian:12\nUSER 1000\nCMD [\"x\"]\n");
  EXPECT_TRUE(of_rule("untitled:a", "healthcheck-missing").is_null());
  tell("workspace/didChangeConfiguration", {{"settings", {{"oakum", {{"profile", "strict"}}}}}});
  server_.settle();
  EXPECT_FALSE(diagnostics("untitled:a")["diagnostics"].empty());
  tell("workspace/didChangeConfiguration", {{"settings", {{"oakum", {{"profile", "sloppy"}}}}}});
  server_.settle();
  EXPECT_THAT(diagnostics("untitled:a")["diagnostics"][0]["message"].get<std::string>(), HasSubstr("is no profile"));
}

}  // namespace
}  // namespace oakum::lsp
