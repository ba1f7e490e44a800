// Shorthand of the tests here: one file read, several assembled.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "packages/analyser.h"

namespace oakum::packages {

struct File {
  std::string path;
  std::string bytes;
};

// As a walker does it: a file that nobody wants gives nothing.
inline Finding read(std::string_view path, std::string_view bytes) {
  const FileInfo info{path, bytes.size()};
  return analyse(wants(info), info, bytes);
}

inline Assembled assemble_files(const std::vector<File>& files) {
  std::vector<Finding> findings;
  for (const File& file : files) findings.push_back(read(file.path, file.bytes));
  return assemble(std::move(findings));
}

inline std::vector<std::string> names(const std::vector<Package>& packages) {
  std::vector<std::string> result;
  for (const Package& package : packages) result.push_back(package.name);
  return result;
}

inline std::vector<std::string> messages(const std::vector<Error>& errors) {
  std::vector<std::string> result;
  for (const Error& error : errors) result.push_back(error.message());
  return result;
}

}  // namespace oakum::packages
