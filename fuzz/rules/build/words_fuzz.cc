#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "rules/build/image_name.h"
#include "rules/build/secret_names.h"
#include "rules/build/spdx.h"
#include "rules/build/structure.h"
#include "rules/build/text_formats.h"
#include "rules/build/variables.h"

// Every place of a variable lies in the text and begins with '$'; no check of a word's form crashes or contradicts
// itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::rules;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t last = 0;
  for (const VariableUse& use : variables_in(text, '\\')) {
    if (use.begin < last || use.end <= use.begin || use.end > size || text[use.begin] != '$') std::abort();
    if (use.name.empty()) std::abort();
    last = use.end;
  }
  if (is_semver(text) && is_rfc3339(text)) std::abort();
  if (is_git_hash(text) && !is_image_name(text)) std::abort();
  if (is_web_url(text) && is_email(text) && text.find("://") == std::string_view::npos) std::abort();
  if (is_spdx_expression(text) && text.empty()) std::abort();
  if (is_secret_file(text) && text.empty()) std::abort();
  const auto ports = parse_ports(text);
  if (ports && text.find_first_of("0123456789") != 0) std::abort();
  if (context_path(context_path(text)) != context_path(text)) std::abort();
  return 0;
}
