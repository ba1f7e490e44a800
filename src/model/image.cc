#include "model/image.h"

#include "base/text.h"

namespace oakum {

std::string Platform::text() const {
  std::string text = os + "/" + architecture;
  if (!variant.empty()) text += "/" + variant;
  return text;
}

std::string instruction_of(const Layer& layer) {
  std::string_view text = trim(layer.created_by);
  // The classic builder: `/bin/sh -c #(nop) CMD ["x"]` for metadata, `/bin/sh -c apt-get …` for RUN.
  // BuildKit: `RUN /bin/sh -c apt-get … # buildkit`, `COPY a b # buildkit`.
  bool run = false;
  if (text.starts_with("RUN ")) {
    run = true;
    text = trim(text.substr(4));
  }
  if (text.starts_with('|')) {  // `|1 ARG=value /bin/sh -c …`: build arguments come before the command
    const std::size_t shell = text.find("/bin/sh -c ");
    if (shell != std::string_view::npos) text = text.substr(shell);
  }
  if (text.starts_with("/bin/sh -c ")) {
    run = true;
    text = trim(text.substr(11));
  }
  if (text.starts_with("#(nop)")) {
    run = false;
    text = trim(text.substr(6));
  }
  if (text.ends_with("# buildkit")) text = trim(text.substr(0, text.size() - 10));
  if (text.empty()) return {};
  return run ? "RUN " + std::string(text) : std::string(text);
}

}  // namespace oakum
