#include "convert/pod_text.h"

namespace oakum::convert {

std::string text_of_pod(const Item& item, const std::string& text, const Origin& origin, Notes& notes) {
  if (!item.is(Surface::kubernetes)) return text;
  bool refers = false;
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    result += text[i];
    if (text[i] != '$' || i + 1 == text.size()) continue;
    if (text[i + 1] == '$')
      ++i;
    else if (text[i + 1] == '(')
      refers = true;
  }
  if (refers)
    notes.cannot(item, origin, spelled(origin, "a value"),
                 "refers to a variable as $(NAME), which only Kubernetes works out");
  return result;
}

}  // namespace oakum::convert
