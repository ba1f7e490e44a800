#include "cli/prove_kernel.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "model/capabilities.h"
#include "report/layout.h"

namespace oakum::cli {

namespace {

constexpr std::size_t kMaxNames = 2;     // of capabilities; more are counted
constexpr std::size_t kMaxService = 10;  // longer names have a line of their own

std::string capabilities_of(const KernelFacts& facts) {
  const auto names = capability_names(facts.effective);
  if (names.empty()) return "none";
  if (names.size() > kMaxNames) return std::to_string(names.size());
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ",") + std::string(name);
  return text;
}

std::string uid_of(const KernelFacts& facts) { return std::to_string(facts.uid_in_container); }
std::string seccomp_of(const KernelFacts& facts) { return facts.seccomp == 2 ? "on" : "off"; }
std::string no_new_privileges_of(const KernelFacts& facts) { return facts.no_new_privileges ? "on" : "off"; }
std::string root_of(const KernelFacts& facts) { return facts.root_read_only ? "ro" : "rw"; }
// As a Compose file states it, where it can be.
std::string memory_of(const KernelFacts& facts) {
  constexpr std::uint64_t kMega = 1U << 20, kGiga = 1U << 30;
  if (!facts.memory_limit) return "–";
  if (*facts.memory_limit % kGiga == 0) return std::to_string(*facts.memory_limit / kGiga) + "g";
  if (*facts.memory_limit % kMega == 0) return std::to_string(*facts.memory_limit / kMega) + "m";
  return human_bytes(*facts.memory_limit);
}
std::string pids_of(const KernelFacts& facts) { return facts.pids_limit ? std::to_string(*facts.pids_limit) : "–"; }

struct Column {
  std::string_view title;
  std::string (*text)(const KernelFacts&);
  bool compared;  // shown as it was too
};
constexpr std::array kColumns{Column{"uid", uid_of, true},         Column{"caps", capabilities_of, true},
                              Column{"seccomp", seccomp_of, true}, Column{"NoNewPrivs", no_new_privileges_of, true},
                              Column{"root", root_of, true},       Column{"memory", memory_of, false},
                              Column{"pids", pids_of, false}};

using Row = std::vector<std::string>;

Row row_of(const trial::Observation& seen, const trial::Observation* before) {
  Row row{printable(seen.service, 60)};
  for (const Column& column : kColumns) {
    const std::string is = column.text(*seen.kernel);
    const bool known = column.compared && before != nullptr && before->kernel;
    const std::string was = known ? column.text(*before->kernel) : is;
    row.push_back(was == is ? is : was + " → " + is);
  }
  return row;
}

std::vector<Row> rows_of(const trial::Side& before, const trial::Side& after) {
  Row titles{"kernel"};
  for (const Column& column : kColumns) titles.emplace_back(column.title);
  std::vector<Row> rows{std::move(titles)};
  for (const trial::Observation& seen : after.services) {
    if (!seen.kernel) continue;
    const auto was = std::ranges::find(before.services, seen.service, &trial::Observation::service);
    rows.push_back(row_of(seen, was == before.services.end() ? nullptr : &*was));
  }
  return rows;
}

std::string line_of(const Row& row, const std::vector<std::size_t>& widths) {
  std::string line = " ";
  for (std::size_t i = 0; i < row.size(); ++i) {
    const bool alone = i == 0 && report::display_width(row[i]) > widths[i];
    line += " " + (alone ? row[i] + "\n  " + std::string(widths[i], ' ') : report::pad_right(row[i], widths[i]));
    if (i + 1 < row.size()) line += " ";
  }
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

}  // namespace

std::string kernel_table(const trial::Side& before, const trial::Side& after) {
  const std::vector<Row> rows = rows_of(before, after);
  if (rows.size() == 1) return {};
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], report::display_width(row[i]));
  }
  widths[0] = std::min(widths[0], kMaxService);
  std::string text;
  for (const Row& row : rows) text += line_of(row, widths);
  return text;
}

}  // namespace oakum::cli
