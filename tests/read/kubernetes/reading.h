// Reading a manifest in a test.
#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "read/kubernetes/kubernetes.h"

namespace oakum::kubernetes {

inline Subjects read_text(std::string_view text) {
  Subjects subjects;
  read("pod.yaml", text, subjects);
  return subjects;
}

// What was read without any error.
inline Subjects read_well(std::string_view text) {
  Subjects subjects = read_text(text);
  for (const Error& error : subjects.errors) ADD_FAILURE() << error.message();
  return subjects;
}

// "12:5" of the text's own count.
inline std::string place(const Origin& origin) {
  return std::to_string(origin.span.line) + ":" + std::to_string(origin.span.column);
}

}  // namespace oakum::kubernetes
