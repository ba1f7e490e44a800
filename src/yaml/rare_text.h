// A text that nearly no node has: the size of a pointer where it is missing, as trees hold one of each in every node.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace oakum::yaml {

class RareText {
 public:
  RareText() = default;
  RareText(std::string text) { *this = std::move(text); }  // NOLINT(google-explicit-constructor)
  RareText(const RareText& other) : RareText(std::string(other.view())) {}
  RareText(RareText&&) noexcept = default;
  RareText& operator=(const RareText& other) { return *this = std::string(other.view()); }
  RareText& operator=(RareText&&) noexcept = default;
  RareText& operator=(std::string text) {
    text_ = text.empty() ? nullptr : std::make_unique<std::string>(std::move(text));
    return *this;
  }
  ~RareText() = default;

  bool empty() const { return text_ == nullptr; }
  std::string_view view() const { return text_ == nullptr ? std::string_view() : std::string_view(*text_); }
  operator std::string_view() const { return view(); }  // NOLINT(google-explicit-constructor)
  void clear() { text_.reset(); }
  friend bool operator==(const RareText& a, std::string_view b) { return a.view() == b; }
  friend std::string operator+(std::string a, const RareText& b) { return std::move(a.append(b.view())); }

 private:
  std::unique_ptr<std::string> text_;  // never to an empty one
};

}  // namespace oakum::yaml
