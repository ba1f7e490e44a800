#include "check/baseline.h"

#include <tuple>

#include <nlohmann/json.hpp>

#include "base/fd.h"
#include "base/text.h"
#include "check/grade.h"

namespace oakum::check {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t kMaxBytes = 64U << 20;
constexpr std::string_view kSchema = "oakum.baseline/1";

using Key = std::tuple<std::string, std::string, std::string, std::string>;  // rule, path, subject, text

Key key_of(const Target& target, const Finding& finding) {
  return {finding.rule, finding.path.empty() ? target.name : finding.path, finding.subject,
          std::string(trim(finding.excerpt))};
}

std::string text_of(const Key& key) {
  const auto& [rule, path, subject, text] = key;
  return rule + '\0' + path + '\0' + subject + '\0' + text;
}

Result<Baseline> from_json(const std::string& path, const Json& document) {
  if (document.at("schema") != kSchema)
    return fail(ErrorCode::unsupported, path, "is of another schema than " + std::string(kSchema));
  Baseline baseline{path, {}};
  for (const Json& entry : document.at("findings")) {
    const Key key{entry.at("rule"), entry.at("path"), entry.at("subject"), entry.at("line_text")};
    baseline.known[text_of(key)] += entry.at("count").get<std::size_t>();
  }
  return baseline;
}

}  // namespace

Result<Baseline> read_baseline(const std::string& path) {
  OAKUM_TRY(const std::string text, read_file(path, kMaxBytes));
  try {
    return from_json(path, Json::parse(text));
  } catch (const std::exception&) {
    return fail(ErrorCode::invalid, path, "is no baseline", "write one with oakum check --write-baseline " + path);
  }
}

Status write_baseline(const std::string& path, const std::vector<Target>& targets) {
  std::map<Key, std::size_t> counted;
  for (const Target& target : targets) {
    for (const Finding& finding : target.findings) {
      if (!finding.suppressed) ++counted[key_of(target, finding)];
    }
  }
  Json findings = Json::array();
  for (const auto& [key, count] : counted) {
    const auto& [rule, file, subject, text] = key;
    findings.push_back({{"rule", rule}, {"path", file}, {"subject", subject}, {"line_text", text}, {"count", count}});
  }
  const Json document = {{"schema", kSchema}, {"findings", std::move(findings)}};
  return write_file_atomically(path, document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

void apply_baseline(const Baseline& baseline, std::vector<Target>& targets) {
  std::map<std::string, std::size_t> left = baseline.known;
  for (Target& target : targets) {
    for (Finding& finding : target.findings) {
      if (finding.suppressed) continue;
      const auto known = left.find(text_of(key_of(target, finding)));
      if (known == left.end() || known->second == 0) continue;
      --known->second;
      finding.suppressed = Suppression{baseline.path, "known when the baseline was written", {}};
    }
    target.grade = grade_of(target);
  }
}

}  // namespace oakum::check
