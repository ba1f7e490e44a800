// oakum lsp: the language server on standard input and output.
#include <memory>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "cli/base_images.h"
#include "cli/check_config.h"
#include "cli/check_options.h"
#include "cli/command.h"
#include "cli/rule_page.h"
#include "cli/version.h"
#include "lsp/serve.h"

namespace oakum::cli {

namespace {

struct LspArguments {
  std::string docker_host;
  bool stdio = false;
};

// One check of a document, as `oakum check` would do it in the document's directory.
class LspChecks {
 public:
  explicit LspChecks(std::string docker_host) : docker_host_(std::move(docker_host)) { forget(); }

  void forget() { images_ = std::make_shared<BaseImages>(std::vector<std::string>(), docker_host_); }

  Result<lsp::Setup> prepare(const std::string& directory, const lsp::Settings& settings) const {
    CheckArguments arguments;
    if (!directory.empty()) arguments.targets = {directory};
    arguments.profile = settings.profile;
    arguments.no_shellcheck = !settings.shellcheck;
    arguments.threads = 1;
    OAKUM_TRY(CheckConfig loaded, CheckConfig::load(arguments.targets, "", directory.empty()));
    auto config = std::make_shared<CheckConfig>(std::move(loaded));
    OAKUM_TRY(CheckPlan plan, resolve(arguments, config->run()));
    lsp::Setup setup;
    setup.read = std::move(plan.read);
    setup.plan = std::move(plan.plan);
    setup.plan.resolve = [config, images = settings.base_images ? images_ : nullptr](check::Unit& unit) {
      config->look_beside(unit);
      if (images != nullptr) images->find(unit);
    };
    setup.plan.suppress = [config](const Subjects& subjects, std::vector<Finding>& findings,
                                   std::vector<std::string>& notes) { config->suppress(subjects, findings, notes); };
    setup.complaints = [config] { return config->errors(); };
    return setup;
  }

 private:
  std::string docker_host_;
  std::shared_ptr<BaseImages> images_;
};

int run_lsp(const LspArguments& arguments) {
  auto checks = std::make_shared<LspChecks>(arguments.docker_host);
  lsp::Host host;
  host.version = kVersion;
  host.prepare = [checks](const std::string& directory, const lsp::Settings& settings) {
    return checks->prepare(directory, settings);
  };
  host.forget = [checks] { checks->forget(); };
  host.page = [](const rules::Rule& rule, bool markdown) {
    return markdown ? rule_markdown(rule) : rule_text(rule, 80, false);
  };
  return lsp::serve(STDIN_FILENO, STDOUT_FILENO, std::move(host));
}

}  // namespace

void add_lsp(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<LspArguments>();
  CLI::App* command = app.add_subcommand("lsp", "the language server that editors start; docs/editors.md says how");
  command->add_option("--docker-host", arguments->docker_host, "engine address, instead of DOCKER_HOST and contexts");
  command->add_flag("--stdio", arguments->stdio, "speak on standard input and output, which is always done");
  command->callback([arguments, &run] { run = [arguments] { return run_lsp(*arguments); }; });
}

}  // namespace oakum::cli
