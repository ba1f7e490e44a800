#include <cstddef>
#include <string_view>

#include "base/text.h"
#include "fix/build/place.h"
#include "fix/kit/lookup.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

// The line goes. What the comment held back comes to light by that, and then the comment is needed: so this takes out
// only those that hold back nothing.
Planned plan(const Finding& finding, const Context& context) {
  const Dockerfile* file = dockerfile_of(finding, context.subjects);
  const Source* source = file == nullptr ? nullptr : context.subjects.source(file->source);
  if (source == nullptr) return refuse("its Dockerfile is not here to edit");
  const std::string_view text = source->text;
  const std::size_t begin = line_begin(text, finding.origin.span.begin);
  const std::size_t end = line_end(text, finding.origin.span.begin);
  const std::string_view line = trim(text.substr(begin, end - begin));
  if (!line.starts_with('#') || line.find(';') != std::string_view::npos)
    return refuse("the line says more than what is switched off: edit it by hand");
  return answer(remove(*source, begin, end));
}

}  // namespace

extern constinit const Remedy inline_ignore_used{"inline-ignore-used", plan};

}  // namespace oakum::fix::build
