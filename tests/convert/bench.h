// Texts through the real readers and the converter.
#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "convert/convert.h"
#include "read/compose/compose.h"
#include "read/kubernetes/kubernetes.h"
#include "read/runcmd/runcmd.h"

namespace oakum::convert {

class NoFiles : public compose::Files {
 public:
  Result<std::string> read(const std::string& path) const override {
    return fail(ErrorCode::not_found, path, "is not there");
  }
};

inline Subjects read_compose(std::string text) {
  Subjects subjects;
  compose::read({{"compose.yaml", std::move(text)}}, NoFiles(), {.environment = {}, .read_builds = false}, subjects);
  return subjects;
}

inline Subjects read_manifest(std::string_view text) {
  Subjects subjects;
  kubernetes::read("manifest.yaml", text, subjects);
  return subjects;
}

inline Subjects read_run(std::string_view text) {
  Subjects subjects;
  runcmd::read("run.sh", text, runcmd::Carrier::shell, subjects);
  return subjects;
}

inline Subjects read_back(const std::string& text, Target written) {
  Subjects subjects = written == Target::compose      ? read_compose(text)
                      : written == Target::kubernetes ? read_manifest(text)
                                                      : read_run(text);
  for (const Error& error : subjects.errors) ADD_FAILURE() << error.message() << "\n" << text;
  return subjects;
}

inline Conversion converted(const Subjects& subjects, Target to) {
  auto result = convert({&subjects}, to, {.directory = "/here"});
  if (!result) {
    ADD_FAILURE() << result.error().message();
    return {};
  }
  return *result;
}

inline bool has_note(const Conversion& conversion, std::string_view what) {
  for (const Note& note : conversion.notes) {
    if (note.what.find(what) != std::string::npos) return true;
  }
  return false;
}

}  // namespace oakum::convert
