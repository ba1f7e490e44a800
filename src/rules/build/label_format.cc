#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "rules/build/labels.h"
#include "rules/build/spdx.h"
#include "rules/build/text_formats.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

struct Format {
  std::string_view type;
  std::string_view alias;
  std::string_view wanted;
  bool (*fits)(std::string_view text);
};
constexpr Format kFormats[] = {
    {"url", "DL3052", "no absolute URL", is_web_url},
    {"rfc3339", "DL3053", "no RFC 3339 time such as 2026-01-31T12:00:00Z", is_rfc3339},
    {"spdx", "DL3054", "no SPDX license expression", is_spdx_expression},
    {"hash", "DL3055", "no Git hash of 7 or 40 digits", is_git_hash},
    {"semver", "DL3056", "no semantic version", is_semver},
    {"email", "DL3058", "no e-mail address", is_email},
};

void judge_label(const Instruction& instruction, const Assignment& label, const Dockerfile& dockerfile, Judge& judge) {
  const std::string_view asked = schema_type(judge.settings(), label.key.value);
  const std::string_view type = asked.empty() ? oci_type(label.key.value) : asked;
  const std::string& value = label.value.value;
  const auto* format = std::ranges::find(kFormats, type, &Format::type);
  if (format == std::end(kFormats) || !label.value.known || value.empty() || format->fits(value)) return;
  Finding& finding =
      judge.found(dockerfile, instruction, label.value.span,
                  join({"the label ", quoted(label.key.value), " is ", quoted(value), ", ", format->wanted}));
  only_aliases(finding, {});
  if (!asked.empty()) add_alias(finding, format->alias);
}

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Assignment& label : instruction.assignments) judge_label(instruction, label, dockerfile, judge);
}

}  // namespace

extern constinit const Rule label_format{
    .info = checked({
        .id = "label-format",
        .title = "a label does not look as it has to",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3052 DL3053 DL3054 DL3055 DL3056 DL3058",
        .fix = FixSafety::advice,
        .fix_summary = "write the value in that form",
        .why = "Programs read these labels: to link to the source, to check the license, to tell how old the image is. "
               "They cannot when the value does not have the form that the OCI specification or the label schema gives "
               "it.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nLABEL org.opencontainers.image.created=\"yesterday\"\n"},
        .good = {Surface::dockerfile,
                 "FROM alpine:3.20\nLABEL org.opencontainers.image.created=\"2026-01-31T12:00:00Z\"\n"},
        .references =
            "https://github.com/hadolint/hadolint/wiki/DL3053 https://github.com/hadolint/hadolint/wiki/DL3054 "
            "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::label}},
};

}  // namespace oakum::rules
