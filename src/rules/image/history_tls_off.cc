#include <string_view>

#include "rules/image/history.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

struct Flag {
  std::string_view program;
  std::string_view flag;
};

constexpr Flag kFlags[] = {
    {"curl", "--insecure"},    {"curl", "--proxy-insecure"}, {"wget", "--no-check-certificate"},
    {"pip", "--trusted-host"}, {"pip3", "--trusted-host"},   {"apk", "--no-verify"},
};

// Settings that switch it off, exported or written to a configuration by a step.
constexpr std::string_view kSettings[] = {"GIT_SSL_NO_VERIFY=1",
                                          "GIT_SSL_NO_VERIFY=true",
                                          "NODE_TLS_REJECT_UNAUTHORIZED=0",
                                          "PYTHONHTTPSVERIFY=0",
                                          "NPM_CONFIG_STRICT_SSL=false",
                                          "http.sslVerify=false",
                                          "sslverify=0",
                                          "sslverify=false",
                                          "strict-ssl=false"};

bool is_unchecked(const HistoryCommand& command) {
  for (const Flag& flag : kFlags) {
    if (command.program == flag.program && command.has(flag.flag)) return true;
  }
  return command.program == "curl" && command.has_short('k');
}

void check(const ImageFacts& image, Judge& judge) {
  for (const HistoryStep& step : image.history) {
    for (const HistoryCommand& command : commands_of(step)) {
      if (is_unchecked(command)) judge.found(image, join({quoted(command.text), " does not check the certificate"}));
    }
    if (!step.instruction.starts_with("RUN ")) continue;  // what ENV sets is in the configuration and told from there
    for (const std::string_view setting : kSettings) {
      if (step.instruction.find(setting) != std::string::npos)
        judge.found(image, join({quoted(setting), " switches the check of certificates off"}));
    }
  }
}

}  // namespace

extern constinit const Rule history_tls_off{
    .info = checked({
        .id = "history-tls-off",
        .title = "something was fetched without checking who sent it",
        .severity = Severity::high,
        .practice = Practice::build_hygiene,
        .surfaces = "I",
        .fix = FixSafety::advice,
        .fix_summary = "drop the flag, and add the missing certificate authority instead",
        .why = "With verification off, whoever stands between the build and the server decides what goes into the "
               "image. The "
               "history tells that a step ran so, and its result is in a layer.",
        .bad = {Surface::image,
                R"({"config": {"history": [{"created_by": "RUN /bin/sh -c curl -k https://example.org/x -o /x"}]}})"},
        .good =
            {Surface::image,
             R"({"config": {"history": [{"created_by": "RUN /bin/sh -c curl -fsSL https://example.org/x -o /x"}]}})"},
        .references = "https://curl.se/docs/sslcerts.html",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
