// Fixing what a command line names: shared by `oakum fix` and `oakum check --fix`.
#pragma once

#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "cli/base_images.h"
#include "cli/check_config.h"
#include "cli/check_options.h"
#include "fix/run/run.h"

namespace oakum::cli {

struct FixChoice {
  bool unsafe = false;
  bool pin = false;  // ask registries for digests
};

// Everything that fixing reads and asks, for as long as it runs.
class FixSession {
 public:
  // `config` must outlive this.
  FixSession(const CheckArguments& arguments, CheckPlan plan, CheckConfig& config, const FixChoice& choice);

  // What can be fixed of the targets; targets that could not be found or read are in `errors`.
  fix::Outcome run(const std::vector<check::Pending>& pending);
  // The same with other options: a trial leaves fixes out and says what it saw.
  fix::Outcome run(const std::vector<check::Pending>& pending, const fix::Options& options,
                   const std::set<fix::FixId>& excluded);

  const fix::Options& options() const { return request_.options; }
  const fix::Request& request() const { return request_; }

 private:
  std::mutex mutex_;  // of images_: files are fixed side by side
  CheckConfig& config_;
  BaseImages images_;
  fix::Request request_;
};

// The targets of a fix: a run line given as words becomes a text that can be edited.
CheckArguments as_texts(CheckArguments arguments);

// One file under two names (a link and where it leads) is fixed once: the later name goes.
void forget_twins(fix::Outcome& outcome);

// Writes every changed file; what could not be written is told, leaves `outcome`, and false is returned. Texts that
// came on standard input or as words are printed.
bool save_all(fix::Outcome& outcome);

}  // namespace oakum::cli
