// What remedies answer with, put together: the usual changes, and the digest of an image.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fix/kit/change.h"
#include "fix/kit/remedy.h"
#include "model/image_reference.h"

namespace oakum::fix {

Change set(Key key, Value value, std::optional<Origin> at = std::nullopt);
Change add(Key key, Value value);
Change remove(Key key, const Origin& at);

Answer answer(std::vector<Change> changes, std::string note = {});

// The remedy of rules whose finding points at the one statement that has to go.
template <Key key>
Planned take_away(const Finding& finding, const Context&) {
  return answer({remove(key, finding.origin)});
}

// The digest of what the image is today: as its registry called it when it was pulled here, else as
// Options::digest_of tells. Refused where neither knows.
std::expected<std::string, Refusal> digest_of(const ImageReference& image, const Context& context);
// The name with its tag ("latest" where none is written) and that digest, `written` being how it stands in the text.
std::string pinned_name(const ImageReference& image, std::string_view written, std::string_view digest);
// What a pin is told with.
inline constexpr std::string_view kPinned =
    "it does not change by itself any more: let a bot, or oakum again, write new digests";

// `"text"`, made printable and cut at 80 bytes: what refusals and notes quote.
std::string quoted(std::string_view text);

}  // namespace oakum::fix
