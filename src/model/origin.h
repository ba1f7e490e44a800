// Where a stated thing was read: every field of a subject carries one, so that a finding can point and a fix can edit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oakum {

// What kind of text or system a statement comes from. The letters are those of the practices' table.
enum class Surface : std::uint8_t {
  dockerfile,      // D
  image,           // I
  compose,         // C
  kubernetes,      // K
  run_command,     // R
  container,       // L: what the engine's API says of a running container
  kernel,          // L: what the kernel says of it; where the two differ the kernel is right
  create_request,  // Q
  oci_bundle,      // O
};
std::string_view to_string(Surface surface);  // "dockerfile", "run-command", …

// A set of surfaces, as rules declare it.
class SurfaceSet {
 public:
  constexpr SurfaceSet() = default;
  // From letters: "DICKRL". An unknown letter is a mistake of ours and ends constant evaluation.
  consteval SurfaceSet(const char* letters) {  // NOLINT(google-explicit-constructor)
    for (; *letters != '\0'; ++letters) bits_ |= bit_of(*letters);
  }
  constexpr bool has(Surface surface) const { return (bits_ >> static_cast<unsigned>(surface)) & 1U; }
  constexpr bool empty() const { return bits_ == 0; }

 private:
  static consteval std::uint32_t bit_of(char letter) {
    switch (letter) {
      case 'D':
        return 1U << static_cast<unsigned>(Surface::dockerfile);
      case 'I':
        return 1U << static_cast<unsigned>(Surface::image);
      case 'C':
        return 1U << static_cast<unsigned>(Surface::compose);
      case 'K':
        return 1U << static_cast<unsigned>(Surface::kubernetes);
      case 'R':
        return 1U << static_cast<unsigned>(Surface::run_command);
      case 'L':
        return 1U << static_cast<unsigned>(Surface::container) | 1U << static_cast<unsigned>(Surface::kernel);
      case 'Q':
        return 1U << static_cast<unsigned>(Surface::create_request);
      case 'O':
        return 1U << static_cast<unsigned>(Surface::oci_bundle);
      default:
        throw "unknown surface letter";
    }
  }
  std::uint32_t bits_ = 0;
};

// A piece of one source's text. Offsets are bytes from 0, `end` exclusive; lines and columns from 1, columns in bytes.
// line 0: the source has no text to point at (an engine, the kernel).
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;  // one past the last byte

  bool operator==(const Span&) const = default;
};

struct Origin {
  Surface surface = Surface::dockerfile;
  std::uint32_t source = 0;  // number of the source: Subjects::source()
  Span span;
  std::string node;  // path inside the document: "services.web.ports[0]", "spec.template.spec.hostPID", "--privileged"

  bool operator==(const Origin&) const = default;
};

// One text that was read. Subjects hold no view into it; spans are offsets of `text`.
struct Source {
  std::string name;  // as reports show it: the path as typed or found, "<stdin>"
  std::string text;  // empty for what has none
  std::uint32_t number = 0;
  // The text is not the bytes of a file called `name` (a rendered chart, text inside another file that could not be
  // mapped): findings can be shown there, and nothing can be edited.
  bool derived = false;
};

// Turns byte offsets of one text into lines and columns. Built once per text, O(lines); look-ups are O(log lines).
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);
  Span span(std::size_t begin, std::size_t end) const;

 private:
  std::vector<std::uint32_t> starts_;
  std::uint32_t size_ = 0;
};

}  // namespace oakum
