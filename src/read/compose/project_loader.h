// Puts one project's document together: the files of -f, what their services extend, what they include.
#pragma once

#include <compare>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "read/compose/context.h"
#include "read/compose/value.h"

namespace oakum::compose {

class ProjectLoader {
 public:
  // Borrows `context`. `chain` holds the files that are being included, outermost first.
  ProjectLoader(Context& context, std::string directory, Environment environment, std::vector<std::string> chain)
      : context_(context),
        directory_(std::move(directory)),
        environment_(std::move(environment)),
        chain_(std::move(chain)) {}

  // Adds one of the files of -f: merged into what is there.
  void add(std::string name, std::string text);
  // Reads what is included. Call once, after the last add().
  Value finish();

  const Environment& environment() const { return environment_; }

 private:
  struct Step {
    std::string file, service;
    auto operator<=>(const Step&) const = default;
  };
  using Steps = std::vector<Step>;

  void add_document(Value document, const std::string& name);
  void apply_extends(Value& document, const std::string& name);
  // `document` (read from `file`) has the service `name`; false when there is none to be had, which was told.
  bool resolve(const Value& document, const std::string& file, const std::string& name, const Value& asked,
               Steps& steps, Value& result);
  bool resolve_base(const Value& document, const std::string& file, const Value& extends, Steps& steps, Value& base);
  const Value* extended_file(const std::string& path, const Value& asked);
  void tell_circle(const Steps& steps, Steps::const_iterator first, const Step& last, const Value& asked);
  std::string chain_text(const Steps& steps, const Step& last) const;

  void include(const Value& item);
  void include_files(const Value& item, const std::vector<const Value*>& paths, const std::string& first);
  void import(Value included, const Value& asked);

  Context& context_;
  std::string directory_;
  Environment environment_;
  std::vector<std::string> chain_;
  Value model_;
  std::set<Step> circles_;                 // of extends, told already: the least service of each
  std::map<std::string, Value> extended_;  // by path; null: could not be read
};

}  // namespace oakum::compose
